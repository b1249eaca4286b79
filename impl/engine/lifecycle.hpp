// An instance's life: JetInit, JetTerm, JetStopService and their kin.
#pragma once

#include <map>
#include <string>

#include "engine/instance_table.hpp"
#include "esent.h"

namespace esent {

struct InitRequest {
  JET_GRBIT grbit = 0;
  JET_PFNSTATUS callback = nullptr;
  std::map<std::string, std::string> moved_databases;
};
JET_ERR initialise(JET_INSTANCE* pinstance, const InitRequest& request);
// JetTerm2, and JetTerm, which has no options.
JET_ERR terminate(JET_INSTANCE instance, JET_GRBIT grbit);
JET_ERR terminate(JET_INSTANCE instance);
// JetStopServiceInstance, and JetStopServiceInstance2.
JET_ERR stop_service(JET_INSTANCE instance) noexcept;
JET_ERR stop_service(JET_INSTANCE instance, JET_GRBIT grbit) noexcept;
// JetStopService, which means the one instance of single-instance mode.
JET_ERR stop_only_service();

// After the phase became `terminating`: waits until no call is inside the instance or its sessions but the
// one that holds this pin.
void wait_until_alone(Pin& pin) noexcept;

}  // namespace esent
