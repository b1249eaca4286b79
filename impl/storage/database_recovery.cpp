#include "storage/database_recovery.hpp"

#include <cerrno>

#include "storage/database_file.hpp"

namespace esent {
namespace {

JET_ERR finish_creation(const DatabaseOperation& operation, const std::string& path) {
  const std::string fresh = fresh_database(path);
  if (!file_exists(fresh)) return JET_errSuccess;
  if (operation.action == DatabaseAction::creating) return error_of(remove_file(fresh));
  {
    DatabaseFile file;
    Health health = Health::good;
    const JET_ERR err = file.open(fresh, true, health);
    if (err == JET_errOutOfMemory) return err;
    // Another file of that name, which the application has put there, is none of ours.
    if (err != JET_errSuccess || !file.is_open() || file.header().signature != operation.signature) {
      return JET_errSuccess;
    }
  }
  int error = rename_file(fresh, path);
  if (error == 0) error = sync_folder(folder_of(path));
  return error_of(error);
}

JET_ERR look_at(const std::string& path, std::uint64_t signature, bool ignore_missing) {
  if (!file_exists(path)) return ignore_missing ? JET_errSuccess : JET_errAttachedDatabaseMismatch;
  DatabaseFile file;
  Health health = Health::good;
  const JET_ERR err = file.open(path, false, health);
  if (err == JET_errDatabaseInUse) return JET_errDatabaseSharingViolation;
  if (err == JET_errInvalidDatabase) return JET_errAttachedDatabaseMismatch;
  if (err != JET_errSuccess) return err;
  // An index can be made again when the database is attached.
  if (health == Health::damaged) return JET_errReadVerifyFailure;
  if (!file.is_open()) return JET_errSuccess;
  return file.header().signature == signature ? JET_errSuccess : JET_errAttachedDatabaseMismatch;
}

}  // namespace

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

std::string DatabasePlaces::find(const std::string& path) const {
  if (const auto found = moved.find(path); found != moved.end()) return found->second;
  return folder.empty() ? path : folder + path.substr(path.rfind('/') + 1);
}

JET_ERR recover_databases(const DatabaseHistory& history, const DatabasePlaces& places, bool ignore_missing) {
  if (history.unfinished) {
    const std::string path = places.find(history.unfinished->path);
    if (const JET_ERR err = finish_creation(*history.unfinished, path); err != JET_errSuccess) return err;
  }
  for (const auto& [path, signature] : history.attached) {
    const JET_ERR err = look_at(places.find(path), signature, ignore_missing);
    // Of a creation that failed behind its last record in the log nothing need be there.
    if (err == JET_errAttachedDatabaseMismatch && history.unfinished && history.unfinished->path == path) continue;
    if (err != JET_errSuccess) return err;
  }
  return JET_errSuccess;
}

}  // namespace esent
