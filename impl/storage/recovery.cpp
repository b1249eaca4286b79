#include "storage/recovery.hpp"

#include <algorithm>
#include <cerrno>

#include "storage/signature.hpp"

namespace esent {
namespace {

class Recovery {
 public:
  Recovery(const RecoveryOptions& options, Status& status, Recovered& recovered)
      : options_(options), status_(status), recovered_(recovered) {}

  JET_ERR run() {
    if (const JET_ERR err = find_files(); err != JET_errSuccess) return err;
    if (generations_.empty() && !have_current_) return start_afresh();
    if (const JET_ERR err = check_sequence(); err != JET_errSuccess) return err;
    if (const JET_ERR err = replay(); err != JET_errSuccess) return err;
    const JET_ERR err = recover_databases(history_, options_.places, options_.ignore_missing_databases);
    return err == JET_errSuccess ? open_end() : err;
  }

 private:
  std::string path(std::uint64_t generation) const {
    const bool current = have_current_ && generation == current_.generation;
    return options_.log_folder + (current ? options_.names.current_log() : options_.names.archived_log(generation));
  }

  // Not one of a clean shutdown whose logs are gone, where a start that did not come to its end has made the log that follows
  // them already: it begins where the checkpoint ends.
  const CheckpointData* needed_checkpoint() const {
    if (!options_.checkpoint) return nullptr;
    const CheckpointData& checkpoint = *options_.checkpoint;
    const bool follows = checkpoint.clean != 0 && generations_.empty() && have_current_ &&
                         current_.generation == checkpoint.generation + 1 && current_.first_number == checkpoint.number;
    return follows ? nullptr : &checkpoint;
  }

  // Where replay starts; the oldest record there is without a checkpoint.
  std::uint64_t first_generation_needed() const {
    if (needed_checkpoint() != nullptr) return options_.checkpoint->generation;
    return generations_.empty() ? current_.generation : generations_.front();
  }

  std::uint64_t newest_generation() const { return have_current_ ? current_.generation : generations_.back(); }

  JET_ERR find_files() {
    remove_file(options_.log_folder + options_.names.fresh_log());
    if (const JET_ERR err = list_generations(options_.log_folder, options_.names, generations_);
        err != JET_errSuccess) {
      return err;
    }
    Bytes bytes;
    const int error = read_file(options_.log_folder + options_.names.current_log(), bytes);
    if (error == ENOENT) return JET_errSuccess;
    if (error != 0) return error_of(error);
    have_current_ = true;
    if (const JET_ERR err = read_log_header(bytes, current_); err != JET_errSuccess) return err;
    return drop_out_of_range();
  }

  // Archived logs that are not older than the current one cannot be part of its sequence.
  JET_ERR drop_out_of_range() {
    const auto stray = std::ranges::lower_bound(generations_, current_.generation);
    if (stray == generations_.end()) return JET_errSuccess;
    if (!options_.delete_out_of_range) return JET_errInvalidLogSequence;
    for (auto generation = stray; generation != generations_.end(); ++generation) {
      remove_file(options_.log_folder + options_.names.archived_log(*generation));
    }
    generations_.erase(stray, generations_.end());
    return JET_errSuccess;
  }

  JET_ERR start_afresh() {
    LogHeader header{};
    header.size_kib = options_.log_size_kib;
    header.generation = 1;
    header.first_number = 1;
    header.signature = new_signature();
    header.created = now_seconds();
    if (options_.checkpoint) {
      if (options_.checkpoint->clean == 0) return JET_errMissingLogFile;
      // Nothing in the logs that are gone is needed; their numbers are not used again.
      header.generation = options_.checkpoint->generation + 1;
      header.first_number = options_.checkpoint->number;
    }
    return create(header);
  }

  JET_ERR check_sequence() const {
    const std::uint64_t first = first_generation_needed();
    const std::uint64_t newest = newest_generation();
    if (first > newest) return JET_errMissingLogFile;
    const std::uint64_t last_archived = have_current_ ? newest - 1 : newest;
    for (std::uint64_t generation = first; generation <= last_archived; ++generation) {
      if (!std::ranges::binary_search(generations_, generation)) return JET_errMissingLogFile;
    }
    return JET_errSuccess;
  }

  JET_ERR replay() {
    const std::uint64_t first = first_generation_needed();
    const std::uint64_t newest = newest_generation();
    const bool clean = needed_checkpoint() != nullptr && options_.checkpoint->clean != 0;
    const std::size_t total = static_cast<std::size_t>(newest - first + 1);
    if (!clean) {
      if (const JET_ERR err = status_.begin(); err != JET_errSuccess) return err;
    }
    for (std::uint64_t generation = first; generation <= newest; ++generation) {
      if (const JET_ERR err = replay_generation(generation, generation == first); err != JET_errSuccess) return err;
      if (clean) continue;
      if (const JET_ERR err = status_.progress(static_cast<std::size_t>(generation - first + 1), total);
          err != JET_errSuccess) {
        return err;
      }
    }
    return clean ? JET_errSuccess : status_.complete();
  }

  JET_ERR replay_generation(std::uint64_t generation, bool first) {
    Bytes bytes;
    if (const int error = read_file(path(generation), bytes); error != 0) return error_of(error);
    LogHeader header{};
    if (const JET_ERR err = read_log_header(bytes, header); err != JET_errSuccess) return err;
    if (first) {
      const CheckpointData* checkpoint = needed_checkpoint();
      signature_ = checkpoint != nullptr ? checkpoint->signature : header.signature;
      next_number_ = checkpoint != nullptr ? checkpoint->number : header.first_number;
    }
    if (header.signature != signature_ || header.generation != generation || next_number_ < header.first_number ||
        (!first && next_number_ != header.first_number)) {
      return JET_errInvalidLogSequence;
    }
    if (offset_of_record(header, next_number_) > bytes.size()) return JET_errLogFileCorrupt;
    const ScannedLog scanned = scan_log(bytes, header, next_number_, [this](const LogRecord& record) {
      if (static_cast<RecordKind>(record.kind) == RecordKind::shutdown) history_.clear();
      if (const auto operation = reader_.take(record)) history_.apply(*operation);
    });
    const bool must_be_whole = generation != newest_generation() || !have_current_;
    if (scanned.damaged || (must_be_whole && (scanned.torn || scanned.last != RecordKind::switched))) {
      return JET_errLogFileCorrupt;
    }
    next_number_ = scanned.next_number;
    recovered_.replayed_commits += scanned.commits;
    torn_ = scanned.torn;
    last_header_ = header;
    return JET_errSuccess;
  }

  // Opens the end of the log for appending; makes the current file if a crash left none.
  JET_ERR open_end() {
    const bool other_size = last_header_.size_kib != options_.log_size_kib;
    if (other_size && !options_.cleanup_mismatched) return JET_errLogFileSizeMismatchDatabasesConsistent;
    if (!have_current_ || other_size) return open_next_generation(other_size);
    File file;
    if (const int error = file.open_existing(path(current_.generation)); error != 0) return error_of(error);
    // A torn record was never acknowledged.
    if (torn_ && file.truncate(offset_of_record(current_, next_number_)) != 0) return JET_errLogWriteFail;
    // What is there may have been written without a sync by a process that was killed.
    if (file.sync() != 0) return JET_errLogWriteFail;
    recovered_.log =
        std::make_unique<Log>(options_.log_folder, options_.names, std::move(file), current_, next_number_);
    return JET_errSuccess;
  }

  JET_ERR open_next_generation(bool delete_old) {
    LogHeader next = last_header_;
    ++next.generation;
    next.first_number = next_number_;
    next.size_kib = options_.log_size_kib;
    if (!delete_old) return create(next);
    for (const std::uint64_t generation : generations_) {
      remove_file(options_.log_folder + options_.names.archived_log(generation));
    }
    return create(next);
  }

  JET_ERR create(const LogHeader& header) {
    File file;
    const int error = create_log_file(options_.log_folder, options_.names, header, file);
    if (error == ENOMEM) return JET_errOutOfMemory;
    if (error == EACCES || error == EPERM || error == EROFS) return JET_errFileAccessDenied;
    if (error != 0) return JET_errLogWriteFail;
    recovered_.log =
        std::make_unique<Log>(options_.log_folder, options_.names, std::move(file), header, header.first_number);
    return JET_errSuccess;
  }

  const RecoveryOptions& options_;
  Status& status_;
  Recovered& recovered_;
  std::vector<std::uint64_t> generations_;  // archived ones, in order
  bool have_current_ = false;
  LogHeader current_{};
  LogHeader last_header_{};
  std::uint64_t signature_ = 0;
  std::uint64_t next_number_ = 0;
  bool torn_ = false;
  OperationReader reader_;
  DatabaseHistory history_;
};

}  // namespace

JET_ERR list_generations(const std::string& folder, const FileNames& names, std::vector<std::uint64_t>& found) {
  std::vector<std::string> all;
  if (const int error = list_folder(folder, all); error != 0) return error_of(error);
  for (const std::string& name : all) {
    if (const std::uint64_t generation = names.generation_of(name); generation != 0) found.push_back(generation);
  }
  std::ranges::sort(found);
  return JET_errSuccess;
}

JET_ERR recover(const RecoveryOptions& options, Status& status, Recovered& recovered) {
  if (options.checkpoint) recovered.backed_up = options.checkpoint->backed_up;
  return Recovery(options, status, recovered).run();
}

}  // namespace esent
