// Brings the files of a backup back; see backup_list.hpp.
#pragma once

#include "storage/backup_list.hpp"
#include "storage/status.hpp"
#include "storage/storage.hpp"

namespace esent {

// Copies the backup's files to where `target` has its own; Storage::start() then replays them.
JET_ERR copy_backup(const std::string& folder, const StorageOptions& target, Status& status);

}  // namespace esent
