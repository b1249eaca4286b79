// The databases that are attached to a running instance, and who has them open. Whatever changes that is logged before
// it takes effect.
//
// Locks: Databases::mutex_ comes before all others of the storage. It is held while files are made and opened, and never
// while a status callback runs.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "storage/database_file.hpp"
#include "storage/database_log.hpp"
#include "storage/database_use.hpp"
#include "storage/log.hpp"

namespace esent {

// Taken from the parameters when the instance starts.
struct DatabasePolicy {
  std::uint32_t page_size = 4096;
  bool one_per_session = false;  // JET_paramOneDatabasePerSession
  bool create_folders = false;   // JET_paramCreatePathIfNotExist
  std::string temporary;         // the temporary database, which is none to open
};

struct DatabaseCaller {
  std::uint64_t session;
  DatabaseUse& use;
};

struct DatabaseInfo {
  std::string path;
  DatabaseHeader header{};
  DatabaseSpace space;
  bool exclusive = false;
  bool read_only = false;
};

// A database in a backup.
struct AttachedDatabase {
  std::string path;
  std::uint64_t signature = 0;
};

class Databases {
 public:
  explicit Databases(DatabasePolicy policy) : policy_(std::move(policy)) {}
  Databases(const Databases&) = delete;
  Databases& operator=(const Databases&) = delete;
  ~Databases();

  // NULL without logging. Before any other call.
  void start(Log* log) noexcept { log_ = log; }

  JET_ERR create(DatabaseCaller caller, const std::string& path, std::uint32_t pages_max, JET_GRBIT grbit,
                 JET_DBID& dbid);
  // `backup` is asked with the lock held whether a backup is running.
  template <class Backup>
  JET_ERR attach(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit, Backup backup);
  // The empty path means all that the session has attached, and what sessions have that are not live.
  template <class Backup>
  JET_ERR detach(DatabaseCaller caller, const std::string& path, bool (*is_live)(std::uint64_t), Backup backup);
  JET_ERR open(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit, JET_DBID& dbid);
  JET_ERR close(DatabaseCaller caller, JET_DBID dbid) noexcept;
  // Closes everything that the session has open.
  void release(DatabaseCaller caller) noexcept;
  JET_ERR info(DatabaseCaller caller, JET_DBID dbid, DatabaseInfo& info);

  std::vector<std::string> paths();
  // Those that the log knows of; needs the lock.
  std::vector<AttachedDatabase> logged() const;
  // For a backup, during which nothing is detached. JET_errReadVerifyFailure if the database is damaged.
  JET_ERR copy(const std::string& from, const std::string& to);
  // Writes again that they are attached, so that the log before is not needed; needs the lock.
  JET_ERR append_attached() noexcept;

  std::unique_lock<std::mutex> lock() { return std::unique_lock(mutex_); }

 private:
  struct Slot {
    DatabaseFile file;
    std::string path;
    LogGroup attached;  // made beforehand; empty if the log does not know of the database
    LogGroup detached;
    JET_DBID id = JET_dbidNil;
    std::uint64_t owner = 0;      // the session that attached it
    std::uint64_t exclusive = 0;  // the session that has it alone, or 0
    std::uint32_t opens = 0;
    bool read_only = false;

    bool used() const noexcept { return file.is_open(); }
  };

  JET_ERR resolve(const std::string& path, std::string& resolved) const;
  Slot* find(const std::string& path) noexcept;
  Slot* find(JET_DBID dbid) noexcept;
  Slot* free_slot() noexcept;
  std::size_t index(const Slot& slot) const noexcept { return static_cast<std::size_t>(&slot - slots_.data()); }

  JET_ERR attach_locked(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit);
  JET_ERR detach_locked(DatabaseCaller caller, const std::string& path);
  JET_ERR detach_all(DatabaseCaller caller, bool (*is_live)(std::uint64_t));
  JET_ERR make(Slot& slot, const DatabaseHeader& header, bool logged);
  JET_ERR may_replace(const std::string& path, JET_GRBIT grbit) const;
  JET_ERR open_slot(DatabaseCaller caller, Slot& slot, JET_GRBIT grbit, JET_DBID& dbid) noexcept;
  void close_one(DatabaseCaller caller, Slot& slot) noexcept;
  void free(Slot& slot) noexcept;
  JET_ERR append(LogGroup& group) noexcept;

  const DatabasePolicy policy_;
  Log* log_ = nullptr;
  std::mutex mutex_;
  std::array<Slot, database_count_max> slots_;  // guarded by mutex_
};

template <class Backup>
JET_ERR Databases::attach(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit, Backup backup) {
  const std::lock_guard lock(mutex_);
  return backup() ? JET_errBackupInProgress : attach_locked(caller, path, grbit);
}

template <class Backup>
JET_ERR Databases::detach(DatabaseCaller caller, const std::string& path, bool (*is_live)(std::uint64_t),
                          Backup backup) {
  const std::lock_guard lock(mutex_);
  if (backup()) return JET_errBackupInProgress;
  return path.empty() ? detach_all(caller, is_live) : detach_locked(caller, path);
}

}  // namespace esent
