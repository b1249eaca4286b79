// What happens to a subject's files without any call: an environment that a library has to live with.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>

#include "harness/plan/plan.hpp"

namespace esentcheck::subject {

/// Files that this process has open and locked, so that for the subject another process has them.
class HeldFiles {
 public:
  HeldFiles() = default;
  HeldFiles(HeldFiles&& other) noexcept : descriptors_(std::exchange(other.descriptors_, {})) {}
  HeldFiles& operator=(HeldFiles&& other) noexcept {
    std::swap(descriptors_, other.descriptors_);
    return *this;
  }
  ~HeldFiles() { release_all(); }

  /// Says what went wrong; empty: nothing.
  std::string hold(const std::filesystem::path&);
  void release(const std::filesystem::path&);
  void release_all();

 private:
  std::map<std::filesystem::path, int> descriptors_;
};

/// Does to the file what the step says. Says what went wrong, without the path; empty: nothing.
std::string change_file(const std::filesystem::path&, const plan::Step&, HeldFiles&);

}  // namespace esentcheck::subject
