// JetGetInstanceInfo and JetGetInstanceMiscInfo.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <cstdint>

#include "esent.h"

namespace esent {

struct RunningInstance {
  JET_INSTANCE handle = 0;
  std::optional<std::string> name;
  std::vector<std::string> databases;
};

// Those that JetInit has started and JetTerm has not begun to end.
std::vector<RunningInstance> running_instances();

JET_ERR get_log_signature(JET_INSTANCE instance, JET_SIGNATURE& signature);

}  // namespace esent
