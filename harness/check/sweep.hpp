// A sweep: each call of a scenario is made once more in front of itself with its 1st, 2nd, 3rd … operation failing, until
// none is left to fail. The code must be one that the model allows; and since the scenario goes on behind it, with the same
// call, and ends with sessions begun up to the limit, what the failed call has left changed, locked or lost shows, too.
//
// Where the power is cut, the process starts again in what has survived, and the whole scenario is played once more.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

#include "harness/check/sequence.hpp"
#include "harness/scenario/scenario.hpp"

namespace esentcheck::check {

struct SweepFigures {
  std::uint64_t calls = 0;       ///< swept in one way, to their end or to a deviation
  std::uint64_t memory = 0;      ///< failure points: allocations that were refused first in their call,
  std::uint64_t files = 0;       ///< operations on files that failed first,
  std::uint64_t power_cuts = 0;  ///< and those at which the power was cut
  std::uint64_t deviations = 0;
  bool complete = true;  ///< false: there was more to sweep than was asked for

  std::uint64_t points() const { return memory + files + power_cuts; }
};

/// The ways in which operations are made to fail on a subject that can do so much: what a sweep changes from point to
/// point is `from`, and of power cuts beyond the first draws `draw`.
std::vector<plan::Fault> ways_to_fail(const subject::Capabilities&);

/// Whether a scenario can be swept: its calls return by themselves.
bool can_be_swept(const scenario::Scenario&);

/// What a sweep needs to know of its surroundings.
struct SweepWatch {
  std::function<bool(const SweepFigures&)> goes_on;  ///< asked before each point
  std::function<void(const Sequence&)> found;        ///< given each deviation
};

/// Sweeps the scenario's calls, but for those that fail in it already, each in all ways. `seed` says with which call and way
/// it begins, for what that is worth when it does not come to its end.
void sweep(subject::Subject&, const scenario::Scenario&, const model::Profile&, std::span<const plan::Fault> ways,
           const SweepWatch&, std::uint64_t seed, SweepFigures&);

}  // namespace esentcheck::check
