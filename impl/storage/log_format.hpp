// What stands in the files of the transaction log and in the checkpoint. Numbers are in the byte order of the
// machine. A log file is a header and then records of one size; records are numbered through all generations.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "storage/checksum.hpp"
#include "storage/file.hpp"

namespace esent {

enum class RecordKind : std::uint16_t {
  commit = 1,    // an outermost commit
  switched = 2,  // the last record of a generation
  shutdown = 3,  // an orderly JetTerm
  database = 4,  // the head of an operation on a database; see database_log.hpp
  text = 5,      // 16 bytes that belong to the head before
  context = 6,   // the head of what the application wants to stand beside the commit that follows
  rollback = 7,  // an outermost rollback: its session gave the transaction up, and no crash cut it off
};

struct LogRecord {
  std::uint32_t checksum;  // seeded with the generation and signature, so that it fits one file only
  std::uint16_t kind;
  std::uint16_t behind;  // so many records in front of it may not have been on disk when it was written, at least
  std::uint64_t number;
  std::uint64_t session;
  std::uint64_t extra;
};
static_assert(sizeof(LogRecord) == 32);

struct LogHeader {
  std::uint32_t checksum;
  std::uint32_t version;
  std::uint64_t magic;
  std::uint64_t signature;  // of the sequence that the file is part of
  std::uint64_t generation;
  std::uint64_t first_number;
  std::uint64_t size_kib;
  std::uint64_t created;  // when the sequence began, in seconds since 1970
  std::uint64_t reserved;
};
static_assert(sizeof(LogHeader) == 64);

// Where replay starts, and what the last backup covered.
struct CheckpointData {
  std::uint32_t checksum;
  std::uint32_t version;
  std::uint64_t magic;
  std::uint64_t signature;
  std::uint64_t generation;
  std::uint64_t number;     // of the first record that replay must read
  std::uint64_t clean;      // 1 after an orderly JetTerm
  std::uint64_t backed_up;  // the last generation in a backup, or 0 if there has been no full one
  std::uint64_t reserved[2];
};
static_assert(sizeof(CheckpointData) == 72);

constexpr std::uint32_t format_version = 1;
constexpr std::uint64_t log_magic = 0x474F4C544E455345;         // "ESENTLOG"
constexpr std::uint64_t checkpoint_magic = 0x4B48435454454E53;  // no other file starts like this

inline std::uint32_t record_seed(const LogHeader& header) {
  return static_cast<std::uint32_t>(header.signature ^ header.signature >> 32 ^ header.generation);
}

// The names of an instance's files (JET_paramBaseName, JET_paramLegacyFileNames).
struct FileNames {
  std::string base;
  bool legacy = true;

  std::string current_log() const { return base + log_extension(); }
  std::string fresh_log() const { return base + "tmp" + log_extension(); }
  std::string archived_log(std::uint64_t generation) const;
  std::string checkpoint() const { return base + (legacy ? ".chk" : ".jcp"); }
  std::string backup_list() const { return base + ".bak"; }
  // The generation in the name of an archived log, or 0 if it is not such a name.
  std::uint64_t generation_of(const std::string& name) const;

 private:
  std::string log_extension() const { return legacy ? ".log" : ".jtx"; }
  std::size_t digits() const { return legacy ? 5 : 8; }
};

// Checks a header; JET_errLogFileCorrupt if it is damaged.
JET_ERR read_log_header(const Bytes& bytes, LogHeader& header);

// The records of a log file from `number` on; `see` is shown each.
struct ScannedLog {
  std::uint64_t next_number = 0;  // after the last good record
  std::uint64_t commits = 0;
  RecordKind last = RecordKind::commit;
  bool torn = false;     // bytes that are no record follow, and nothing good after them
  bool damaged = false;  // a good record follows one that is not, and that was on disk before it
};
ScannedLog scan_log(const Bytes& bytes, const LogHeader& header, std::uint64_t number,
                    const std::function<void(const LogRecord&)>& see = {});

constexpr std::uint64_t offset_of_record(const LogHeader& header, std::uint64_t number) {
  return sizeof(LogHeader) + (number - header.first_number) * sizeof(LogRecord);
}

}  // namespace esent
