#include "engine/paths.hpp"

#include <strings.h>

#include <cerrno>

namespace esent {

JET_ERR find_folder(std::string_view path, bool create, std::string& found) {
  const std::string native = native_path(path);
  if (create && !folder_exists(native)) {
    const JET_ERR err = error_of(make_folders(native));
    if (err == JET_errOutOfMemory || err == JET_errDiskIO || err == JET_errDiskFull) return err;
  }
  const int error = resolve_folder(native, found);
  if (error == 0) return JET_errSuccess;
  return error == ENOMEM ? JET_errOutOfMemory : JET_errInvalidPath;
}

namespace {

// A relative path lies in the working directory of the process, as the page says (temporary-database-parameters), so two
// instances that leave JET_paramTempPath at its default cannot both run. The folder may be missing: then its name is
// compared as it stands.
JET_ERR find_temporary_database(const Parameters& parameters, std::string& found) {
  found.clear();
  if (parameters.integer(JET_paramMaxTemporaryTables) == 0) return JET_errSuccess;
  std::string path = native_path(parameters.text(JET_paramTempPath));
  if (path == "." || path.ends_with('/')) path += path == "." ? "/tmp.edb" : "tmp.edb";
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  std::string resolved;
  const int error = resolve_folder(folder, resolved);
  if (error == ENOMEM) return JET_errOutOfMemory;
  found = error != 0 ? path : resolved + path.substr(slash == std::string::npos ? 0 : slash + 1);
  return JET_errSuccess;
}

}  // namespace

JET_ERR find_files(const Parameters& parameters, StorageOptions& options, ClaimedPaths& paths) {
  const bool create = parameters.flag(JET_paramCreatePathIfNotExist);
  JET_ERR err = find_folder(parameters.text(JET_paramSystemPath), create, options.system_folder);
  if (err != JET_errSuccess) return err;
  err = find_folder(parameters.text(JET_paramLogFilePath), create, options.log_folder);
  if (err != JET_errSuccess) return err;
  options.names.base = parameters.text(JET_paramBaseName);
  options.names.legacy = parameters.integer(JET_paramLegacyFileNames) == JET_bitESE98FileNames;
  options.recovery = strcasecmp(parameters.text(JET_paramRecovery).c_str(), "off") != 0;
  options.circular = parameters.flag(JET_paramCircularLog);
  options.cleanup_mismatched = parameters.flag(JET_paramCleanupMismatchedLogFiles);
  options.delete_out_of_range = parameters.flag(JET_paramDeleteOutOfRangeLogs);
  options.log_size_kib = parameters.integer(JET_paramLogFileSize);
  options.checkpoint_depth = parameters.integer(JET_paramCheckpointDepthMax);
  options.databases.create_folders = create;
  const std::string& alternative = parameters.text(JET_paramAlternateDatabaseRecoveryPath);
  if (!alternative.empty()) {
    err = find_folder(alternative, create, options.places.folder);
    if (err != JET_errSuccess) return err;
  }
  paths = {options.system_folder, options.log_folder, {}};
  err = find_temporary_database(parameters, paths.temporary);
  if (err == JET_errSuccess) options.databases.temporary = paths.temporary;
  return err;
}

}  // namespace esent
