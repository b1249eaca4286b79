// Whether the model explains a run: whether some path through the outcomes that it allows returns what was recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/trace/trace.hpp"
#include "model/step.hpp"

namespace esentcheck::trace {

/// The first line of a run that the model cannot explain.
struct Refusal {
  std::uint32_t line = 0;
  std::string sentence;              ///< what the call did
  std::string_view page;             ///< of the function
  std::vector<std::string> allowed;  ///< what it might have done instead: each code with its clause
};

struct Counts {
  std::uint64_t judged = 0;
  std::uint64_t outside = 0;   ///< calls of functions that are not of the surface
  std::uint64_t unstable = 0;  ///< marked so, and not explained
  std::uint64_t left_off = 0;  ///< behind a call of the surface that the model does not have

  Counts& operator+=(const Counts&);
};

struct Verdict {
  std::optional<Refusal> refusal;
  Counts counts;
};

/// Clauses that explained something.
using Touched = std::set<std::pair<model::Function, const model::Clause*>>;

Verdict judge(const Run&, const model::Profile&, Touched&);

}  // namespace esentcheck::trace
