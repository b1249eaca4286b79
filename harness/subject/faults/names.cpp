// The C library's functions that open files and folders, and that change what is in a folder.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>

#include "harness/subject/faults/journal.hpp"
#include "harness/subject/faults/verdict.hpp"

namespace esentcheck::subject::faults {
namespace {

using plan::Operation;

/// Opens a file, unless it is to fail.
template <class Do>
int opening(int folder, const char* path, int flags, Do go_on) {
  const Verdict verdict = judge({.operation = Operation::open, .needs_space = (flags & O_CREAT) != 0});
  if (verdict.error != 0) return fail_with(verdict.error);
  const bool changes = journal_is_kept() && (flags & (O_CREAT | O_TRUNC)) != 0;
  const bool there = changes && is_there(folder, path);
  if (there && (flags & O_TRUNC) != 0) before_change(folder, path);
  const int file = go_on();
  if (!changes || file < 0) return file;
  if (!there) entry_made(folder, path, false);
  if (there && (flags & O_TRUNC) != 0) resized(file);
  return file;
}

bool has_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

/// Changes a name, unless that is to fail. `note` is told before.
template <class Do, class Note>
int renaming(bool needs_space, Do go_on, Note note) {
  const Verdict verdict = judge({.operation = Operation::rename, .needs_space = needs_space, .lasts = false});
  if (verdict.error != 0) return fail_with(verdict.error);
  const bool kept = journal_is_kept();
  if (kept) note();
  const int result = go_on();
  if (kept && result != 0) take_back_entry();
  return result;
}

/// What opens by other means than a descriptor.
template <class Result, class Do>
Result* opening_otherwise(Do go_on) {
  const Verdict verdict = judge({.operation = Operation::open});
  if (verdict.error == 0) return go_on();
  errno = verdict.error;
  return nullptr;
}

constinit Next<int(const char*, int, ...)> next_open{"open"};
constinit Next<int(const char*, int, ...)> next_open64{"open64"};
constinit Next<int(int, const char*, int, ...)> next_openat{"openat"};
constinit Next<int(int, const char*, int, ...)> next_openat64{"openat64"};
constinit Next<int(const char*, mode_t)> next_creat{"creat"};
constinit Next<DIR*(const char*)> next_opendir{"opendir"};
constinit Next<FILE*(const char*, const char*)> next_fopen{"fopen"};
constinit Next<FILE*(const char*, const char*)> next_fopen64{"fopen64"};
constinit Next<int(const char*, const char*)> next_rename{"rename"};
constinit Next<int(int, const char*, int, const char*)> next_renameat{"renameat"};
constinit Next<int(int, const char*, int, const char*, unsigned)> next_renameat2{"renameat2"};
constinit Next<int(const char*)> next_unlink{"unlink"};
constinit Next<int(int, const char*, int)> next_unlinkat{"unlinkat"};
constinit Next<int(const char*)> next_remove{"remove"};
constinit Next<int(const char*)> next_rmdir{"rmdir"};
constinit Next<int(const char*, mode_t)> next_mkdir{"mkdir"};
constinit Next<int(int, const char*, mode_t)> next_mkdirat{"mkdirat"};
constinit Next<int(const char*, const char*)> next_link{"link"};

/// The mode behind the flags, where they ask for one.
#define ESENTCHECK_READ_MODE(flags)   \
  mode_t mode = 0;                    \
  if (has_mode(flags)) {              \
    va_list arguments;                \
    va_start(arguments, flags);       \
    mode = va_arg(arguments, mode_t); \
    va_end(arguments);                \
  }

}  // namespace
}  // namespace esentcheck::subject::faults

using namespace esentcheck::subject::faults;

// --- Opening ---

ESENTCHECK_INTERPOSE int open(const char* path, int flags, ...) {
  ESENTCHECK_READ_MODE(flags)
  return opening(AT_FDCWD, path, flags, [&] { return next_open.get()(path, flags, mode); });
}
ESENTCHECK_INTERPOSE int open64(const char* path, int flags, ...) {
  ESENTCHECK_READ_MODE(flags)
  return opening(AT_FDCWD, path, flags, [&] { return next_open64.get()(path, flags, mode); });
}
ESENTCHECK_INTERPOSE int openat(int folder, const char* path, int flags, ...) {
  ESENTCHECK_READ_MODE(flags)
  return opening(folder, path, flags, [&] { return next_openat.get()(folder, path, flags, mode); });
}
ESENTCHECK_INTERPOSE int openat64(int folder, const char* path, int flags, ...) {
  ESENTCHECK_READ_MODE(flags)
  return opening(folder, path, flags, [&] { return next_openat64.get()(folder, path, flags, mode); });
}
ESENTCHECK_INTERPOSE int creat(const char* path, mode_t mode) {
  constexpr int flags = O_CREAT | O_WRONLY | O_TRUNC;
  return opening(AT_FDCWD, path, flags, [&] { return next_creat.get()(path, mode); });
}
ESENTCHECK_INTERPOSE DIR* opendir(const char* path) {
  return opening_otherwise<DIR>([&] { return next_opendir.get()(path); });
}
ESENTCHECK_INTERPOSE FILE* fopen(const char* path, const char* mode) {
  return opening_otherwise<FILE>([&] { return next_fopen.get()(path, mode); });
}
ESENTCHECK_INTERPOSE FILE* fopen64(const char* path, const char* mode) {
  return opening_otherwise<FILE>([&] { return next_fopen64.get()(path, mode); });
}

// --- Names ---

ESENTCHECK_INTERPOSE int rename(const char* from, const char* to) noexcept {
  return renaming(
      true, [&] { return next_rename.get()(from, to); }, [&] { entry_moved(AT_FDCWD, from, AT_FDCWD, to); });
}
ESENTCHECK_INTERPOSE int renameat(int folder, const char* from, int to_folder, const char* to) noexcept {
  return renaming(
      true, [&] { return next_renameat.get()(folder, from, to_folder, to); },
      [&] { entry_moved(folder, from, to_folder, to); });
}
ESENTCHECK_INTERPOSE int renameat2(int folder, const char* from, int to_folder, const char* to,
                                   unsigned flags) noexcept {
  return renaming(
      true, [&] { return next_renameat2.get()(folder, from, to_folder, to, flags); },
      [&] { entry_moved(folder, from, to_folder, to); });
}
ESENTCHECK_INTERPOSE int unlink(const char* path) noexcept {
  return renaming(
      false, [&] { return next_unlink.get()(path); }, [&] { entry_removed(AT_FDCWD, path, false); });
}
ESENTCHECK_INTERPOSE int unlinkat(int folder, const char* path, int flags) noexcept {
  return renaming(
      false, [&] { return next_unlinkat.get()(folder, path, flags); },
      [&] { entry_removed(folder, path, (flags & AT_REMOVEDIR) != 0); });
}
ESENTCHECK_INTERPOSE int remove(const char* path) noexcept {
  struct stat status {};
  const bool is_folder = journal_is_kept() && lstat(path, &status) == 0 && S_ISDIR(status.st_mode);
  return renaming(
      false, [&] { return next_remove.get()(path); }, [&] { entry_removed(AT_FDCWD, path, is_folder); });
}
ESENTCHECK_INTERPOSE int rmdir(const char* path) noexcept {
  return renaming(
      false, [&] { return next_rmdir.get()(path); }, [&] { entry_removed(AT_FDCWD, path, true); });
}
ESENTCHECK_INTERPOSE int mkdir(const char* path, mode_t mode) noexcept {
  return renaming(
      true, [&] { return next_mkdir.get()(path, mode); }, [&] { entry_made(AT_FDCWD, path, true); });
}
ESENTCHECK_INTERPOSE int mkdirat(int folder, const char* path, mode_t mode) noexcept {
  return renaming(
      true, [&] { return next_mkdirat.get()(folder, path, mode); }, [&] { entry_made(folder, path, true); });
}
ESENTCHECK_INTERPOSE int link(const char* from, const char* to) noexcept {
  return renaming(
      true, [&] { return next_link.get()(from, to); }, [&] { entry_made(AT_FDCWD, to, false); });
}
