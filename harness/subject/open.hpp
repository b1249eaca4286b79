// From what a user writes behind --subject to a subject.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

enum class Isolation : std::uint8_t {
  process,  ///< in a process of its own: whatever it does to itself is a finding
  none,     ///< in this process: it can crash it, stop it and corrupt it, and be looked at in a debugger
};

struct Options {
  /// A call, or the subject's start, that shows no progress for so long counts as hung. Isolated subjects only.
  std::chrono::milliseconds time_limit{10'000};
  /// The host program; empty: what ESENTCHECK_HOST names, esentcheck-host beside this program, or that on PATH.
  std::string host;
  /// The file that the subject's standard output and error are appended to; empty: nowhere.
  std::string output;
  /// Finds out `validates_handles` and the version with a few calls in a process that is thrown away.
  bool probe = true;
};

/// A path to a shared library. The addresses "wine:…" and "exec:…" are not supported yet and say so.
Result<std::unique_ptr<Subject>> open_subject(std::string_view address, Isolation isolation,
                                              const Options& options = {});

}  // namespace esentcheck::subject
