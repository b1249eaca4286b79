// Keeps other processes out of a folder: an advisory lock on a file that stands there as long as it is held.
#pragma once

#include <cstdint>
#include <string>

#include "storage/file.hpp"

namespace esent {

class FolderLock {
 public:
  FolderLock() = default;
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

  // Tries again for as long as JET_paramAccessDeniedRetryPeriod says; then JET_errFileAccessDenied.
  JET_ERR acquire(std::string path, std::uint64_t retry_ms);

 private:
  int try_once(const std::string& path);

  File file_;
  std::string path_;
};

}  // namespace esent
