// From a plan that shows a deviation to the shortest one found that shows the same: fewer steps, fewer threads, smaller
// numbers, plainer arguments, as long as the subject goes on doing the same wrong thing.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "harness/check/sequence.hpp"

namespace esentcheck::check {

struct ShrinkLimits {
  std::uint32_t runs = 3000;          ///< of the subject; the result depends on nothing else
  std::chrono::seconds patience{60};  ///< ends it early on a subject that hangs at every try
};

inline constexpr ShrinkLimits race_limits{.runs = 2000, .patience = std::chrono::seconds(20)};

/// Told of each sequence that is better than what there was, so that whoever stops the shrinking has the best so far.
using Better = std::function<void(const Sequence&)>;

/// `found` ends in the deviation. The result does too; it is `found` itself, cleaned up, when nothing shorter was found.
Sequence shrink(subject::Subject&, const Sequence& found, const model::Profile&, const ShrinkLimits& = {},
                const Better& = {});

/// The same for a plan with a race: fewer actors, calls and switches. A deadlock or no progress is alike whoever is in it.
Sequence shrink_race(subject::Subject&, const Sequence& found, const model::Profile&, const ShrinkLimits& = race_limits,
                     const Better& = {});

/// Whether two deviations are the same thing going wrong: same kind, function and code.
bool alike(const Deviation&, const Deviation&);

/// The same plan without the variables, threads, texts and directories that no step uses.
plan::Plan compact(const plan::Plan&);

}  // namespace esentcheck::check
