// What is to become of an operation on files that the subject asks for.
#pragma once

#include <cerrno>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {

/// What the subject asks for.
struct Asked {
  plan::Operation operation{};
  bool needs_space = false;
  bool divisible = false;  ///< it can be done in part
  bool lasts = true;       ///< it can be interrupted
};

struct Verdict {
  int error = 0;  ///< what it fails with; 0: it does not
  bool in_part = false;
};

/// Counts the operation. Does not return where the power is cut instead of it.
Verdict judge(const Asked&);

inline int fail_with(int error) {
  errno = error;
  return -1;
}

/// A write to the file has succeeded.
void note_write(int file);

}  // namespace esentcheck::subject::faults
