// An instance from its making to JetInit, in a folder of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"

namespace esentcheck::generate {

struct NewInstance {
  plan::Variable variable = 0;  ///< for its handle
  plan::Symbol name;            ///< absent: the one of single-instance mode
  plan::Symbol folder;
  plan::Symbol recovery_off;           ///< "off", where it keeps no log
  std::optional<std::uint16_t> limit;  ///< JET_paramMaxSessions
};

/// Calls of thread 0.
std::vector<plan::Step> steps_of(const NewInstance&);

}  // namespace esentcheck::generate
