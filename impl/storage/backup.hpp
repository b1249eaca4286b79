// Copies an instance's databases and log into a backup folder; see backup_list.hpp.
#pragma once

#include <functional>

#include "storage/backup_list.hpp"
#include "storage/storage.hpp"

namespace esent {

struct BackupOptions {
  std::string folder;  // absolute with a slash, or empty: only delete old logs
  bool incremental = false;
  bool atomic = false;  // an older backup in the folder stays usable until this one is complete
};

// `stop` is asked between files whether the backup must end; its answer then is the result.
JET_ERR back_up(Storage& storage, const BackupOptions& options, Status& status, const std::function<JET_ERR()>& stop);

// Copies a closed log file and makes sure that what is copied is whole.
JET_ERR copy_log(const std::string& from, const std::string& to, std::uint64_t signature);

}  // namespace esent
