// A backup folder: `BASE.bak`, which says what the backup is made of, and beside it a folder with the files.
// The list is written last and replaced as a whole; without it there is nothing to restore.
#pragma once

#include <atomic>
#include <functional>

#include "storage/storage.hpp"

namespace esent {

struct BackupList {
  std::uint32_t checksum;
  std::uint32_t version;
  std::uint64_t magic;
  std::uint64_t set;    // number of the folder with the files
  std::uint64_t first;  // generations of the log in it
  std::uint64_t last;
  CheckpointData checkpoint;  // where replay starts
};

// Nothing if there is no backup, JET_errInvalidPath; damaged, JET_errLogFileCorrupt.
JET_ERR read_backup_list(const std::string& folder, const FileNames& names, BackupList& list);
std::string backup_set_folder(const std::string& folder, const FileNames& names, std::uint64_t set);

struct BackupOptions {
  std::string folder;  // absolute with a slash, or empty: only delete old logs
  bool incremental = false;
  bool atomic = false;  // an older backup in the folder stays usable until this one is complete
};

// `stop` is asked between files whether the instance is going away; its answer then is the result.
JET_ERR back_up(Storage& storage, const BackupOptions& options, Status& status, const std::function<JET_ERR()>& stop);

// Copies the backup's files to where `storage` has its own; start() then replays them.
JET_ERR copy_backup(const std::string& folder, const StorageOptions& target, Status& status);

}  // namespace esent
