#include "storage/log_format.hpp"

namespace esent {

std::string FileNames::archived_log(std::uint64_t generation) const {
  static constexpr char hex[] = "0123456789ABCDEF";
  std::string number;
  for (; generation != 0; generation >>= 4) number.insert(number.begin(), hex[generation & 15]);
  if (number.size() < digits()) number.insert(0, digits() - number.size(), '0');
  return base + number + log_extension();
}

std::uint64_t FileNames::generation_of(const std::string& name) const {
  const std::string extension = log_extension();
  if (name.size() < base.size() + digits() + extension.size() || name.compare(0, base.size(), base) != 0 ||
      name.compare(name.size() - extension.size(), extension.size(), extension) != 0) {
    return 0;
  }
  std::uint64_t generation = 0;
  for (std::size_t i = base.size(); i < name.size() - extension.size(); ++i) {
    const char c = name[i];
    if (c >= '0' && c <= '9') {
      generation = generation << 4 | static_cast<std::uint64_t>(c - '0');
    } else if (c >= 'A' && c <= 'F') {
      generation = generation << 4 | static_cast<std::uint64_t>(c - 'A' + 10);
    } else {
      return 0;
    }
  }
  return generation != 0 && archived_log(generation) == name ? generation : 0;
}

JET_ERR read_log_header(const Bytes& bytes, LogHeader& header) {
  const bool good = read_at(bytes, 0, header) && header.magic == log_magic && header.version == format_version &&
                    header.checksum == checksum_of(header);
  return good ? JET_errSuccess : JET_errLogFileCorrupt;
}

ScannedLog scan_log(const Bytes& bytes, const LogHeader& header, std::uint64_t number,
                    const std::function<void(const LogRecord&)>& see) {
  ScannedLog scanned;
  const std::uint32_t seed = record_seed(header);
  const auto good_record_at = [&](std::uint64_t wanted, LogRecord& record) {
    return read_at(bytes, static_cast<std::size_t>(offset_of_record(header, wanted)), record) &&
           record.number == wanted && record.checksum == checksum_of(record, seed);
  };
  LogRecord record{};
  for (; good_record_at(number, record); ++number) {
    scanned.last = static_cast<RecordKind>(record.kind);
    if (scanned.last == RecordKind::commit) ++scanned.commits;
    if (see) see(record);
  }
  scanned.next_number = number;
  scanned.torn = offset_of_record(header, number) < bytes.size();
  // What a crash tears is the end: all that was not on disk yet, of which any part may be there. What had been on disk by the
  // time that a later record was written was damaged since.
  for (std::uint64_t later = number + 1; offset_of_record(header, later) < bytes.size(); ++later) {
    if (good_record_at(later, record) && record.behind < later - number) scanned.damaged = true;
  }
  return scanned;
}

}  // namespace esent
