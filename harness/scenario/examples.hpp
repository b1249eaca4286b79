// The examples of a scenario: the values that it runs with, one run each.
#pragma once

#include <vector>

#include "harness/scenario/yaml.hpp"

namespace esentcheck::scenario {

/// From `limit: [1, 2]` one example per value, from a list of rows one per row. Never empty, unless it complained.
std::vector<Example> read_examples(Source& source, const YAML::Node& node);

}  // namespace esentcheck::scenario
