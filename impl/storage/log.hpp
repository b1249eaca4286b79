// The transaction log while an instance runs. A failure to write or sync it is final: every later use gives
// JET_errLogWriteFail, since nobody can know any more what is on disk.
//
// Locks: sync_mutex_ before append_mutex_. Appending holds append_mutex_; bringing records to disk holds
// sync_mutex_, so that commits that wait for it meanwhile are covered by the next one together. The file
// changes only under both.
#pragma once

#include <atomic>
#include <mutex>
#include <span>

#include "storage/log_format.hpp"

namespace esent {

struct LogPosition {
  std::uint64_t generation;
  std::uint64_t first_number;  // of the generation
  std::uint64_t number;        // of the next record
};

class Log {
 public:
  // An open file whose next record is `next_number`.
  Log(std::string folder, FileNames names, File file, const LogHeader& header, std::uint64_t next_number);

  JET_ERR append(RecordKind kind, std::uint64_t session, bool lazy, std::uint64_t* number = nullptr) noexcept;
  // Records that stand together in one file; their numbers and checksums are filled in. `number` receives that of the
  // last one. A group must fit into the smallest log file.
  JET_ERR append(std::span<LogRecord> group, bool lazy, std::uint64_t* number = nullptr) noexcept;
  // Brings everything appended so far to disk.
  JET_ERR sync() noexcept;
  // Closes the current generation and starts the next one.
  JET_ERR switch_generation() noexcept;
  // True once after generations were switched because a file was full.
  bool take_switched() noexcept { return switched_.exchange(false); }

  LogPosition end() noexcept;
  std::uint64_t signature() const noexcept { return signature_; }
  std::uint64_t created() const noexcept { return created_; }

 private:
  bool full(std::size_t records) const noexcept;       // needs append_mutex_
  JET_ERR write(std::span<LogRecord> group) noexcept;  // needs append_mutex_
  JET_ERR sync_to(std::uint64_t number) noexcept;
  JET_ERR switch_locked() noexcept;  // needs both
  JET_ERR break_down() noexcept;

  const std::string folder_;
  const FileNames names_;
  const std::uint64_t signature_;
  const std::uint64_t created_;

  std::mutex sync_mutex_;
  // Records below this number are on disk. Changed with sync_mutex_ only.
  std::atomic<std::uint64_t> synced_;

  std::mutex append_mutex_;
  File file_;                  // guarded by both
  LogHeader header_;           // guarded by both
  std::uint64_t next_number_;  // guarded by append_mutex_

  std::atomic<bool> broken_{false};
  std::atomic<bool> switched_{false};
};

// Writes a file with nothing but a header; 0 or an errno.
int prepare_log_file(const std::string& path, LogHeader header, File& file);
// The same under the name of the current log, put there by a rename.
int create_log_file(const std::string& folder, const FileNames& names, const LogHeader& header, File& file);

}  // namespace esent
