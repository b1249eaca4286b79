// The C library's functions that write to a file or make it durable. A call that the C library makes inside itself
// (fwrite flushing its buffer) does not pass here; C++ streams do.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {
namespace {

bool write_fails() {
  if (!fails(&Armed::write, write_hit)) [[likely]]
    return false;
  errno = EIO;
  return true;
}

bool sync_fails() {
  if (!fails(&Armed::sync, sync_hit)) [[likely]]
    return false;
  errno = EIO;
  return true;
}

constinit Next<ssize_t(int, const void*, std::size_t)> next_write{"write"};
constinit Next<ssize_t(int, const void*, std::size_t, off_t)> next_pwrite{"pwrite"};
constinit Next<ssize_t(int, const void*, std::size_t, off64_t)> next_pwrite64{"pwrite64"};
constinit Next<ssize_t(int, const iovec*, int)> next_writev{"writev"};
constinit Next<ssize_t(int, const iovec*, int, off_t)> next_pwritev{"pwritev"};
constinit Next<ssize_t(int, const iovec*, int, off64_t)> next_pwritev64{"pwritev64"};
constinit Next<int(int)> next_fsync{"fsync"};
constinit Next<int(int)> next_fdatasync{"fdatasync"};
constinit Next<int(int, off64_t, off64_t, unsigned)> next_sync_file_range{"sync_file_range"};
constinit Next<int(void*, std::size_t, int)> next_msync{"msync"};

}  // namespace
}  // namespace esentcheck::subject::faults

using namespace esentcheck::subject::faults;

ESENTCHECK_INTERPOSE ssize_t write(int file, const void* bytes, std::size_t count) {
  return write_fails() ? -1 : next_write.get()(file, bytes, count);
}
ESENTCHECK_INTERPOSE ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t at) {
  return write_fails() ? -1 : next_pwrite.get()(file, bytes, count, at);
}
ESENTCHECK_INTERPOSE ssize_t pwrite64(int file, const void* bytes, std::size_t count, off64_t at) {
  return write_fails() ? -1 : next_pwrite64.get()(file, bytes, count, at);
}
ESENTCHECK_INTERPOSE ssize_t writev(int file, const iovec* parts, int count) {
  return write_fails() ? -1 : next_writev.get()(file, parts, count);
}
ESENTCHECK_INTERPOSE ssize_t pwritev(int file, const iovec* parts, int count, off_t at) {
  return write_fails() ? -1 : next_pwritev.get()(file, parts, count, at);
}
ESENTCHECK_INTERPOSE ssize_t pwritev64(int file, const iovec* parts, int count, off64_t at) {
  return write_fails() ? -1 : next_pwritev64.get()(file, parts, count, at);
}
ESENTCHECK_INTERPOSE int fsync(int file) { return sync_fails() ? -1 : next_fsync.get()(file); }
ESENTCHECK_INTERPOSE int fdatasync(int file) { return sync_fails() ? -1 : next_fdatasync.get()(file); }
ESENTCHECK_INTERPOSE int sync_file_range(int file, off64_t at, off64_t count, unsigned flags) {
  return sync_fails() ? -1 : next_sync_file_range.get()(file, at, count, flags);
}
ESENTCHECK_INTERPOSE int msync(void* at, std::size_t length, int flags) {
  return sync_fails() ? -1 : next_msync.get()(at, length, flags);
}
