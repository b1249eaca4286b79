#include "storage/backup.hpp"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace esent {
namespace {

// Ends the storage's part of a backup that did not come to its end.
class Abandon {
 public:
  explicit Abandon(Storage& storage) : storage_(&storage) {}
  Abandon(const Abandon&) = delete;
  Abandon& operator=(const Abandon&) = delete;
  ~Abandon() {
    if (storage_ != nullptr) storage_->abandon_backup();
  }
  void dismiss() { storage_ = nullptr; }

 private:
  Storage* storage_;
};

class Backup {
 public:
  Backup(Storage& storage, const BackupOptions& options, Status& status, const std::function<JET_ERR()>& stop)
      : storage_(storage), names_(storage.options().names), options_(options), status_(status), stop_(stop) {}

  JET_ERR run() {
    JET_ERR err = told(status_.begin());
    std::uint64_t last = 0;
    if (err == JET_errSuccess) err = storage_.begin_backup(list_.head.checkpoint, last, list_.databases);
    if (err != JET_errSuccess) return err;
    Abandon abandon(storage_);
    if (!options_.folder.empty()) err = copy_and_publish(last);
    if (err != JET_errSuccess) return err;
    abandon.dismiss();
    return storage_.end_backup(options_.folder.empty() ? 0 : last);
  }

 private:
  // The callback's answer, or that the instance went away while the callback ran.
  JET_ERR told(JET_ERR answer) const { return answer != JET_errSuccess ? answer : stop_(); }

  JET_ERR copy_and_publish(std::uint64_t last) {
    BackupList old;
    const JET_ERR read = read_backup_list(options_.folder, names_, old);
    if (read == JET_errOutOfMemory) return read;
    const bool have_old = read == JET_errSuccess;
    const CheckpointData checkpoint = list_.head.checkpoint;
    JET_ERR err = options_.incremental ? add_to(have_old, old, checkpoint) : begin_afresh(have_old, old);
    if (err != JET_errSuccess) return err;
    list_.head.last = last;
    err = copy_files();
    if (err != JET_errSuccess) {
      if (!may_be_published()) undo();
      return err;
    }
    if (have_old && !options_.incremental && options_.atomic) remove_folder_with_files(set_folder_of(old));
    return JET_errSuccess;
  }

  // An incremental backup keeps what the one before has, and adds the databases that are new and the logs since.
  JET_ERR add_to(bool have_old, const BackupList& old, const CheckpointData& checkpoint) {
    const bool follows = have_old && old.head.checkpoint.signature == checkpoint.signature &&
                         checkpoint.backed_up != 0 && old.head.last == checkpoint.backed_up;
    if (!follows) return JET_errMissingFullBackup;
    const std::vector<AttachedDatabase> attached = std::move(list_.databases);
    list_ = old;
    first_database_ = old.databases.size();
    first_generation_ = checkpoint.backed_up + 1;
    for (const AttachedDatabase& database : attached) {
      const auto same = [&](const AttachedDatabase& other) {
        return other.path == database.path && other.signature == database.signature;
      };
      if (std::ranges::none_of(old.databases, same)) list_.databases.push_back(database);
    }
    return JET_errSuccess;
  }

  JET_ERR begin_afresh(bool have_old, const BackupList& old) {
    list_.head.set = have_old ? old.head.set + 1 : 1;
    list_.head.first = first_generation_ = list_.head.checkpoint.generation;
    list_.head.page_size = storage_.options().databases.page_size;
    if (have_old && !options_.atomic) discard(old);
    // What an aborted backup may have left under this number.
    remove_folder_with_files(set_folder());
    return error_of(make_folders(set_folder()));
  }

  JET_ERR copy_files() {
    const std::size_t databases = list_.databases.size() - first_database_;
    total_ = databases + static_cast<std::size_t>(list_.head.last - first_generation_ + 1);
    for (std::size_t i = first_database_; i < list_.databases.size(); ++i) {
      const std::string& path = list_.databases[i].path;
      const JET_ERR err = copied(storage_.databases().copy(path, set_folder() + backed_up_database(i)));
      if (err != JET_errSuccess) return err;
    }
    for (std::uint64_t generation = first_generation_; generation <= list_.head.last; ++generation) {
      const std::string name = names_.archived_log(generation);
      const JET_ERR err =
          copied(copy_log(storage_.options().log_folder + name, set_folder() + name, list_.head.checkpoint.signature));
      if (err != JET_errSuccess) return err;
    }
    if (const int error = sync_folder(set_folder()); error != 0) return error_of(error);
    if (const JET_ERR err = told(status_.complete()); err != JET_errSuccess) return err;
    return write_backup_list(options_.folder, names_, list_);
  }

  JET_ERR copied(JET_ERR err) { return err != JET_errSuccess ? err : told(status_.progress(++done_, total_)); }

  // Whether the list in the folder may name what was copied: its own writing may have failed at the last.
  bool may_be_published() const {
    BackupList there;
    const JET_ERR err = read_backup_list(options_.folder, names_, there);
    if (err == JET_errInvalidPath) return false;
    return err != JET_errSuccess || (there.head.set == list_.head.set && there.head.last == list_.head.last &&
                                     there.databases.size() == list_.databases.size());
  }

  void undo() {
    if (!options_.incremental) return remove_folder_with_files(set_folder());
    for (std::size_t i = first_database_; i < list_.databases.size(); ++i) {
      remove_file(set_folder() + backed_up_database(i));
    }
    for (std::uint64_t generation = first_generation_; generation <= list_.head.last; ++generation) {
      remove_file(set_folder() + names_.archived_log(generation));
    }
  }

  void discard(const BackupList& old) {
    remove_file(options_.folder + names_.backup_list());
    remove_folder_with_files(set_folder_of(old));
  }

  std::string set_folder_of(const BackupList& list) const {
    return backup_set_folder(options_.folder, names_, list.head.set);
  }
  std::string set_folder() const { return set_folder_of(list_); }

  Storage& storage_;
  const FileNames& names_;
  const BackupOptions& options_;
  Status& status_;
  const std::function<JET_ERR()>& stop_;
  BackupList list_;
  std::size_t first_database_ = 0;  // of those that are copied
  std::uint64_t first_generation_ = 0;
  std::size_t total_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

JET_ERR copy_log(const std::string& from, const std::string& to, std::uint64_t signature) {
  Bytes bytes;
  int error = read_file(from, bytes);
  if (error == ENOENT) return JET_errMissingLogFile;
  if (error != 0) return error_of(error);
  LogHeader header{};
  if (read_log_header(bytes, header) != JET_errSuccess) return JET_errLogReadVerifyFailure;
  if (header.signature != signature) return JET_errInvalidLogSequence;
  const ScannedLog scanned = scan_log(bytes, header, header.first_number);
  if (scanned.torn || scanned.last != RecordKind::switched) return JET_errLogReadVerifyFailure;
  File file;
  error = file.create(to);
  if (error == 0) error = file.write_at(0, bytes);
  if (error == 0) error = file.sync();
  return error_of(error);
}

JET_ERR back_up(Storage& storage, const BackupOptions& options, Status& status, const std::function<JET_ERR()>& stop) {
  const JET_ERR err = Backup(storage, options, status, stop).run();
  if (err != JET_errSuccess) status.fail();
  return err;
}

}  // namespace esent
