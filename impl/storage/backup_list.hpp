// A backup folder: `BASE.bak`, which says what the backup is made of, and beside it a folder with the files. The list
// is written last and replaced as a whole; without it there is nothing to restore.
#pragma once

#include "storage/databases.hpp"

namespace esent {

struct BackupHead {
  std::uint32_t checksum;
  std::uint32_t version;
  std::uint64_t magic;
  std::uint64_t set;    // number of the folder with the files
  std::uint64_t first;  // generations of the log in it
  std::uint64_t last;
  std::uint32_t page_size;
  std::uint32_t database_count;
  std::uint32_t text_checksum;
  std::uint32_t text_size;    // of what follows the head: each database's signature, length of its path, and path
  CheckpointData checkpoint;  // where replay starts
};
static_assert(sizeof(BackupHead) == 128);

struct BackupList {
  BackupHead head{};
  std::vector<AttachedDatabase> databases;  // numbered in this order
};

// No backup: JET_errInvalidPath; a damaged list: JET_errLogFileCorrupt.
JET_ERR read_backup_list(const std::string& folder, const FileNames& names, BackupList& list);
JET_ERR write_backup_list(const std::string& folder, const FileNames& names, const BackupList& list);
std::string backup_set_folder(const std::string& folder, const FileNames& names, std::uint64_t set);
std::string backed_up_database(std::size_t number);

}  // namespace esent
