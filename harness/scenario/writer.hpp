// From a scenario back to YAML: how a trace that the harness found becomes a file that somebody can read, replay and
// keep.
#pragma once

#include <string>

#include "harness/scenario/scenario.hpp"

namespace esentcheck::scenario {

/// The YAML of the scenario: explicit steps only, the same text for the same scenario. Reading it gives the scenario
/// again, but for file, example, and lines. Every symbol has to be of a kind that its argument can be spelled with.
std::string write_scenario(const Scenario&);

}  // namespace esentcheck::scenario
