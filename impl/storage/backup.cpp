#include "storage/backup.hpp"

#include <cerrno>

#include "storage/recovery.hpp"

namespace esent {
namespace {

constexpr std::uint64_t list_magic = 0x5055'4B43'4142'5345;

JET_ERR write_backup_list(const std::string& folder, const FileNames& names, BackupList list) {
  list.magic = list_magic;
  list.version = format_version;
  list.checksum = checksum_of(list);
  return error_of(ReplacedFile(folder, names.backup_list()).write(std::as_bytes(std::span(&list, 1))));
}

// Copies a closed log file and makes sure that what is copied is whole.
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
    if (err == JET_errSuccess) err = storage_.begin_backup(list_.checkpoint, last);
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
    BackupList old{};
    const bool have_old = read_backup_list(options_.folder, names_, old) == JET_errSuccess;
    const std::string old_set = set_folder_of(old);
    const std::uint64_t backed_up = list_.checkpoint.backed_up;
    std::uint64_t first = list_.checkpoint.generation;
    if (options_.incremental) {
      const bool follows =
          have_old && old.checkpoint.signature == list_.checkpoint.signature && backed_up != 0 && old.last == backed_up;
      if (!follows) return JET_errMissingFullBackup;
      list_ = old;
      first = backed_up + 1;
    } else {
      list_.set = have_old ? old.set + 1 : 1;
      list_.first = first;
      if (have_old && !options_.atomic) discard(old);
      // What an aborted backup may have left under this number.
      remove_folder_with_files(set_folder());
      if (const int error = make_folders(set_folder()); error != 0) return error_of(error);
    }
    list_.last = last;
    const JET_ERR err = copy_generations(first, last);
    if (err != JET_errSuccess) {
      undo(first, last);
      return err;
    }
    if (have_old && !options_.incremental && options_.atomic) remove_folder_with_files(old_set);
    return JET_errSuccess;
  }

  JET_ERR copy_generations(std::uint64_t first, std::uint64_t last) {
    const auto total = static_cast<std::size_t>(last - first + 1);
    for (std::uint64_t generation = first; generation <= last; ++generation) {
      const std::string name = names_.archived_log(generation);
      JET_ERR err = copy_log(storage_.options().log_folder + name, set_folder() + name, list_.checkpoint.signature);
      if (err != JET_errSuccess) return err;
      err = told(status_.progress(static_cast<std::size_t>(generation - first + 1), total));
      if (err != JET_errSuccess) return err;
    }
    if (const int error = sync_folder(set_folder()); error != 0) return error_of(error);
    if (const JET_ERR err = told(status_.complete()); err != JET_errSuccess) return err;
    return write_backup_list(options_.folder, names_, list_);
  }

  void undo(std::uint64_t first, std::uint64_t last) {
    if (!options_.incremental) return remove_folder_with_files(set_folder());
    for (std::uint64_t generation = first; generation <= last; ++generation) {
      remove_file(set_folder() + names_.archived_log(generation));
    }
  }

  void discard(const BackupList& old) {
    remove_file(options_.folder + names_.backup_list());
    remove_folder_with_files(set_folder_of(old));
  }

  std::string set_folder_of(const BackupList& list) const {
    return backup_set_folder(options_.folder, names_, list.set);
  }
  std::string set_folder() const { return set_folder_of(list_); }

  Storage& storage_;
  const FileNames& names_;
  const BackupOptions& options_;
  Status& status_;
  const std::function<JET_ERR()>& stop_;
  BackupList list_{};
};

}  // namespace

std::string backup_set_folder(const std::string& folder, const FileNames& names, std::uint64_t set) {
  return folder + names.base + "-" + std::to_string(set) + "/";
}

JET_ERR read_backup_list(const std::string& folder, const FileNames& names, BackupList& list) {
  Bytes bytes;
  const int error = read_file(folder + names.backup_list(), bytes);
  if (error == ENOENT || error == ENOTDIR) return JET_errInvalidPath;
  if (error != 0) return error_of(error);
  const bool good = bytes.size() == sizeof list && read_at(bytes, 0, list) && list.magic == list_magic &&
                    list.version == format_version && list.checksum == checksum_of(list);
  return good ? JET_errSuccess : JET_errLogFileCorrupt;
}

JET_ERR back_up(Storage& storage, const BackupOptions& options, Status& status, const std::function<JET_ERR()>& stop) {
  const JET_ERR err = Backup(storage, options, status, stop).run();
  if (err != JET_errSuccess) status.fail();
  return err;
}

JET_ERR copy_backup(const std::string& folder, const StorageOptions& target, Status& status) {
  BackupList list{};
  if (const JET_ERR err = read_backup_list(folder, target.names, list); err != JET_errSuccess) return err;
  // jetrestoreinstance-function: logs that are there must be of the same sequence; newer ones are replayed too.
  Bytes bytes;
  LogHeader current{};
  const int error = read_file(target.log_folder + target.names.current_log(), bytes);
  if (error == 0) {
    if (const JET_ERR err = read_log_header(bytes, current); err != JET_errSuccess) return err;
    if (current.signature != list.checkpoint.signature || current.generation <= list.last) {
      return JET_errInvalidLogSequence;
    }
  } else if (error != ENOENT) {
    return error_of(error);
  }
  const auto total = static_cast<std::size_t>(list.last - list.first + 1);
  for (std::uint64_t generation = list.first; generation <= list.last; ++generation) {
    const std::string name = target.names.archived_log(generation);
    const std::string from = backup_set_folder(folder, target.names, list.set) + name;
    JET_ERR err = copy_log(from, target.log_folder + name, list.checkpoint.signature);
    if (err != JET_errSuccess) return err;
    err = status.progress(static_cast<std::size_t>(generation - list.first + 1), total);
    if (err != JET_errSuccess) return err;
  }
  if (const int failed = sync_folder(target.log_folder); failed != 0) return error_of(failed);
  CheckpointData checkpoint = list.checkpoint;
  checkpoint.clean = 0;
  checkpoint.backed_up = list.last;
  return error_of(write_checkpoint({target.system_folder, target.names.checkpoint()}, checkpoint));
}

}  // namespace esent
