// A shared library with ESENT's C ABI, opened with dlopen and never closed: a library that has started threads or
// registered exit handlers does not survive being unmapped.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/diagnostic.hpp"
#include "harness/subject/abi.hpp"

namespace esentcheck::subject {

class Library {
 public:
  /// What performing a call needs to know about its function, in one cache line.
  struct Entry {
    void* address = nullptr;  ///< nullptr: the library does not export it
    abi::Invoke invoke = nullptr;
    std::uint8_t arguments = 0;
    std::int8_t out = -1;      ///< position of the argument that the call writes a number or handle to; -1: none
    std::int8_t list = -1;     ///< … of the one that gets a list of instances; -1: none
    abi::Width out_width = 0;  ///< in bytes
    bool out_is_read = false;  ///< the call reads it, too
    bool out_is_instance = false;
    bool tracks_instances = false;  ///< it may make an instance or end one
    bool has_aftermath = false;     ///< it does that, changes the mode of the process, or frees memory
  };

  /// One sentence when the file is missing, is no shared library, cannot be loaded or exports nothing of ESENT.
  static Result<Library> open(const std::string& path);

  const Entry& entry(spec::Function function) const { return entries_[static_cast<std::size_t>(function)]; }

  /// The functions that the harness can call and the library does not export, in the order of the documentation.
  std::vector<spec::Function> missing() const;

 private:
  Library() = default;

  std::array<Entry, spec::function_count> entries_{};
};

/// The same sentence that open() gives, as far as it can be told without running any of the library's code.
Result<void> looks_like_a_library(const std::string& path);

}  // namespace esentcheck::subject
