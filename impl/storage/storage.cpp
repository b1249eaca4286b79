#include "storage/storage.hpp"

#include <new>
#include <utility>

#include "storage/signature.hpp"

namespace esent {

Storage::Storage(StorageOptions options)
    : options_(std::move(options)),
      checkpoint_file_(options_.system_folder, options_.names.checkpoint()),
      databases_(options_.databases),
      checkpoint_depth_(options_.checkpoint_depth) {}

JET_ERR Storage::lock() {
  const std::string& base = options_.names.base;
  const JET_ERR err = system_lock_.acquire(options_.system_folder + base + "sys.lck", options_.retry_ms);
  if (err != JET_errSuccess) return err;
  return log_lock_.acquire(options_.log_folder + base + "log.lck", options_.retry_ms);
}

JET_ERR Storage::start(Status& status) {
  if (!options_.recovery) return JET_errSuccess;
  RecoveryOptions recovery;
  recovery.log_folder = options_.log_folder;
  recovery.names = options_.names;
  recovery.log_size_kib = options_.log_size_kib;
  recovery.cleanup_mismatched = options_.cleanup_mismatched;
  recovery.delete_out_of_range = options_.delete_out_of_range;
  recovery.ignore_missing_databases = options_.ignore_missing_databases;
  recovery.places = options_.places;
  JET_ERR err = read_checkpoint(checkpoint_file_.path(), recovery.checkpoint);
  if (err != JET_errSuccess) return err;
  Recovered recovered;
  err = recover(recovery, status, recovered);
  if (err != JET_errSuccess) return err;
  log_ = std::move(recovered.log);
  databases_.start(log_.get());
  const auto databases = databases_.lock();
  const std::lock_guard lock(checkpoint_mutex_);
  checkpoint_.backed_up = recovered.backed_up;
  // From here on a crash leaves something to replay.
  err = move_checkpoint(false);
  if (err == JET_errSuccess && options_.truncate_after_recovery) delete_old_logs();
  return err;
}

JET_SIGNATURE Storage::log_signature() const noexcept {
  return log_ == nullptr ? JET_SIGNATURE{} : signature_of(log_->signature(), log_->created());
}

JET_ERR Storage::commit(std::uint64_t session, std::span<LogRecord> group, bool lazy, std::uint64_t& number) noexcept {
  if (log_ == nullptr) return JET_errSuccess;
  const JET_ERR err =
      group.empty() ? log_->append(RecordKind::commit, session, lazy, &number) : log_->append(group, lazy, &number);
  if (log_->take_switched()) maintain();
  return err;
}

JET_ERR Storage::rollback(std::uint64_t session) noexcept {
  if (log_ == nullptr) return JET_errSuccess;
  const JET_ERR err = log_->append(RecordKind::rollback, session, true);
  if (log_->take_switched()) maintain();
  return err;
}

JET_ERR Storage::flush() noexcept { return log_ == nullptr ? JET_errSuccess : log_->sync(); }

// After a generation was closed: moves the checkpoint if replay would take too long, and deletes what circular
// logging does not keep. Both can wait, so a failure leaves the old checkpoint and is no concern of the commit.
void Storage::maintain() noexcept {
  try {
    const auto databases = databases_.lock();
    const std::lock_guard lock(checkpoint_mutex_);
    if (backup_running_) return;
    const std::uint64_t behind = log_->end().number - checkpoint_.number;
    if (!options_.circular && behind * sizeof(LogRecord) <= checkpoint_depth_) return;
    if (move_checkpoint(false) == JET_errSuccess && options_.circular) delete_old_logs();
  } catch (const std::bad_alloc&) {
    return;
  }
}

JET_ERR Storage::move_checkpoint(bool clean) noexcept {
  CheckpointData moved = checkpoint_;
  const LogPosition end = log_->end();
  // What lies before the checkpoint is never read again: it must be whole, and what is attached must stand after it.
  if (!clean) {
    if (const JET_ERR err = databases_.append_attached(); err != JET_errSuccess) return err;
  }
  if (const JET_ERR err = log_->sync(); err != JET_errSuccess) return err;
  moved.signature = log_->signature();
  moved.generation = end.generation;
  moved.number = end.number;
  moved.clean = clean ? 1 : 0;
  const int error = write_checkpoint(checkpoint_file_, moved);
  if (error != 0) return error_of(error);
  checkpoint_ = moved;
  return JET_errSuccess;
}

void Storage::delete_old_logs() {
  std::vector<std::uint64_t> generations;
  if (list_generations(options_.log_folder, options_.names, generations) != JET_errSuccess) return;
  for (const std::uint64_t generation : generations) {
    if (generation < checkpoint_.generation) {
      remove_file(options_.log_folder + options_.names.archived_log(generation));
    }
  }
}

JET_ERR Storage::finish() noexcept {
  if (log_ == nullptr) return JET_errSuccess;
  const auto databases = databases_.lock();
  if (const JET_ERR err = log_->append(RecordKind::shutdown, 0, false); err != JET_errSuccess) return err;
  const std::lock_guard lock(checkpoint_mutex_);
  return move_checkpoint(true);
}

JET_ERR Storage::begin_backup(CheckpointData& checkpoint, std::uint64_t& last_archived,
                              std::vector<AttachedDatabase>& attached) {
  const auto databases = databases_.lock();
  const std::lock_guard lock(checkpoint_mutex_);
  attached = databases_.logged();
  // A backup that failed has started a generation already; one with nothing in it will do.
  const LogPosition end = log_->end();
  if (end.generation == checkpoint_.generation || end.number != end.first_number) {
    if (const JET_ERR err = log_->switch_generation(); err != JET_errSuccess) return err;
  }
  checkpoint = checkpoint_;
  last_archived = log_->end().generation - 1;
  // What can be deleted afterwards is listed now, so that a backup that is complete cannot run out of memory.
  std::vector<std::uint64_t> generations;
  if (const JET_ERR err = list_generations(options_.log_folder, options_.names, generations); err != JET_errSuccess) {
    return err;
  }
  backed_up_files_.clear();
  for (const std::uint64_t generation : generations) {
    backed_up_files_.push_back(options_.log_folder + options_.names.archived_log(generation));
  }
  backup_running_ = true;
  return JET_errSuccess;
}

void Storage::abandon_backup() noexcept {
  const std::lock_guard lock(checkpoint_mutex_);
  backup_running_ = false;
  backed_up_files_.clear();
}

JET_ERR Storage::end_backup(std::uint64_t backed_up) noexcept {
  const auto databases = databases_.lock();
  const std::lock_guard lock(checkpoint_mutex_);
  backup_running_ = false;
  const std::vector<std::string> old_logs = std::move(backed_up_files_);
  const std::uint64_t before = checkpoint_.backed_up;
  // Logs that go without being in a backup leave nothing that an incremental one could follow.
  if (backed_up != 0 || !old_logs.empty()) checkpoint_.backed_up = backed_up;
  const JET_ERR err = move_checkpoint(false);
  if (err != JET_errSuccess) {
    checkpoint_.backed_up = before;
    return err;
  }
  for (const std::string& path : old_logs) remove_file(path);
  return JET_errSuccess;
}

}  // namespace esent
