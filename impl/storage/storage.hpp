// The files of a running instance: its locks, its log, its checkpoint and its databases.
//
// Locks: that of the databases, then checkpoint_mutex_, then those of the log.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

#include "storage/checkpoint.hpp"
#include "storage/databases.hpp"
#include "storage/folder_lock.hpp"
#include "storage/log.hpp"
#include "storage/recovery.hpp"
#include "storage/status.hpp"

namespace esent {

// Taken from the parameters of the instance when it starts. Folders are absolute and end in a slash.
struct StorageOptions {
  std::string system_folder;
  std::string log_folder;
  FileNames names;
  bool recovery = true;
  bool circular = false;
  bool cleanup_mismatched = false;
  bool delete_out_of_range = false;
  bool truncate_after_recovery = false;
  std::uint64_t log_size_kib = 0;
  std::uint64_t checkpoint_depth = 0;
  std::uint64_t retry_ms = 0;
  bool ignore_missing_databases = false;
  DatabasePlaces places;
  DatabasePolicy databases;
};

class Storage {
 public:
  explicit Storage(StorageOptions options);

  // Takes the folders. First of all.
  JET_ERR lock();
  // Replays what needs it and leaves the log ready for commits.
  JET_ERR start(Status& status);

  bool logging() const noexcept { return log_ != nullptr; }
  const StorageOptions& options() const noexcept { return options_; }
  void set_checkpoint_depth(std::uint64_t bytes) noexcept { checkpoint_depth_ = bytes; }

  Databases& databases() noexcept { return databases_; }
  // All zero without a log.
  JET_SIGNATURE log_signature() const noexcept;

  // Success, JET_errLogWriteFail for good, or JET_errOutOfMemory with nothing written. `group` is empty, or ends in the
  // commit; `number` receives its place in the log.
  JET_ERR commit(std::uint64_t session, std::span<LogRecord> group, bool lazy, std::uint64_t& number) noexcept;
  // That the transaction of a session was undone; on its way to the disk, where nobody waits for it. Codes as above.
  JET_ERR rollback(std::uint64_t session) noexcept;
  JET_ERR flush() noexcept;
  // An orderly end: the next start needs no replay.
  JET_ERR finish() noexcept;

  // For a backup, during which no log file is deleted: closes the current generation and tells what there is.
  JET_ERR begin_backup(CheckpointData& checkpoint, std::uint64_t& last_archived,
                       std::vector<AttachedDatabase>& databases);
  void abandon_backup() noexcept;
  // Records that generations up to `backed_up` are safe (0: no new backup) and deletes what is not needed.
  JET_ERR end_backup(std::uint64_t backed_up) noexcept;

 private:
  void maintain() noexcept;
  JET_ERR move_checkpoint(bool clean) noexcept;  // needs the lock of the databases and checkpoint_mutex_
  void delete_old_logs();                        // needs checkpoint_mutex_

  const StorageOptions options_;
  const ReplacedFile checkpoint_file_;
  FolderLock system_lock_;
  FolderLock log_lock_;
  std::unique_ptr<Log> log_;  // set by start()
  Databases databases_;
  std::atomic<std::uint64_t> checkpoint_depth_;

  std::mutex checkpoint_mutex_;
  CheckpointData checkpoint_{};               // guarded by checkpoint_mutex_
  bool backup_running_ = false;               // guarded by checkpoint_mutex_
  std::vector<std::string> backed_up_files_;  // of a running backup; guarded by checkpoint_mutex_
};

}  // namespace esent
