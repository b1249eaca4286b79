// Programs for races: some sessions of one or two instances, actors that call side by side what their theme has, and behind
// the race calls that show what it has left: whether the limit still holds, and whether the instance still ends.
#pragma once

#include <cstdint>

#include "harness/plan/plan.hpp"

namespace esentcheck::generate {

/// `validated`: a handle that has ended may be used again, since the subject diagnoses it; otherwise each actor has sessions
/// that nobody else ends.
plan::Plan race(std::uint64_t seed, bool validated);

}  // namespace esentcheck::generate
