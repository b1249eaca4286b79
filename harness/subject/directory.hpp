// Directories for subjects to live in: fresh for every start, gone at the end.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "harness/diagnostic.hpp"
#include "harness/plan/plan.hpp"
#include "harness/subject/files.hpp"

namespace esentcheck::subject {

/// A directory with a name of its own, removed with everything in it. In memory (/dev/shm) where that can be written to
/// and has space, since a run makes and syncs thousands of small files; else where the system keeps temporary files.
class TemporaryDirectory {
 public:
  static Result<TemporaryDirectory> make();

  TemporaryDirectory(TemporaryDirectory&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryDirectory& operator=(TemporaryDirectory&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
  }
  ~TemporaryDirectory();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryDirectory(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

/// Worlds follow each other in one temporary directory; each start() has the next.
class Worlds {
 public:
  static Result<Worlds> make();

  /// A new directory that holds the plan's directories and nothing else.
  Result<std::filesystem::path> next(const plan::Plan&);

  /// Does to a file of the present world what the step says.
  std::optional<Diagnostic> change_file(const plan::Plan&, const plan::Step&);

  /// Removes the worlds before the present one. Apart from next(), so that their inhabitants can be ended first.
  void remove_earlier();

 private:
  explicit Worlds(TemporaryDirectory base) : base_(std::move(base)) {}

  TemporaryDirectory base_;
  HeldFiles held_;
  unsigned present_ = 0;
  unsigned removed_ = 0;
};

}  // namespace esentcheck::subject
