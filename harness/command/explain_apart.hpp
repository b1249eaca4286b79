// explain with two profiles: what tells them apart.
#pragma once

#include <string_view>

#include "harness/command/exit_status.hpp"
#include "harness/command/options.hpp"

namespace esentcheck::command {

/// Whether it is spelled like a profile: "engine", "engine:windows-xp".
bool is_profile(std::string_view text);

ExitStatus explain_apart(const ExplainOptions&);

}  // namespace esentcheck::command
