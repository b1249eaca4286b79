// Files and folders by plain system calls. Each function gives 0 or the errno of what failed; calls that a
// signal interrupted are made again. Nothing is ever written through a mapping.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "esent.h"

namespace esent {

using Bytes = std::vector<std::byte>;

class File {
 public:
  File() = default;
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
    return *this;
  }
  ~File() { close(); }

  int open_existing(const std::string& path);
  int open_read_only(const std::string& path);
  int create(const std::string& path);  // emptied if it is there
  int open_or_create(const std::string& path);
  void close() noexcept;
  bool is_open() const noexcept { return descriptor_ >= 0; }

  // Writes all of it, in as many pieces as the system makes of it.
  int write_at(std::uint64_t offset, std::span<const std::byte> bytes);
  int read_all(Bytes& bytes) const;
  // All that is asked for; ENODATA if the file ends before.
  int read_at(std::uint64_t offset, std::span<std::byte> bytes) const;
  int truncate(std::uint64_t size);
  int sync();
  int size(std::uint64_t& size) const;

  // An advisory lock that ends with unlock() even if a forked child still holds the descriptor.
  int try_lock();
  int try_lock_shared();
  void unlock() noexcept;
  // Whether the path still leads to this file.
  bool is_at(const std::string& path) const;
  int descriptor() const noexcept { return descriptor_; }

 private:
  int open(const std::string& path, int flags);

  int descriptor_ = -1;
};

int read_file(const std::string& path, Bytes& bytes);
// A file that is replaced as a whole: written under another name, brought to disk and renamed, so that a crash
// leaves the old file or the new one. Names are made beforehand; writing takes no memory.
class ReplacedFile {
 public:
  ReplacedFile(std::string folder, const std::string& name);
  const std::string& path() const { return path_; }
  int write(std::span<const std::byte> bytes) const;

 private:
  std::string folder_;
  std::string path_;
  std::string fresh_;
};
int rename_file(const std::string& from, const std::string& to);
int remove_file(const std::string& path);  // that it is not there is no error
int sync_folder(const std::string& folder);
int list_folder(const std::string& folder, std::vector<std::string>& names);
int make_folders(const std::string& folder);
bool folder_exists(const std::string& folder);
bool file_exists(const std::string& path);
// The one absolute name of a file that exists, or that could be made in a folder that exists.
int resolve_file(const std::string& path, std::string& resolved);
// The bits of its mode that let anybody read it and write it: an administrator is bound by them too, as by the
// attributes of a file elsewhere.
struct FileAccess {
  bool readable = false;
  bool writable = false;
};
int file_access(const std::string& path, FileAccess& access);
// As far as that is possible.
void remove_folder_with_files(const std::string& folder) noexcept;
// The one absolute name of a folder that exists, ending in a slash.
int resolve_folder(const std::string& folder, std::string& resolved);

// What the application is told about an errno that has no closer meaning.
JET_ERR error_of(int number) noexcept;

}  // namespace esent
