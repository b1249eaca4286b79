// The C library's functions that work on files: their contents, and making them durable. A call that the C library makes
// inside itself (fwrite flushing its buffer) does not pass here; C++ streams do.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <utility>

#include "harness/subject/faults/journal.hpp"
#include "harness/subject/faults/verdict.hpp"

namespace esentcheck::subject::faults {
namespace {

using plan::Operation;

/// Half of it, where it has halves.
std::size_t in_part(std::size_t count, Verdict verdict) { return verdict.in_part ? count / 2 : count; }

/// Does what reads, unless it is to fail.
template <class Do>
ssize_t reading(std::size_t count, Do go_on) {
  const Verdict verdict = judge({.operation = Operation::read, .divisible = count > 1});
  return verdict.error != 0 ? fail_with(verdict.error) : go_on(in_part(count, verdict));
}

/// Does what writes, unless it is to fail. `note` is told how many bytes were written.
template <class Do, class Note>
ssize_t writing(int file, std::size_t count, Do go_on, Note note) {
  const Verdict verdict = judge({.operation = Operation::write, .needs_space = true, .divisible = count > 1});
  if (verdict.error != 0) return fail_with(verdict.error);
  const bool kept = journal_is_kept();
  if (kept) before_change(file);
  const ssize_t written = go_on(in_part(count, verdict));
  if (written > 0) note_write(file);
  if (kept && written > 0) note(written);
  return written;
}

/// Does what gives a file another size, unless it is to fail.
template <class Do>
int resizing(int file, Do go_on) {
  const Verdict verdict = judge({.operation = Operation::write, .needs_space = true});
  if (verdict.error != 0) return fail_with(verdict.error);
  const bool kept = journal_is_kept();
  if (kept) before_change(file);
  const int result = go_on();
  if (kept && result == 0) resized(file);
  return result;
}

/// Does what makes something durable, unless it is to fail. `note` says what that was.
template <class Do, class Note>
int syncing(Do go_on, Note note) {
  const Verdict verdict = judge({.operation = Operation::sync, .needs_space = true});
  if (verdict.error != 0) return fail_with(verdict.error);
  const int result = go_on();
  if (result != 0) return result;
  syncs_made.fetch_add(1, std::memory_order_relaxed);
  if (journal_is_kept()) note();
  return 0;
}

std::size_t total(const iovec* parts, int count) {
  std::size_t bytes = 0;
  for (int i = 0; i < count; ++i) bytes += parts[i].iov_len;
  return bytes;
}

/// A list of parts that is to be done in part goes without its last one, or as one part that is shortened.
template <class Do>
ssize_t shortened(const iovec* parts, int count, std::size_t bytes, Do go_on) {
  if (bytes == total(parts, count)) return go_on(parts, count);
  if (count > 1) return go_on(parts, count - 1);
  const iovec less{parts->iov_base, bytes};
  return go_on(&less, 1);
}

constinit Next<ssize_t(int, void*, std::size_t)> next_read{"read"};
constinit Next<ssize_t(int, void*, std::size_t, off_t)> next_pread{"pread"};
constinit Next<ssize_t(int, void*, std::size_t, off64_t)> next_pread64{"pread64"};
constinit Next<ssize_t(int, const iovec*, int)> next_readv{"readv"};
constinit Next<ssize_t(int, const iovec*, int, off_t)> next_preadv{"preadv"};
constinit Next<ssize_t(int, const void*, std::size_t)> next_write{"write"};
constinit Next<ssize_t(int, const void*, std::size_t, off_t)> next_pwrite{"pwrite"};
constinit Next<ssize_t(int, const void*, std::size_t, off64_t)> next_pwrite64{"pwrite64"};
constinit Next<ssize_t(int, const iovec*, int)> next_writev{"writev"};
constinit Next<ssize_t(int, const iovec*, int, off_t)> next_pwritev{"pwritev"};
constinit Next<ssize_t(int, const iovec*, int, off64_t)> next_pwritev64{"pwritev64"};
constinit Next<ssize_t(int, int, off_t*, std::size_t)> next_sendfile{"sendfile"};
constinit Next<ssize_t(int, off64_t*, int, off64_t*, std::size_t, unsigned)> next_copy_file_range{"copy_file_range"};
constinit Next<int(int, off_t)> next_ftruncate{"ftruncate"};
constinit Next<int(int, off64_t)> next_ftruncate64{"ftruncate64"};
constinit Next<int(int, off_t, off_t)> next_posix_fallocate{"posix_fallocate"};
constinit Next<int(int, int, off_t, off_t)> next_fallocate{"fallocate"};
constinit Next<int(int)> next_fsync{"fsync"};
constinit Next<int(int)> next_fdatasync{"fdatasync"};
constinit Next<int(int, off64_t, off64_t, unsigned)> next_sync_file_range{"sync_file_range"};
constinit Next<int(void*, std::size_t, int)> next_msync{"msync"};
constinit Next<int(int)> next_syncfs{"syncfs"};
constinit Next<void*(void*, std::size_t, int, int, int, off_t)> next_mmap{"mmap"};
constinit Next<void*(void*, std::size_t, int, int, int, off64_t)> next_mmap64{"mmap64"};

/// A mapping without a file is memory.
template <class Do>
void* mapping(int flags, Do go_on) {
  if ((flags & MAP_ANONYMOUS) != 0) {
    if (!memory_is_refused()) return go_on();
    errno = ENOMEM;
    return MAP_FAILED;
  }
  const Verdict verdict = judge({.operation = Operation::map, .lasts = false});
  if (verdict.error == 0) return go_on();
  errno = verdict.error;
  return MAP_FAILED;
}

constexpr auto nothing = [] {};

}  // namespace
}  // namespace esentcheck::subject::faults

using namespace esentcheck::subject::faults;

// --- Reading ---

ESENTCHECK_INTERPOSE ssize_t read(int file, void* bytes, std::size_t count) {
  return reading(count, [&](std::size_t n) { return next_read.get()(file, bytes, n); });
}
ESENTCHECK_INTERPOSE ssize_t pread(int file, void* bytes, std::size_t count, off_t at) {
  return reading(count, [&](std::size_t n) { return next_pread.get()(file, bytes, n, at); });
}
ESENTCHECK_INTERPOSE ssize_t pread64(int file, void* bytes, std::size_t count, off64_t at) {
  return reading(count, [&](std::size_t n) { return next_pread64.get()(file, bytes, n, at); });
}
ESENTCHECK_INTERPOSE ssize_t readv(int file, const iovec* parts, int count) {
  return reading(total(parts, count), [&](std::size_t n) {
    return shortened(parts, count, n, [&](const iovec* p, int c) { return next_readv.get()(file, p, c); });
  });
}
ESENTCHECK_INTERPOSE ssize_t preadv(int file, const iovec* parts, int count, off_t at) {
  return reading(total(parts, count), [&](std::size_t n) {
    return shortened(parts, count, n, [&](const iovec* p, int c) { return next_preadv.get()(file, p, c, at); });
  });
}

// --- Writing ---

ESENTCHECK_INTERPOSE ssize_t write(int file, const void* bytes, std::size_t count) {
  return writing(
      file, count, [&](std::size_t n) { return next_write.get()(file, bytes, n); },
      [&](ssize_t n) { wrote_here(file, n); });
}
ESENTCHECK_INTERPOSE ssize_t pwrite(int file, const void* bytes, std::size_t count, off_t at) {
  return writing(
      file, count, [&](std::size_t n) { return next_pwrite.get()(file, bytes, n, at); },
      [&](ssize_t n) { wrote(file, at, n); });
}
ESENTCHECK_INTERPOSE ssize_t pwrite64(int file, const void* bytes, std::size_t count, off64_t at) {
  return writing(
      file, count, [&](std::size_t n) { return next_pwrite64.get()(file, bytes, n, at); },
      [&](ssize_t n) { wrote(file, at, n); });
}
ESENTCHECK_INTERPOSE ssize_t writev(int file, const iovec* parts, int count) {
  return writing(
      file, total(parts, count),
      [&](std::size_t n) {
        return shortened(parts, count, n, [&](const iovec* p, int c) { return next_writev.get()(file, p, c); });
      },
      [&](ssize_t n) { wrote_here(file, n); });
}
ESENTCHECK_INTERPOSE ssize_t pwritev(int file, const iovec* parts, int count, off_t at) {
  return writing(
      file, total(parts, count),
      [&](std::size_t n) {
        return shortened(parts, count, n, [&](const iovec* p, int c) { return next_pwritev.get()(file, p, c, at); });
      },
      [&](ssize_t n) { wrote(file, at, n); });
}
ESENTCHECK_INTERPOSE ssize_t pwritev64(int file, const iovec* parts, int count, off64_t at) {
  return writing(
      file, total(parts, count),
      [&](std::size_t n) {
        return shortened(parts, count, n, [&](const iovec* p, int c) { return next_pwritev64.get()(file, p, c, at); });
      },
      [&](ssize_t n) { wrote(file, at, n); });
}
ESENTCHECK_INTERPOSE ssize_t sendfile(int to, int from, off_t* at, std::size_t count) {
  return writing(
      to, count, [&](std::size_t n) { return next_sendfile.get()(to, from, at, n); },
      [&](ssize_t n) { wrote_here(to, n); });
}
ESENTCHECK_INTERPOSE ssize_t copy_file_range(int from, off64_t* from_at, int to, off64_t* to_at, std::size_t count,
                                             unsigned flags) {
  return writing(
      to, count, [&](std::size_t n) { return next_copy_file_range.get()(from, from_at, to, to_at, n, flags); },
      [&](ssize_t n) { to_at != nullptr ? wrote(to, *to_at - n, n) : wrote_here(to, n); });
}
ESENTCHECK_INTERPOSE int ftruncate(int file, off_t size) noexcept {
  return resizing(file, [&] { return next_ftruncate.get()(file, size); });
}
ESENTCHECK_INTERPOSE int ftruncate64(int file, off64_t size) noexcept {
  return resizing(file, [&] { return next_ftruncate64.get()(file, size); });
}
ESENTCHECK_INTERPOSE int fallocate(int file, int mode, off_t at, off_t length) {
  return resizing(file, [&] { return next_fallocate.get()(file, mode, at, length); });
}
/// The one that says what went wrong by what it returns.
ESENTCHECK_INTERPOSE int posix_fallocate(int file, off_t at, off_t length) {
  const int before = errno;
  const int result = resizing(file, [&] { return next_posix_fallocate.get()(file, at, length); });
  return result < 0 ? std::exchange(errno, before) : result;
}

// --- Making durable ---

ESENTCHECK_INTERPOSE int fsync(int file) {
  return syncing([&] { return next_fsync.get()(file); }, [&] { file_synced(file); });
}
ESENTCHECK_INTERPOSE int fdatasync(int file) {
  return syncing([&] { return next_fdatasync.get()(file); }, [&] { file_synced(file); });
}
ESENTCHECK_INTERPOSE int syncfs(int file) noexcept {
  return syncing([&] { return next_syncfs.get()(file); }, &all_synced);
}
// What its page warns of: it makes nothing durable that is not where it stays already.
ESENTCHECK_INTERPOSE int sync_file_range(int file, off64_t at, off64_t count, unsigned flags) {
  return syncing([&] { return next_sync_file_range.get()(file, at, count, flags); }, nothing);
}
ESENTCHECK_INTERPOSE int msync(void* at, std::size_t length, int flags) {
  return syncing([&] { return next_msync.get()(at, length, flags); }, nothing);
}

// --- Mapping ---

ESENTCHECK_INTERPOSE void* mmap(void* at, std::size_t length, int access, int flags, int file, off_t offset) noexcept {
  return mapping(flags, [&] { return next_mmap.get()(at, length, access, flags, file, offset); });
}
ESENTCHECK_INTERPOSE void* mmap64(void* at, std::size_t length, int access, int flags, int file,
                                  off64_t offset) noexcept {
  return mapping(flags, [&] { return next_mmap64.get()(at, length, access, flags, file, offset); });
}
