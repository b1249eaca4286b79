#include "storage/file.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <memory>
#include <new>

namespace esent {
namespace {

// Repeats a call that a signal interrupted.
template <class Call>
auto uninterrupted(Call call) {
  decltype(call()) result;
  do {
    result = call();
  } while (result == -1 && errno == EINTR);
  return result;
}

int outcome(int result) { return result == -1 ? errno : 0; }

int resolve(const std::string& path, std::string& resolved) {
  struct Free {
    void operator()(char* text) const { ::free(text); }
  };
  const std::unique_ptr<char, Free> absolute(::realpath(path.c_str(), nullptr));
  if (absolute == nullptr) return errno;
  resolved = absolute.get();
  return 0;
}

}  // namespace

int File::open(const std::string& path, int flags) {
  close();
  descriptor_ = uninterrupted([&] { return ::open(path.c_str(), flags | O_CLOEXEC, 0666); });
  return descriptor_ < 0 ? errno : 0;
}

int File::open_existing(const std::string& path) { return open(path, O_RDWR); }
int File::open_read_only(const std::string& path) { return open(path, O_RDONLY); }
int File::create(const std::string& path) { return open(path, O_RDWR | O_CREAT | O_TRUNC); }
int File::open_or_create(const std::string& path) { return open(path, O_RDWR | O_CREAT); }

void File::close() noexcept {
  if (descriptor_ >= 0) ::close(descriptor_);
  descriptor_ = -1;
}

int File::write_at(std::uint64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written =
        uninterrupted([&] { return ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (written < 0) return errno;
    if (written == 0) return ENOSPC;
    offset += static_cast<std::uint64_t>(written);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

int File::read_all(Bytes& bytes) const {
  std::uint64_t length = 0;
  if (const int error = size(length); error != 0) return error;
  bytes.resize(static_cast<std::size_t>(length));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = uninterrupted(
        [&] { return ::pread(descriptor_, bytes.data() + have, bytes.size() - have, static_cast<off_t>(have)); });
    if (got < 0) return errno;
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return 0;
}

int File::read_at(std::uint64_t offset, std::span<std::byte> bytes) const {
  while (!bytes.empty()) {
    const ssize_t got =
        uninterrupted([&] { return ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)); });
    if (got < 0) return errno;
    if (got == 0) return ENODATA;
    offset += static_cast<std::uint64_t>(got);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
  return 0;
}

int File::truncate(std::uint64_t size) {
  return outcome(uninterrupted([&] { return ::ftruncate(descriptor_, static_cast<off_t>(size)); }));
}

int File::sync() {
  return outcome(uninterrupted([&] { return ::fdatasync(descriptor_); }));
}

int File::size(std::uint64_t& size) const {
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return errno;
  size = static_cast<std::uint64_t>(status.st_size);
  return 0;
}

int File::try_lock() {
  return outcome(uninterrupted([&] { return ::flock(descriptor_, LOCK_EX | LOCK_NB); }));
}

int File::try_lock_shared() {
  return outcome(uninterrupted([&] { return ::flock(descriptor_, LOCK_SH | LOCK_NB); }));
}

void File::unlock() noexcept { ::flock(descriptor_, LOCK_UN); }

bool File::is_at(const std::string& path) const {
  struct stat mine {};
  struct stat there {};
  return ::fstat(descriptor_, &mine) == 0 && ::stat(path.c_str(), &there) == 0 && mine.st_dev == there.st_dev &&
         mine.st_ino == there.st_ino;
}

int read_file(const std::string& path, Bytes& bytes) {
  File file;
  if (const int error = file.open_existing(path); error != 0) return error;
  return file.read_all(bytes);
}

ReplacedFile::ReplacedFile(std::string folder, const std::string& name)
    : folder_(std::move(folder)), path_(folder_ + name), fresh_(path_ + ".new") {}

int ReplacedFile::write(std::span<const std::byte> bytes) const {
  File file;
  int error = file.create(fresh_);
  if (error == 0) error = file.write_at(0, bytes);
  if (error == 0) error = file.sync();
  file.close();
  if (error == 0) error = rename_file(fresh_, path_);
  if (error == 0) return sync_folder(folder_);
  remove_file(fresh_);
  return error;
}

int rename_file(const std::string& from, const std::string& to) { return outcome(::rename(from.c_str(), to.c_str())); }

int remove_file(const std::string& path) { return ::unlink(path.c_str()) == 0 || errno == ENOENT ? 0 : errno; }

int sync_folder(const std::string& folder) {
  const int descriptor = uninterrupted([&] { return ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); });
  if (descriptor < 0) return errno;
  const int error = outcome(uninterrupted([&] { return ::fsync(descriptor); }));
  ::close(descriptor);
  return error;
}

int list_folder(const std::string& folder, std::vector<std::string>& names) {
  struct Close {
    void operator()(DIR* open) const { ::closedir(open); }
  };
  const std::unique_ptr<DIR, Close> open(::opendir(folder.c_str()));
  if (open == nullptr) return errno;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(open.get());
    if (entry == nullptr) return errno;
    names.emplace_back(entry->d_name);
  }
}

int make_folders(const std::string& folder) {
  for (std::size_t slash = folder.find('/', 1);; slash = folder.find('/', slash + 1)) {
    const std::string part = folder.substr(0, slash);
    if (!part.empty() && ::mkdir(part.c_str(), 0777) != 0 && errno != EEXIST && errno != EISDIR) return errno;
    if (slash == std::string::npos) break;
  }
  return folder_exists(folder) ? 0 : ENOTDIR;
}

bool folder_exists(const std::string& folder) {
  struct stat status {};
  return ::stat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

int resolve_file(const std::string& path, std::string& resolved) {
  const std::size_t slash = path.rfind('/');
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  if (name.empty() || name == "." || name == "..") return EISDIR;
  if (file_exists(path)) return resolve(path, resolved);
  const int error = resolve_folder(slash == std::string::npos ? "." : path.substr(0, slash + 1), resolved);
  if (error == 0) resolved += name;
  return error;
}

int file_access(const std::string& path, FileAccess& access) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return errno;
  if (S_ISDIR(status.st_mode)) return EISDIR;
  access.readable = (status.st_mode & (S_IRUSR | S_IRGRP | S_IROTH)) != 0;
  access.writable = (status.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) != 0;
  return 0;
}

void remove_folder_with_files(const std::string& folder) noexcept {
  try {
    std::vector<std::string> names;
    if (list_folder(folder, names) != 0) return;
    for (const std::string& name : names) {
      if (name != "." && name != "..") remove_file(std::string(folder).append("/").append(name));
    }
  } catch (const std::bad_alloc&) {
    return;
  }
  ::rmdir(folder.c_str());
}

int resolve_folder(const std::string& folder, std::string& resolved) {
  if (const int error = resolve(folder, resolved); error != 0) return error;
  if (resolved.back() != '/') resolved += '/';
  return folder_exists(resolved) ? 0 : ENOTDIR;
}

JET_ERR error_of(int number) noexcept {
  switch (number) {
    case 0: return JET_errSuccess;
    case ENOMEM: return JET_errOutOfMemory;
    case ENOSPC:
    case EDQUOT:
    case EFBIG: return JET_errDiskFull;
    case EACCES:
    case EPERM:
    case EROFS:
    case EWOULDBLOCK: return JET_errFileAccessDenied;
    case ENOENT: return JET_errFileNotFound;
    case ENOTDIR:
    case ENAMETOOLONG:
    case ELOOP: return JET_errInvalidPath;
    default: return JET_errDiskIO;
  }
}

}  // namespace esent
