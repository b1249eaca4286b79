// Arguments and out-values, from JSON to Value.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "harness/trace/json_line.hpp"
#include "harness/trace/trace.hpp"

namespace esentcheck::trace {

/// What a call was given. `member` is the argument's name, to point at.
Value argument_of(const JsonLine&, const std::string& member, const nlohmann::json&);

/// What a variable held after a call.
Value output_of(const JsonLine&, const std::string& member, const nlohmann::json&);

}  // namespace esentcheck::trace
