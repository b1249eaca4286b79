// What tells two profiles apart: the shortest calls whose last answer one of them allows and the other does not.
//
// A breadth-first search over pairs of worlds, one for each profile, that the same answers have led to. It tries every call
// of the alphabet everywhere, so that within its alphabet and depth nothing shorter exists.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "model/step.hpp"

namespace esentcheck::explore {

/// A subject of one of the profiles that has answered all calls but the last as said gives itself away by the last.
struct Separation {
  std::vector<std::size_t> calls;  ///< positions in the alphabet's plan
  std::vector<model::Code> codes;  ///< what the calls before the last have answered
  /// Which clauses may answer the last one, under each of the profiles.
  std::array<std::vector<const model::Clause*>, 2> allowed;
  /// What each gives by the last call, where the code alone does not tell them apart.
  std::array<std::optional<scenario::Given>, 2> gives;
};

struct Bounds {
  std::size_t depth = 5;         ///< calls of the longest sequence
  std::size_t states = 200'000;  ///< pairs of worlds that are kept; the search ends when there are more
};

struct Apart {
  /// The shortest for each function that the last call can be of, shortest first, then in the order of the pages.
  std::vector<Separation> by_function;
  std::size_t depth = 0;   ///< to which everything was tried
  std::size_t states = 0;  ///< pairs of worlds that differ
};

Apart tell_apart(const model::Profile& one, const model::Profile& other, const Bounds&);

/// As a scenario that a subject of the first profile passes, and of the other one fails, by what it proves.
scenario::Scenario as_scenario(const Separation&, const model::Profile& one, const model::Profile& other);

}  // namespace esentcheck::explore
