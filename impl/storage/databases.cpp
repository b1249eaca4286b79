#include "storage/databases.hpp"

#include <atomic>
#include <cerrno>
#include <utility>

#include "storage/database_claims.hpp"
#include "storage/database_recovery.hpp"
#include "storage/signature.hpp"

namespace esent {
namespace {

// An id is a number that was never given out before, so that an id that has ended is noticed, also by another instance.
// They come back after 2^31 attachments.
JET_DBID next_id() noexcept {
  static std::atomic<std::uint32_t> given{0};
  return (given.fetch_add(1, std::memory_order_relaxed) & 0x7FFFFFFF) + 1;
}

JET_ERR may_attach(const std::string& path, bool read_only) {
  FileAccess access;
  const int error = file_access(path, access);
  if (error == ENOENT) return JET_errFileNotFound;
  if (error != 0) return error_of(error);
  if (!access.readable) return JET_errFileAccessDenied;
  return access.writable || read_only ? JET_errSuccess : JET_errDatabaseFileReadOnly;
}

// Looks without a lock, which would keep others from attaching the file meanwhile.
bool is_no_database(const std::string& path) {
  File file;
  if (file.open_read_only(path) != 0) return false;
  const PageCheck pages = check_pages(file, "");
  return pages.error == 0 && pages.health == Health::not_a_database;
}

// A file that an instance is about to attach.
class FileClaim {
 public:
  FileClaim(const void* owner, const std::string& path) : path_(path), taken_(claim_database(owner, path)) {}
  FileClaim(const FileClaim&) = delete;
  FileClaim& operator=(const FileClaim&) = delete;
  ~FileClaim() {
    if (taken_ && !kept_) release_database(path_);
  }
  bool taken() const { return taken_; }
  void keep() { kept_ = true; }

 private:
  const std::string& path_;
  const bool taken_;
  bool kept_ = false;
};

JET_ERR code_of(Health health) {
  switch (health) {
    case Health::good: break;
    case Health::not_a_database: return JET_errInvalidDatabase;
    case Health::damaged: return JET_errPrimaryIndexCorrupted;
    case Health::index_damaged: return JET_errSecondaryIndexCorrupted;
  }
  return JET_errSuccess;
}

}  // namespace

Databases::~Databases() {
  for (Slot& slot : slots_) {
    if (slot.used()) free(slot);
  }
}

JET_ERR Databases::resolve(const std::string& path, std::string& resolved) const {
  const int error = resolve_file(path, resolved);
  if (error == 0) return JET_errSuccess;
  return error == ENOMEM ? JET_errOutOfMemory : JET_errDatabaseInvalidPath;
}

Databases::Slot* Databases::find(const std::string& path) noexcept {
  for (Slot& slot : slots_) {
    if (slot.used() && slot.path == path) return &slot;
  }
  return nullptr;
}

Databases::Slot* Databases::find(JET_DBID dbid) noexcept {
  for (Slot& slot : slots_) {
    if (slot.used() && slot.id == dbid) return &slot;
  }
  return nullptr;
}

Databases::Slot* Databases::free_slot() noexcept {
  for (Slot& slot : slots_) {
    if (!slot.used()) return &slot;
  }
  return nullptr;
}

void Databases::free(Slot& slot) noexcept {
  release_database(slot.path);
  slot = Slot();
}

JET_ERR Databases::append(LogGroup& group) noexcept {
  return log_ == nullptr || group.empty() ? JET_errSuccess : log_->append(group, false);
}

// Nothing but a database is ever replaced, and none that somebody uses.
JET_ERR Databases::may_replace(const std::string& path, JET_GRBIT grbit) const {
  if (folder_exists(path)) return JET_errDatabaseInvalidPath;
  if (!file_exists(path)) return JET_errSuccess;
  if ((grbit & JET_bitDbOverwriteExisting) == 0) return JET_errDatabaseDuplicate;
  if (const JET_ERR err = may_attach(path, false); err != JET_errSuccess) return err;
  DatabaseFile old;
  Health health = Health::good;
  return old.open(path, false, health);
}

// The file is written under another name and gets its own only when it is whole; see database_log.hpp.
JET_ERR Databases::make(Slot& slot, const DatabaseHeader& header, bool logged) {
  const std::string fresh = fresh_database(slot.path);
  const std::string folder = folder_of(slot.path);
  // With a log, what a crash leaves under that name is gone since JetInit: the file is somebody's.
  if (file_exists(fresh) && (log_ != nullptr || database_is_claimed(fresh))) return JET_errFileAccessDenied;
  LogGroup creating = group_of({DatabaseAction::creating, header.signature, slot.path});
  LogGroup abandoned = group_of({DatabaseAction::abandoned, header.signature, slot.path});
  LogGroup created;
  if (logged) created = group_of({DatabaseAction::created, header.signature, slot.path});
  JET_ERR err = append(creating);
  if (err != JET_errSuccess) return err;
  err = slot.file.create(fresh, header);
  // The log must not know of a file whose name a power cut takes away.
  if (err == JET_errSuccess) err = error_of(sync_folder(folder));
  if (err == JET_errSuccess) err = append(created);
  if (err == JET_errLogWriteFail) {
    slot.file.close();
    remove_file(fresh);
    return err;
  }
  if (err == JET_errSuccess) {
    int error = rename_file(fresh, slot.path);
    if (error == 0) {
      error = sync_folder(folder);
      if (error != 0) remove_file(slot.path);
    }
    err = error_of(error);
  }
  if (err != JET_errSuccess) {
    slot.file.close();
    remove_file(fresh);
  }
  if (err == JET_errSuccess && logged) {
    // From here on the file is missed when it is not there.
    err = log_->append(slot.attached, true);
    if (err == JET_errSuccess) return err;
    slot.file.close();
    remove_file(slot.path);
  }
  // One that is made without recovery is nothing to look for after a crash, nor is one that is not there any more.
  const JET_ERR noted = append(abandoned);
  if (noted != JET_errLogWriteFail) return err;
  if (err == JET_errSuccess) {
    slot.file.close();
    remove_file(slot.path);
  }
  return noted;
}

JET_ERR Databases::create(DatabaseCaller caller, const std::string& path, std::uint32_t pages_max, JET_GRBIT grbit,
                          JET_DBID& dbid) {
  const std::lock_guard lock(mutex_);
  if (policy_.create_folders) {
    const std::size_t slash = path.rfind('/');
    if (slash != std::string::npos && make_folders(path.substr(0, slash)) == ENOMEM) return JET_errOutOfMemory;
  }
  std::string full;
  JET_ERR err = resolve(path, full);
  if (err != JET_errSuccess) return err;
  if (Slot* attached = find(full); attached != nullptr) {
    if (attached->owner != caller.session) return JET_errDatabaseSharingViolation;
    if ((grbit & JET_bitDbOverwriteExisting) != 0) {
      return attached->opens != 0 ? JET_errDatabaseInUse : JET_errDatabaseDuplicate;
    }
    err = open_slot(caller, *attached, grbit & JET_bitDbReadOnly, dbid);
    return err == JET_errSuccess ? JET_wrnDatabaseAttached : err;
  }
  FileClaim claim(this, full);
  if (!claim.taken()) return JET_errDatabaseSharingViolation;
  // What is only to be read cannot be made.
  if ((grbit & JET_bitDbReadOnly) != 0) return JET_errDatabaseNotFound;
  if (policy_.one_per_session && caller.use.total != 0) return JET_errOneDatabasePerSession;
  err = may_replace(full, grbit);
  if (err != JET_errSuccess) return err;
  Slot* slot = free_slot();
  if (slot == nullptr) return JET_errTooManyAttachedDatabases;
  const bool logged = log_ != nullptr && (grbit & JET_bitDbRecoveryOff) == 0;
  Slot made;
  DatabaseHeader header{};
  header.signature = new_signature();
  header.created = now_seconds();
  header.page_size = policy_.page_size;
  header.pages_max = pages_max;
  made.path = full;
  if (logged) {
    made.attached = group_of({DatabaseAction::attached, header.signature, full});
    made.detached = group_of({DatabaseAction::detached, header.signature, full});
  }
  made.owner = caller.session;
  err = make(made, header, logged);
  if (err != JET_errSuccess) return err;
  claim.keep();
  made.id = next_id();
  *slot = std::move(made);
  return open_slot(caller, *slot, 0, dbid);
}

JET_ERR Databases::attach_locked(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit) {
  // As on Windows, where nobody opens a folder as a file.
  if (folder_exists(path)) return JET_errFileAccessDenied;
  std::string full;
  JET_ERR err = resolve(path, full);
  if (err != JET_errSuccess) return err;
  if (const Slot* attached = find(full); attached != nullptr) {
    return attached->owner == caller.session ? JET_wrnDatabaseAttached : JET_errDatabaseSharingViolation;
  }
  // Before the file is locked, so that instances of one process hear of each other and not of another process.
  FileClaim claim(this, full);
  if (!claim.taken()) return JET_errDatabaseSharingViolation;
  Slot* slot = free_slot();
  if (slot == nullptr) return JET_errTooManyAttachedDatabases;
  const bool read_only = (grbit & JET_bitDbReadOnly) != 0;
  err = may_attach(full, read_only);
  if (err != JET_errSuccess) return err;
  Slot made;
  Health health = Health::good;
  err = made.file.open(full, read_only, health);
  if (err != JET_errSuccess) return err;
  const bool repair = health == Health::index_damaged && made.used() && (grbit & JET_bitDbDeleteCorruptIndexes) != 0;
  if (health != Health::good && !repair) return code_of(health);
  if (made.file.header().page_size != policy_.page_size) return JET_errPageSizeMismatch;
  if (repair) {
    err = made.file.rebuild_index();
    if (err != JET_errSuccess) return err;
  }
  made.path = full;
  // There is nothing to recover in a database that is only read.
  if (log_ != nullptr && !read_only) {
    made.attached = group_of({DatabaseAction::attached, made.file.header().signature, full});
    made.detached = group_of({DatabaseAction::detached, made.file.header().signature, full});
  }
  made.owner = caller.session;
  made.read_only = read_only;
  err = append(made.attached);
  if (err != JET_errSuccess) return err;
  claim.keep();
  made.id = next_id();
  *slot = std::move(made);
  return repair ? JET_wrnCorruptIndexDeleted : JET_errSuccess;
}

JET_ERR Databases::detach_locked(DatabaseCaller, const std::string& path) {
  std::string full;
  const JET_ERR err = resolve(path, full);
  if (err == JET_errOutOfMemory) return err;
  // The file, or its folder, may have gone since.
  Slot* slot = find(err == JET_errSuccess ? full : path);
  if (slot == nullptr) return JET_errDatabaseNotFound;
  if (slot->opens != 0) return JET_errDatabaseInUse;
  if (const JET_ERR failed = append(slot->detached); failed != JET_errSuccess) return failed;
  free(*slot);
  return JET_errSuccess;
}

JET_ERR Databases::detach_all(DatabaseCaller caller, bool (*is_live)(std::uint64_t)) {
  // Nobody else can mean those whose session has ended.
  const auto meant = [&](const Slot& slot) {
    return slot.used() && (slot.owner == caller.session || !is_live(slot.owner));
  };
  std::array<bool, database_count_max> chosen{};
  LogGroup all;
  for (const Slot& slot : slots_) {
    if (!meant(slot)) continue;
    chosen[index(slot)] = true;
    if (slot.opens != 0) return JET_errDatabaseInUse;
    all.insert(all.end(), slot.detached.begin(), slot.detached.end());
  }
  if (const JET_ERR err = append(all); err != JET_errSuccess) return err;
  for (Slot& slot : slots_) {
    if (chosen[index(slot)]) free(slot);
  }
  return JET_errSuccess;
}

JET_ERR Databases::open_slot(DatabaseCaller caller, Slot& slot, JET_GRBIT grbit, JET_DBID& dbid) noexcept {
  std::uint32_t& mine = caller.use.opens[index(slot)];
  if (policy_.one_per_session && caller.use.total > mine) return JET_errOneDatabasePerSession;
  if (slot.exclusive != 0 && slot.exclusive != caller.session) return JET_errDatabaseLocked;
  const bool exclusive = (grbit & JET_bitDbExclusive) != 0;
  if (exclusive && slot.opens != 0) return JET_errDatabaseInUse;
  if (exclusive) slot.exclusive = caller.session;
  ++mine;
  ++caller.use.total;
  ++slot.opens;
  dbid = slot.id;
  return slot.read_only && (grbit & JET_bitDbReadOnly) == 0 ? JET_wrnFileOpenReadOnly : JET_errSuccess;
}

void Databases::close_one(DatabaseCaller caller, Slot& slot) noexcept {
  std::uint32_t& mine = caller.use.opens[index(slot)];
  --slot.opens;
  --caller.use.total;
  if (--mine == 0 && slot.exclusive == caller.session) slot.exclusive = 0;
}

JET_ERR Databases::open(DatabaseCaller caller, const std::string& path, JET_GRBIT grbit, JET_DBID& dbid) {
  const std::lock_guard lock(mutex_);
  std::string full;
  const JET_ERR err = resolve(path, full);
  if (err == JET_errOutOfMemory) return err;
  if (Slot* slot = find(err == JET_errSuccess ? full : path); slot != nullptr) {
    return open_slot(caller, *slot, grbit, dbid);
  }
  if (err != JET_errSuccess || folder_exists(full)) return JET_errDatabaseInvalidPath;
  if (full == policy_.temporary) return JET_errInvalidDatabase;
  if (!file_exists(full)) return JET_errDatabaseNotFound;
  // It is not attached; that it never could be is the better answer.
  return is_no_database(full) ? JET_errInvalidDatabase : JET_errDatabaseNotFound;
}

JET_ERR Databases::close(DatabaseCaller caller, JET_DBID dbid) noexcept {
  const std::lock_guard lock(mutex_);
  Slot* slot = find(dbid);
  if (slot == nullptr) return JET_errInvalidDatabaseId;
  if (caller.use.opens[index(*slot)] == 0) return JET_errDatabaseNotFound;
  close_one(caller, *slot);
  return JET_errSuccess;
}

void Databases::release(DatabaseCaller caller) noexcept {
  const std::lock_guard lock(mutex_);
  for (Slot& slot : slots_) {
    while (caller.use.opens[index(slot)] != 0) close_one(caller, slot);
  }
}

JET_ERR Databases::info(DatabaseCaller caller, JET_DBID dbid, DatabaseInfo& info) {
  const std::lock_guard lock(mutex_);
  Slot* slot = find(dbid);
  if (slot == nullptr || caller.use.opens[index(*slot)] == 0) return JET_errInvalidParameter;
  info.path = slot->path;
  info.header = slot->file.header();
  info.exclusive = slot->exclusive != 0;
  info.read_only = slot->read_only;
  return slot->file.space(info.space);
}

std::vector<std::string> Databases::paths() {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> all;
  for (const Slot& slot : slots_) {
    if (slot.used()) all.push_back(slot.path);
  }
  return all;
}

std::vector<AttachedDatabase> Databases::logged() const {
  std::vector<AttachedDatabase> all;
  for (const Slot& slot : slots_) {
    if (slot.used() && !slot.attached.empty()) all.push_back({slot.path, slot.file.header().signature});
  }
  return all;
}

JET_ERR Databases::copy(const std::string& from, const std::string& to) {
  Slot* slot = nullptr;
  {
    const std::lock_guard lock(mutex_);
    slot = find(from);
  }
  // It stays where it is, since nothing is detached meanwhile; sessions can open and close it.
  if (slot == nullptr) return JET_errMissingFileToBackup;
  Health health = Health::good;
  if (const JET_ERR err = slot->file.check(health); err != JET_errSuccess) return err;
  return health == Health::good ? slot->file.copy_to(to) : JET_errReadVerifyFailure;
}

JET_ERR Databases::append_attached() noexcept {
  for (Slot& slot : slots_) {
    if (!slot.used()) continue;
    if (const JET_ERR err = append(slot.attached); err != JET_errSuccess) return err;
  }
  return JET_errSuccess;
}

}  // namespace esent
