#include "storage/log.hpp"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

namespace esent {

int prepare_log_file(const std::string& path, LogHeader header, File& file) {
  header.magic = log_magic;
  header.version = format_version;
  header.checksum = checksum_of(header);
  int error = file.create(path);
  if (error == 0) error = file.write_at(0, std::as_bytes(std::span(&header, 1)));
  if (error == 0) error = file.sync();
  if (error != 0) remove_file(path);
  return error;
}

int create_log_file(const std::string& folder, const FileNames& names, const LogHeader& header, File& file) {
  const std::string fresh = folder + names.fresh_log();
  int error = prepare_log_file(fresh, header, file);
  if (error == 0) error = rename_file(fresh, folder + names.current_log());
  return error == 0 ? sync_folder(folder) : error;
}

Log::Log(std::string folder, FileNames names, File file, const LogHeader& header, std::uint64_t next_number)
    : folder_(std::move(folder)),
      names_(std::move(names)),
      signature_(header.signature),
      created_(header.created),
      synced_(next_number),
      file_(std::move(file)),
      header_(header),
      next_number_(next_number) {}

JET_ERR Log::break_down() noexcept {
  broken_ = true;
  return JET_errLogWriteFail;
}

bool Log::full(std::size_t records) const noexcept {
  // Room for the records and for the one that closes the file.
  return offset_of_record(header_, next_number_) + (records + 1) * sizeof(LogRecord) > header_.size_kib * 1024;
}

JET_ERR Log::write(std::span<LogRecord> group) noexcept {
  if (broken_) return JET_errLogWriteFail;
  std::uint64_t number = next_number_;
  for (LogRecord& record : group) {
    constexpr std::uint64_t most = std::numeric_limits<std::uint16_t>::max();
    record.behind = static_cast<std::uint16_t>(std::min(number - synced_, most));
    record.number = number++;
    record.checksum = checksum_of(record, record_seed(header_));
  }
  if (file_.write_at(offset_of_record(header_, next_number_), std::as_bytes(group)) != 0) return break_down();
  next_number_ = number;
  return JET_errSuccess;
}

JET_ERR Log::append(RecordKind kind, std::uint64_t session, bool lazy, std::uint64_t* number) noexcept {
  LogRecord record{0, static_cast<std::uint16_t>(kind), 0, 0, session, 0};
  return append(std::span(&record, 1), lazy, number);
}

JET_ERR Log::append(std::span<LogRecord> group, bool lazy, std::uint64_t* last) noexcept {
  std::uint64_t number = 0;
  for (;;) {
    {
      const std::lock_guard append(append_mutex_);
      if (!full(group.size())) {
        if (const JET_ERR err = write(group); err != JET_errSuccess) return err;
        number = next_number_;
        break;
      }
    }
    const std::lock_guard sync(sync_mutex_);
    const std::lock_guard append(append_mutex_);
    if (!full(group.size())) continue;
    if (const JET_ERR err = switch_locked(); err != JET_errSuccess) return err;
    switched_ = true;
  }
  if (last != nullptr) *last = number - 1;
  return lazy ? JET_errSuccess : sync_to(number);
}

JET_ERR Log::sync() noexcept {
  std::uint64_t number;
  {
    const std::lock_guard append(append_mutex_);
    number = next_number_;
  }
  return sync_to(number);
}

JET_ERR Log::sync_to(std::uint64_t number) noexcept {
  const std::lock_guard sync(sync_mutex_);
  if (synced_ >= number) return JET_errSuccess;
  if (broken_) return JET_errLogWriteFail;
  std::uint64_t covered;
  {
    const std::lock_guard append(append_mutex_);
    covered = next_number_;
  }
  if (file_.sync() != 0) return break_down();
  synced_ = covered;
  return JET_errSuccess;
}

JET_ERR Log::switch_generation() noexcept {
  const std::lock_guard sync(sync_mutex_);
  const std::lock_guard append(append_mutex_);
  return switch_locked();
}

JET_ERR Log::switch_locked() noexcept {
  if (broken_) return JET_errLogWriteFail;
  LogHeader next = header_;
  ++next.generation;
  next.first_number = next_number_ + 1;
  std::string current;
  std::string archived;
  std::string fresh;
  File file;
  try {
    // All memory is taken before the first change to the log, so that a refusal leaves it as it was.
    current = folder_ + names_.current_log();
    archived = folder_ + names_.archived_log(header_.generation);
    fresh = folder_ + names_.fresh_log();
    if (prepare_log_file(fresh, next, file) != 0) return break_down();
  } catch (const std::bad_alloc&) {
    return JET_errOutOfMemory;
  }
  LogRecord closing{0, static_cast<std::uint16_t>(RecordKind::switched), 0, 0, 0, 0};
  if (const JET_ERR err = write(std::span(&closing, 1)); err != JET_errSuccess) return err;
  // A crash between the two renames leaves no current file; recovery makes one.
  if (file_.sync() != 0 || rename_file(current, archived) != 0 || rename_file(fresh, current) != 0 ||
      sync_folder(folder_) != 0) {
    return break_down();
  }
  synced_ = next_number_;
  file_ = std::move(file);
  header_ = next;
  return JET_errSuccess;
}

LogPosition Log::end() noexcept {
  const std::lock_guard append(append_mutex_);
  return {header_.generation, header_.first_number, next_number_};
}

}  // namespace esent
