// Brings the log files of an instance into one state that can be appended to, and replays what the last
// shutdown did not cover (jetinit-function: recovery runs inside JetInit).
#pragma once

#include <memory>
#include <optional>

#include "storage/checkpoint.hpp"
#include "storage/database_recovery.hpp"
#include "storage/log.hpp"
#include "storage/status.hpp"

namespace esent {

struct RecoveryOptions {
  std::string log_folder;
  FileNames names;
  std::uint64_t log_size_kib = 0;
  bool cleanup_mismatched = false;        // JET_paramCleanupMismatchedLogFiles
  bool delete_out_of_range = false;       // JET_paramDeleteOutOfRangeLogs
  bool ignore_missing_databases = false;  // JET_bitReplayIgnoreMissingDB
  DatabasePlaces places;
  std::optional<CheckpointData> checkpoint;
};

struct Recovered {
  std::unique_ptr<Log> log;
  std::uint64_t backed_up = 0;
  std::uint64_t replayed_commits = 0;
};

JET_ERR recover(const RecoveryOptions& options, Status& status, Recovered& recovered);

// The archived generations in a folder, in order.
JET_ERR list_generations(const std::string& folder, const FileNames& names, std::vector<std::uint64_t>& found);

}  // namespace esent
