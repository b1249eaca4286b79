#include "storage/database_log.hpp"

#include <algorithm>
#include <cstring>

namespace esent {
namespace {

constexpr std::size_t text_per_record = 2 * sizeof(std::uint64_t);

LogRecord head(RecordKind kind, std::uint8_t action, std::size_t text_size, std::uint64_t signature) {
  return {0, static_cast<std::uint16_t>(kind), 0, 0, std::uint64_t{text_size} << 8 | action, signature};
}

void append_text(LogGroup& group, std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), text_per_record))) {
    LogRecord record{0, static_cast<std::uint16_t>(RecordKind::text), 0, 0, 0, 0};
    char bytes[text_per_record] = {};
    std::memcpy(bytes, text.data(), std::min(text.size(), text_per_record));
    std::memcpy(&record.session, bytes, sizeof record.session);
    std::memcpy(&record.extra, bytes + sizeof record.session, sizeof record.extra);
    group.push_back(record);
  }
}

}  // namespace

LogGroup group_of(const DatabaseOperation& operation) {
  LogGroup group;
  group.reserve(1 + (operation.path.size() + text_per_record - 1) / text_per_record);
  group.push_back(head(RecordKind::database, static_cast<std::uint8_t>(operation.action), operation.path.size(),
                       operation.signature));
  append_text(group, operation.path);
  return group;
}

LogGroup commit_group(std::string_view context, std::uint64_t session) {
  LogGroup group;
  group.push_back(head(RecordKind::context, 0, context.size(), 0));
  append_text(group, context);
  group.push_back({0, static_cast<std::uint16_t>(RecordKind::commit), 0, 0, session, 0});
  return group;
}

std::string fresh_database(const std::string& path) { return path + ".new"; }

std::optional<DatabaseOperation> OperationReader::take(const LogRecord& record) {
  const auto kind = static_cast<RecordKind>(record.kind);
  if (kind == RecordKind::database) {
    operation_ = {static_cast<DatabaseAction>(record.session & 0xFF), record.extra, {}};
    missing_ = static_cast<std::size_t>(record.session >> 8);
    return std::nullopt;
  }
  if (kind != RecordKind::text) missing_ = 0;
  if (missing_ == 0) return std::nullopt;
  char bytes[text_per_record];
  std::memcpy(bytes, &record.session, sizeof record.session);
  std::memcpy(bytes + sizeof record.session, &record.extra, sizeof record.extra);
  const std::size_t size = std::min(missing_, text_per_record);
  operation_.path.append(bytes, size);
  missing_ -= size;
  if (missing_ != 0) return std::nullopt;
  return operation_;
}

void DatabaseHistory::apply(const DatabaseOperation& operation) {
  unfinished.reset();
  switch (operation.action) {
    case DatabaseAction::creating: unfinished = operation; break;
    case DatabaseAction::created:
      unfinished = operation;
      attached[operation.path] = operation.signature;
      break;
    case DatabaseAction::attached: attached[operation.path] = operation.signature; break;
    case DatabaseAction::abandoned:
    case DatabaseAction::detached: attached.erase(operation.path); break;
  }
}

void DatabaseHistory::clear() {
  attached.clear();
  unfinished.reset();
}

}  // namespace esent
