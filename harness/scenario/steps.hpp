// A scenario's steps, each with what it expects, and groups of steps that are taken again and again.
#pragma once

#include "harness/scenario/builder.hpp"

namespace esentcheck::scenario {

/// Adds what the list of steps expands to.
void read_steps(Builder& builder, const YAML::Node& node);

}  // namespace esentcheck::scenario
