// The toy under RapidCheck's own rc::state, written as its manual shows: what one would use instead of ours.
#pragma once

#include <cstdint>

namespace esentcheck::bench {

struct RapidCheckRun {
  std::uint64_t calls = 0;
  bool passed = false;
};

/// One property with RapidCheck's defaults: 100 cases of up to 100 commands each.
RapidCheckRun rapidcheck_toy(std::uint64_t seed);

}  // namespace esentcheck::bench
