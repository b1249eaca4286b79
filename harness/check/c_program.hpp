// A finding as a C program against esent.h, for whoever has to mend the library: no harness, no scenario, one file.
#pragma once

#include <optional>
#include <string>

#include "harness/check/sequence.hpp"

namespace esentcheck::check {

/// The program, which exits with 1 where it shows the deviation, with 0 where it does not, and with 2 where the calls in
/// front of it go otherwise. Empty where calls alone do not
/// show it: it needs a schedule, a failure, another process, or calls that are under way.
std::optional<std::string> c_program(const Sequence&, std::string_view title);

}  // namespace esentcheck::check
