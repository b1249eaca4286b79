// One step of a scenario's `steps`, with what it expects.
#pragma once

#include "harness/scenario/builder.hpp"

namespace esentcheck::scenario {

/// Adds what the step expands to.
void read_step(Builder& builder, const YAML::Node& node);

}  // namespace esentcheck::scenario
