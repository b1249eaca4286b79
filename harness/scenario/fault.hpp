// The fault of a step: which operation of its environment fails inside the call, and how.
#pragma once

#include "harness/scenario/scenario.hpp"
#include "harness/scenario/yaml.hpp"

namespace esentcheck::scenario {

/// Complains to the source of what makes no sense.
void read_fault(Source&, const YAML::Node&, plan::Fault&, Expectation&);

/// As read_fault() takes it, in one line.
std::string fault_text(const plan::Fault&, const Expectation&);

}  // namespace esentcheck::scenario
