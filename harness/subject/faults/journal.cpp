#include "harness/subject/faults/journal.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {
namespace {

using Bytes = std::vector<char>;
using Identity = std::pair<dev_t, ino_t>;

constexpr off_t sector = 512;

std::atomic<void (*)()> on_cut{nullptr};
constinit thread_local bool busy = false;
constinit std::atomic_flag locked = ATOMIC_FLAG_INIT;

/// While it lives, what this thread does to files is the journal's doing, and no other thread's is noted. No lock that
/// waits: threads of a simulation would wait for each other in it.
class Quiet {
 public:
  Quiet() : armed_(armed_here), error_(errno) {
    while (locked.test_and_set(std::memory_order_acquire)) {
    }
    busy = true;
    armed_here = nullptr;
  }
  ~Quiet() {
    armed_here = armed_;
    busy = false;
    locked.clear(std::memory_order_release);
    errno = error_;
  }
  Quiet(const Quiet&) = delete;
  Quiet& operator=(const Quiet&) = delete;

 private:
  Armed* armed_;
  int error_;
};

/// A change of a file's contents: bytes written at a place, or a new size.
struct Change {
  off_t at = 0;
  Bytes bytes;
  std::optional<off_t> size;
};

/// A file that was changed: what survives for certain, and what was done to it since.
struct File {
  int descriptor = -1;  ///< the journal's own
  mode_t mode = 0666;
  Bytes durable;
  std::vector<Change> changes;
};

enum class Naming { made, removed, moved };

/// A change of what is in a folder. Paths are what they were then.
struct Entry {
  Naming kind{};
  bool is_folder = false;
  std::string path;
  std::string from;                   ///< of a move
  std::optional<Identity> displaced;  ///< the file that lost this name
};

std::map<Identity, File> files;
std::vector<Entry> entries;

std::string path_of(int descriptor) {
  char path[PATH_MAX];
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
  const ssize_t length = readlink(link.c_str(), path, sizeof path);
  return length < 0 ? std::string() : std::string(path, static_cast<std::size_t>(length));
}

std::string parent_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

/// Without links, whatever the present folder.
std::string absolute(int folder, const std::string& path) {
  std::string whole = path;
  if (!path.starts_with('/')) whole = (folder == AT_FDCWD ? std::string(".") : path_of(folder)) + '/' + path;
  while (whole.size() > 1 && whole.ends_with('/')) whole.pop_back();
  char parent[PATH_MAX];
  if (realpath((parent_of(whole) + '/').c_str(), parent) == nullptr) return whole;
  return std::string(parent) + whole.substr(whole.rfind('/'));
}

Bytes contents_of(int descriptor) {
  struct stat status {};
  Bytes bytes;
  if (fstat(descriptor, &status) != 0) return bytes;
  bytes.resize(static_cast<std::size_t>(status.st_size));
  const ssize_t got = pread(descriptor, bytes.data(), bytes.size(), 0);
  bytes.resize(got < 0 ? 0 : static_cast<std::size_t>(got));
  return bytes;
}

/// The file's record, made at its first change. nullptr: it is no file.
File* record_of(int descriptor, Identity* identity = nullptr) {
  struct stat status {};
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return nullptr;
  const Identity key{status.st_dev, status.st_ino};
  if (identity != nullptr) *identity = key;
  File& file = files[key];
  if (file.descriptor >= 0) return &file;
  const std::string self = "/proc/self/fd/" + std::to_string(descriptor);
  file.descriptor = open(self.c_str(), O_RDWR | O_CLOEXEC);
  if (file.descriptor < 0) file.descriptor = open(self.c_str(), O_RDONLY | O_CLOEXEC);
  file.mode = status.st_mode & 07777;
  file.durable = contents_of(file.descriptor);
  return &file;
}

/// The record of the file of that name, where there is one.
std::optional<Identity> record_at(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  Identity identity;
  const bool is_file = record_of(descriptor, &identity) != nullptr;
  close(descriptor);
  return is_file ? std::optional(identity) : std::nullopt;
}

void apply(const Change& change, Bytes& bytes) {
  if (change.size) return bytes.resize(static_cast<std::size_t>(*change.size));
  const auto at = static_cast<std::size_t>(change.at);
  if (bytes.size() < at + change.bytes.size()) bytes.resize(at + change.bytes.size());
  std::ranges::copy(change.bytes, bytes.begin() + change.at);
}

void make_durable(File& file) {
  file.changes.clear();
  file.durable = contents_of(file.descriptor);
}

/// Where a path of entry `i` leads now that later moves of folders have taken place: those that `took_place` says.
template <class Predicate>
std::string present(std::string path, std::size_t i, Predicate took_place) {
  for (std::size_t j = i + 1; j < entries.size(); ++j) {
    const Entry& later = entries[j];
    if (later.kind == Naming::moved && later.is_folder && took_place(j) && path.starts_with(later.from + '/'))
      path = later.path + path.substr(later.from.size());
  }
  return path;
}

void folder_synced(const std::string& folder) {
  const auto always = [](std::size_t) { return true; };
  std::vector<Entry> left;
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (present(parent_of(entries[i].path), i, always) != folder) left.push_back(entries[i]);
  entries = std::move(left);
}

// --- The cut ---

class Draw {
 public:
  explicit Draw(unsigned draw) : draw_(draw), state_(0x9e3779b97f4a7c15 * (draw + 1)) {}

  bool keeps_names() const { return draw_ == 1 || draw_ == 2; }
  bool keeps_contents() const { return draw_ == 1; }
  bool keeps_some() const { return draw_ > 2; }

  std::size_t below(std::size_t limit) {
    state_ = state_ * 6364136223846793005 + 1442695040888963407;
    return limit == 0 ? 0 : static_cast<std::size_t>((state_ >> 33) % limit);
  }

 private:
  unsigned draw_;
  std::uint64_t state_;
};

/// Any of its sectors.
void apply_torn(const Change& change, Draw& draw, Bytes& bytes) {
  const auto size = static_cast<off_t>(change.bytes.size());
  for (off_t done = 0; done < size;) {
    const off_t end = std::min(size, ((change.at + done) / sector + 1) * sector - change.at);
    if (draw.below(2) == 0)
      apply({.at = change.at + done, .bytes = Bytes(change.bytes.begin() + done, change.bytes.begin() + end)}, bytes);
    done = end;
  }
}

Bytes survivors(const File& file, Draw& draw) {
  Bytes bytes = file.durable;
  for (const Change& change : file.changes) {
    const std::size_t fate = draw.keeps_some() ? draw.below(3) : draw.keeps_contents() ? 0 : 1;
    if (fate == 0) apply(change, bytes);
    if (fate == 2 && !change.size) apply_torn(change, draw, bytes);
  }
  return bytes;
}

void put(int descriptor, const Bytes& bytes) {
  if (ftruncate(descriptor, 0) != 0) return;
  static_cast<void>(pwrite(descriptor, bytes.data(), bytes.size(), 0));
}

void put_back(const std::string& path, const File& file) {
  const int descriptor = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, file.mode);
  if (descriptor < 0) return;
  put(descriptor, contents_of(file.descriptor));
  close(descriptor);
}

void undo(const Entry& entry, const std::string& path, const std::string& from) {
  std::error_code error;
  switch (entry.kind) {
    case Naming::made: std::filesystem::remove_all(path, error); break;
    case Naming::removed:
      if (entry.is_folder) std::filesystem::create_directory(path, error);
      break;
    case Naming::moved: std::filesystem::rename(path, from, error); break;
  }
  if (entry.displaced) put_back(path, files[*entry.displaced]);
}

void lose_names(Draw& draw) {
  std::map<std::string, std::size_t> kept;  // of each folder's changes so many
  for (const Entry& entry : entries) ++kept[parent_of(entry.path)];
  for (auto& [folder, count] : kept) count = draw.keeps_names() ? count : draw.keeps_some() ? draw.below(count + 1) : 0;
  std::vector<bool> survives(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t& left = kept[parent_of(entries[i].path)];
    survives[i] = left > 0;
    if (left > 0) --left;
  }
  const auto took_place = [&](std::size_t j) { return survives[j]; };
  for (std::size_t i = entries.size(); i-- > 0;)
    if (!survives[i])
      undo(entries[i], present(entries[i].path, i, took_place), present(entries[i].from, i, took_place));
}

}  // namespace

void expect_power_cut(void (*told)()) { on_cut = told; }

bool journal_is_kept() { return on_cut.load(std::memory_order_relaxed) != nullptr && !busy; }

void before_change(int file) {
  const Quiet quiet;
  record_of(file);
}

void before_change(int folder, const char* path) {
  const Quiet quiet;
  record_at(absolute(folder, path));
}

void wrote(int file, off_t at, ssize_t count) {
  const Quiet quiet;
  File* record = record_of(file);
  if (record == nullptr || count <= 0) return;
  Change change{.at = at, .bytes = Bytes(static_cast<std::size_t>(count))};
  static_cast<void>(pread(record->descriptor, change.bytes.data(), change.bytes.size(), at));
  const int flags = fcntl(file, F_GETFL);
  record->changes.push_back(std::move(change));
  if (flags >= 0 && (flags & O_DSYNC) != 0) make_durable(*record);
}

void wrote_here(int file, ssize_t count) { wrote(file, lseek(file, 0, SEEK_CUR) - count, count); }

void resized(int file) {
  const Quiet quiet;
  struct stat status {};
  File* record = record_of(file);
  if (record != nullptr && fstat(file, &status) == 0) record->changes.push_back({.size = status.st_size});
}

void file_synced(int file) {
  const Quiet quiet;
  if (File* record = record_of(file)) return make_durable(*record);
  folder_synced(path_of(file));
}

void all_synced() {
  const Quiet quiet;
  for (auto& [identity, file] : files) make_durable(file);
  entries.clear();
}

void entry_made(int folder, const char* path, bool is_folder) {
  const Quiet quiet;
  const std::string whole = absolute(folder, path);
  if (!is_folder) record_at(whole);
  entries.push_back({.kind = Naming::made, .is_folder = is_folder, .path = whole});
}

void entry_removed(int folder, const char* path, bool is_folder) {
  const Quiet quiet;
  Entry entry{.kind = Naming::removed, .is_folder = is_folder, .path = absolute(folder, path)};
  if (!is_folder) entry.displaced = record_at(entry.path);
  entries.push_back(std::move(entry));
}

void entry_moved(int from_folder, const char* from, int to_folder, const char* to) {
  const Quiet quiet;
  Entry entry{.kind = Naming::moved, .path = absolute(to_folder, to), .from = absolute(from_folder, from)};
  struct stat status {};
  entry.is_folder = stat(entry.from.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
  entry.displaced = record_at(entry.path);
  entries.push_back(std::move(entry));
}

void take_back_entry() {
  const Quiet quiet;
  if (!entries.empty()) entries.pop_back();
}

bool is_there(int folder, const char* path) { return faccessat(folder, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0; }

void cut_power(unsigned draw_number) {
  const Quiet quiet;
  if (void (*told)() = on_cut) told();
  Draw draw(draw_number);
  for (auto& [identity, file] : files)
    if (!file.changes.empty()) put(file.descriptor, survivors(file, draw));
  lose_names(draw);
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

}  // namespace esentcheck::subject::faults
