#include "storage/backup_list.hpp"

#include <cerrno>

namespace esent {
namespace {

constexpr std::uint64_t list_magic = 0x5055'4B43'4142'5345;
constexpr std::uint32_t list_version = 2;

void append(Bytes& bytes, std::span<const std::byte> more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

Bytes text_of(const std::vector<AttachedDatabase>& databases) {
  Bytes text;
  for (const AttachedDatabase& database : databases) {
    const std::uint64_t size = database.path.size();
    append(text, std::as_bytes(std::span(&database.signature, 1)));
    append(text, std::as_bytes(std::span(&size, 1)));
    append(text, std::as_bytes(std::span(database.path)));
  }
  return text;
}

bool read_text(std::span<const std::byte> text, std::uint32_t count, std::vector<AttachedDatabase>& databases) {
  std::size_t at = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    AttachedDatabase database;
    std::uint64_t size = 0;
    if (!read_at(text, at, database.signature) || !read_at(text, at + 8, size) || size > text.size() - at - 16) {
      return false;
    }
    database.path.assign(reinterpret_cast<const char*>(text.data()) + at + 16, static_cast<std::size_t>(size));
    databases.push_back(std::move(database));
    at += 16 + static_cast<std::size_t>(size);
  }
  return at == text.size();
}

}  // namespace

std::string backup_set_folder(const std::string& folder, const FileNames& names, std::uint64_t set) {
  return folder + names.base + "-" + std::to_string(set) + "/";
}

std::string backed_up_database(std::size_t number) { return std::to_string(number + 1) + ".edb"; }

JET_ERR write_backup_list(const std::string& folder, const FileNames& names, const BackupList& list) {
  const Bytes text = text_of(list.databases);
  BackupHead head = list.head;
  head.magic = list_magic;
  head.version = list_version;
  head.database_count = static_cast<std::uint32_t>(list.databases.size());
  head.text_size = static_cast<std::uint32_t>(text.size());
  head.text_checksum = checksum(text);
  head.checksum = checksum_of(head);
  Bytes bytes;
  append(bytes, std::as_bytes(std::span(&head, 1)));
  append(bytes, text);
  return error_of(ReplacedFile(folder, names.backup_list()).write(bytes));
}

JET_ERR read_backup_list(const std::string& folder, const FileNames& names, BackupList& list) {
  Bytes bytes;
  const int error = read_file(folder + names.backup_list(), bytes);
  if (error == ENOENT || error == ENOTDIR) return JET_errInvalidPath;
  if (error != 0) return error_of(error);
  BackupHead& head = list.head;
  const bool good = read_at(bytes, 0, head) && head.magic == list_magic && head.version == list_version &&
                    head.checksum == checksum_of(head) && bytes.size() - sizeof head == head.text_size;
  if (!good) return JET_errLogFileCorrupt;
  const auto text = std::span<const std::byte>(bytes).subspan(sizeof head);
  if (checksum(text) != head.text_checksum) return JET_errLogFileCorrupt;
  return read_text(text, head.database_count, list.databases) ? JET_errSuccess : JET_errLogFileCorrupt;
}

}  // namespace esent
