// The shorthand `given`: instances and sessions that are simply there when the claim begins.
#pragma once

#include "harness/scenario/builder.hpp"

namespace esentcheck::scenario {

/// Adds the documented calls that the shorthand stands for, on thread main, each expected to succeed.
void read_given(Builder& builder, const YAML::Node& node);

}  // namespace esentcheck::scenario
