#include "harness/subject/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <vector>

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;
using model::FileEvent;

constexpr std::uint64_t most_damage = std::uint64_t{1} << 20;

std::string of_errno() { return std::strerror(errno); }

/// Text of several pages, so that it is not told from a database by its length.
std::string write_something_else(const fs::path& path) {
  constexpr int lines = 4096;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  for (int i = 0; i < lines; ++i) file << "this is no database\n";
  file.close();
  return file ? std::string() : "it cannot be written: " + of_errno();
}

/// Inverts the bytes, so that none of them stays what it was.
std::string damage(const fs::path& path, std::uint64_t at, std::uint64_t count) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  if (!file) return "it cannot be opened: " + of_errno();
  std::vector<char> bytes(std::min(count, most_damage));
  file.seekg(static_cast<std::streamoff>(at));
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  const std::streamsize there = file.gcount();
  if (there == 0) return fmt::format("it has no byte {}", at);
  for (char& byte : bytes) byte = static_cast<char>(~byte);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file.write(bytes.data(), there);
  file.close();
  return file ? std::string() : "it cannot be written: " + of_errno();
}

std::string set_writable(const fs::path& path, bool writable) {
  constexpr fs::perms writing = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
  std::error_code error;
  if (writable)
    fs::permissions(path, fs::perms::owner_write, fs::perm_options::add, error);
  else
    fs::permissions(path, writing, fs::perm_options::remove, error);
  return error ? "who may write to it cannot be changed: " + error.message() : std::string();
}

}  // namespace

std::string HeldFiles::hold(const fs::path& path) {
  if (descriptors_.contains(path)) return {};
  const int descriptor = open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (descriptor < 0) return "it cannot be opened: " + of_errno();
  // No library is known to look at both kinds of locks; whichever it looks at, it finds.
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 || fcntl(descriptor, F_SETLK, &whole) != 0) {
    const std::string why = of_errno();
    close(descriptor);
    return "it cannot be locked: " + why;
  }
  descriptors_.emplace(path, descriptor);
  return {};
}

void HeldFiles::release(const fs::path& path) {
  const auto found = descriptors_.find(path);
  if (found == descriptors_.end()) return;
  close(found->second);
  descriptors_.erase(found);
}

void HeldFiles::release_all() {
  for (const auto& [path, descriptor] : descriptors_) close(descriptor);
  descriptors_.clear();
}

std::string change_file(const fs::path& path, const plan::Step& step, HeldFiles& held) {
  std::error_code error;
  if (step.event != FileEvent::foreign && !fs::is_regular_file(path, error)) return "the subject has no such file";
  switch (step.event) {
    case FileEvent::none: break;
    case FileEvent::foreign: return write_something_else(path);
    case FileEvent::damaged: return damage(path, step.arguments[1].number, step.arguments[2].number);
    case FileEvent::read_only: return set_writable(path, false);
    case FileEvent::writable: return set_writable(path, true);
    case FileEvent::held: return held.hold(path);
    case FileEvent::released: held.release(path); break;
  }
  return {};
}

}  // namespace esentcheck::subject
