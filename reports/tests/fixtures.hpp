// Three runs as the harness might report them, one for each verdict. Every test of this folder starts from
// these.
#pragma once

#include "reports/result.hpp"

namespace esentcheck::reports::fixtures {

/// Everything reached, or unreachable for a reason.
[[nodiscard]] Result conforming();

/// An off-by-one in the limit that a scenario finds, and a crash that a generated sequence on two threads
/// finds.
[[nodiscard]] Result deviating();

/// Nothing wrong, but cells that nobody tried, a scenario that cannot be read and some that were skipped.
[[nodiscard]] Result incomplete();

/// `deviating()` with the characters that XML and terminals take for something else in every text.
[[nodiscard]] Result hostile();

}  // namespace esentcheck::reports::fixtures
