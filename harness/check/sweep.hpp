// A sweep: each call of a scenario is made once more in front of itself with its 1st, 2nd, 3rd … allocation refused, and all
// behind that, until it makes no more. The code must be one that the model allows; and since the scenario goes on behind it,
// with the same call, and ends with sessions begun up to the limit, what the refused call has left changed, locked or lost
// shows, too.
#pragma once

#include <cstdint>
#include <functional>

#include "harness/check/sequence.hpp"
#include "harness/scenario/scenario.hpp"

namespace esentcheck::check {

struct SweepFigures {
  std::uint64_t calls = 0;   ///< swept, to their end or to a deviation
  std::uint64_t points = 0;  ///< allocations that were refused first in their call
  std::uint64_t deviations = 0;
  bool complete = true;  ///< false: there was more to sweep than was asked for
};

/// Whether a scenario can be swept: its calls return, nothing fails in them already, and they do not race.
bool can_be_swept(const scenario::Scenario&);

/// Sweeps the scenario's calls until `figures.points` has come to `most_points`. Deviations go to `found`. Only on a subject
/// with the capability `memory_faults`.
void sweep(subject::Subject&, const scenario::Scenario&, const model::Profile&, std::uint64_t most_points,
           SweepFigures& figures, const std::function<void(const Sequence&)>& found);

}  // namespace esentcheck::check
