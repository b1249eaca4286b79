// The page that a run ends in, for a person at a terminal.
//
// From top to bottom: who was judged and how, the matrix function x documented code, why cells are
// unreachable or were not tried, the findings, the scenarios that did not pass, the totals, and in the last
// line the verdict: the eye is at the bottom when a program ends.
#pragma once

#include <string>

#include "reports/result.hpp"

namespace esentcheck::reports {

/// What the terminal can do. The caller finds out; nothing here asks the environment.
///
/// Marks differ in shape, so nothing is lost without colour. Colour and characters are two questions: a log
/// file has no colours but does have UTF-8, and a terminal in the C locale the other way round.
struct TerminalStyle {
  bool colour = false;
  int width = 80;       ///< columns; less than 40 is taken as 40
  bool unicode = true;  ///< false: marks and rules in ASCII; what the result itself says stays as it is
};

/// Lines are at most `width` columns, except that what somebody may copy (a command, a call, a path, a name)
/// is never broken. Ends in a line feed. Only the line that starts with "date" differs between two equal
/// runs.
[[nodiscard]] std::string terminal(const Result& result, TerminalStyle style);

}  // namespace esentcheck::reports
