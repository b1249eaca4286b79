// What a crash left of databases, brought to where the log says that they are.
#pragma once

#include <map>
#include <string>

#include "storage/database_log.hpp"

namespace esent {

// Where databases are now that the log knows by another name (JET_RSTINFO, JetRestore2's destination,
// JET_paramAlternateDatabaseRecoveryPath).
struct DatabasePlaces {
  std::map<std::string, std::string> moved;
  std::string folder;  // if not empty, all others are in it; ends in a slash

  std::string find(const std::string& path) const;
};

// Finishes or undoes the creation that was interrupted, and looks at every database that was attached.
JET_ERR recover_databases(const DatabaseHistory& history, const DatabasePlaces& places, bool ignore_missing);

// The folder of a path, with its slash.
std::string folder_of(const std::string& path);

}  // namespace esent
