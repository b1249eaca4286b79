#include "storage/folder_lock.hpp"

#include <time.h>

#include <cerrno>
#include <utility>

namespace esent {
namespace {

std::uint64_t now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1000 + static_cast<std::uint64_t>(now.tv_nsec) / 1000000;
}

void pause_ms(long ms) {
  const timespec pause{0, ms * 1000000};
  nanosleep(&pause, nullptr);
}

}  // namespace

int FolderLock::try_once(const std::string& path) {
  for (;;) {
    if (const int error = file_.open_or_create(path); error != 0) return error;
    if (const int error = file_.try_lock(); error != 0) {
      file_.close();
      return error;
    }
    // The former holder removes the file before it lets go; a lock on a removed file keeps nobody out.
    if (file_.is_at(path)) return 0;
    file_.close();
  }
}

JET_ERR FolderLock::acquire(std::string path, std::uint64_t retry_ms) {
  const std::uint64_t give_up = now_ms() + retry_ms;
  for (;;) {
    const int error = try_once(path);
    if (error == 0) {
      path_ = std::move(path);
      return JET_errSuccess;
    }
    if (error != EWOULDBLOCK) return error_of(error);
    if (now_ms() >= give_up) return JET_errFileAccessDenied;
    pause_ms(10);
  }
}

FolderLock::~FolderLock() {
  if (!file_.is_open()) return;
  remove_file(path_);
  file_.unlock();
}

}  // namespace esent
