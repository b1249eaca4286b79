#include "engine/paths.hpp"

#include <strings.h>

#include <algorithm>
#include <cerrno>

namespace esent {

std::string native_path(std::string_view path) {
  std::string native(path.empty() ? std::string_view(".") : path);
  std::ranges::replace(native, '\\', '/');
  return native;
}

JET_ERR find_folder(std::string_view path, bool create, std::string& found) {
  const std::string native = native_path(path);
  if (create && !folder_exists(native)) {
    if (const int error = make_folders(native); error == ENOMEM) return JET_errOutOfMemory;
  }
  const int error = resolve_folder(native, found);
  if (error == 0) return JET_errSuccess;
  return error == ENOMEM ? JET_errOutOfMemory : JET_errInvalidPath;
}

namespace {

// A relative path lies in the system folder: pages ask for a system and a log path of an instance's own and
// not for a path of its own for the temporary database (jetcreateinstance-function).
std::string temporary_database(const Parameters& parameters, const std::string& system_folder) {
  if (parameters.integer(JET_paramMaxTemporaryTables) == 0) return {};
  std::string path = native_path(parameters.text(JET_paramTempPath));
  while (path.starts_with("./")) path.erase(0, 2);
  if (path == "." || path.empty() || path.ends_with('/')) path += "tmp.edb";
  return path.starts_with('/') ? path : system_folder + path;
}

}  // namespace

JET_ERR find_files(const Parameters& parameters, std::uint64_t retry_ms, StorageOptions& options, ClaimedPaths& paths) {
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
  options.retry_ms = retry_ms;
  paths = {options.system_folder, options.log_folder, temporary_database(parameters, options.system_folder)};
  return JET_errSuccess;
}

}  // namespace esent
