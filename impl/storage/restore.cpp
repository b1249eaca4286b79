#include "storage/restore.hpp"

#include <cerrno>

#include "storage/backup.hpp"
#include "storage/database_claims.hpp"

namespace esent {
namespace {

class Restore {
 public:
  Restore(const std::string& folder, const BackupList& list, const StorageOptions& target, Status& status)
      : set_folder_(backup_set_folder(folder, target.names, list.head.set)),
        list_(list),
        target_(target),
        status_(status),
        total_(list.databases.size() + static_cast<std::size_t>(list.head.last - list.head.first + 1)) {}

  JET_ERR run() {
    JET_ERR err = check_current_log();
    if (err == JET_errSuccess) err = check_backup();
    if (err == JET_errSuccess) err = copy_databases();
    if (err == JET_errSuccess) err = copy_logs();
    if (err == JET_errSuccess) err = set_checkpoint();
    if (err != JET_errSuccess) take_back_logs();
    return err;
  }

 private:
  // jetrestoreinstance-function: logs that are there must be of the same sequence; newer ones are replayed too.
  JET_ERR check_current_log() const {
    Bytes bytes;
    LogHeader current{};
    const int error = read_file(target_.log_folder + target_.names.current_log(), bytes);
    if (error == ENOENT) return JET_errSuccess;
    if (error != 0) return error_of(error);
    if (const JET_ERR err = read_log_header(bytes, current); err != JET_errSuccess) return err;
    const bool follows = current.signature == list_.head.checkpoint.signature && current.generation > list_.head.last;
    return follows ? check_logs_between(current.generation) : JET_errInvalidLogSequence;
  }

  // Looked for before anything changes: a restore that cannot end well leaves what is there as it is.
  JET_ERR check_logs_between(std::uint64_t current) const {
    for (std::uint64_t generation = list_.head.last + 1; generation < current; ++generation) {
      if (!file_exists(target_.log_folder + target_.names.archived_log(generation))) return JET_errMissingLogFile;
    }
    return JET_errSuccess;
  }

  JET_ERR check_backup() const {
    for (std::uint64_t generation = list_.head.first; generation <= list_.head.last; ++generation) {
      if (!file_exists(set_folder_ + target_.names.archived_log(generation))) return JET_errMissingLogFile;
    }
    return JET_errSuccess;
  }

  JET_ERR copy_databases() {
    for (std::size_t i = 0; i < list_.databases.size(); ++i) {
      JET_ERR err = copy_database(set_folder_ + backed_up_database(i), list_.databases[i]);
      if (err == JET_errSuccess) err = status_.progress(++done_, total_);
      if (err != JET_errSuccess) return err;
    }
    return JET_errSuccess;
  }

  JET_ERR copy_database(const std::string& from, const AttachedDatabase& database) {
    const std::string path = target_.places.find(database.path);
    if (const JET_ERR err = is_free(path); err != JET_errSuccess) return err;
    DatabaseFile source;
    Health health = Health::good;
    JET_ERR err = source.open(from, true, health);
    if (err != JET_errSuccess) return err;
    if (health == Health::damaged || !source.is_open()) return JET_errReadVerifyFailure;
    if (source.header().signature != database.signature) return JET_errAttachedDatabaseMismatch;
    const std::string fresh = fresh_database(path);
    err = source.copy_to(fresh);
    if (err != JET_errSuccess) {
      remove_file(fresh);
      return err;
    }
    int error = rename_file(fresh, path);
    if (error == 0) error = sync_folder(folder_of(path));
    return error_of(error);
  }

  JET_ERR is_free(const std::string& path) const {
    if (!folder_exists(folder_of(path))) return JET_errInvalidPath;
    if (database_is_claimed(path)) return JET_errDatabaseSharingViolation;
    if (!file_exists(path)) return JET_errSuccess;
    File there;
    if (const int error = there.open_existing(path); error != 0) return error_of(error);
    const int error = there.try_lock();
    there.unlock();
    return error == EWOULDBLOCK ? JET_errDatabaseSharingViolation : error_of(error);
  }

  JET_ERR copy_logs() {
    for (std::uint64_t generation = list_.head.first; generation <= list_.head.last; ++generation) {
      const std::string name = target_.names.archived_log(generation);
      if (!file_exists(target_.log_folder + name)) made_.push_back(target_.log_folder + name);
      JET_ERR err = copy_log(set_folder_ + name, target_.log_folder + name, list_.head.checkpoint.signature);
      if (err == JET_errSuccess) err = status_.progress(++done_, total_);
      if (err != JET_errSuccess) return err;
    }
    return error_of(sync_folder(target_.log_folder));
  }

  // With some of the logs only, the instance could never start again.
  void take_back_logs() {
    for (const std::string& path : made_) remove_file(path);
  }

  JET_ERR set_checkpoint() const {
    CheckpointData checkpoint = list_.head.checkpoint;
    checkpoint.clean = 0;
    checkpoint.backed_up = list_.head.last;
    return error_of(write_checkpoint({target_.system_folder, target_.names.checkpoint()}, checkpoint));
  }

  const std::string set_folder_;
  const BackupList& list_;
  const StorageOptions& target_;
  Status& status_;
  const std::size_t total_;
  std::size_t done_ = 0;
  std::vector<std::string> made_;  // logs that were not there before
};

}  // namespace

JET_ERR copy_backup(const std::string& folder, const StorageOptions& target, Status& status) {
  BackupList list;
  if (const JET_ERR err = read_backup_list(folder, target.names, list); err != JET_errSuccess) return err;
  if (list.head.page_size != target.databases.page_size) return JET_errPageSizeMismatch;
  return Restore(folder, list, target, status).run();
}

}  // namespace esent
