// JetGetInstanceInfo counts one instance too few (jetgetinstanceinfo-function).
#include "real.hpp"

extern "C" JET_ERR JetGetInstanceInfo(uint32_t* count, JET_INSTANCE_INFO** list) {
  const JET_ERR err = seeded::real().JetGetInstanceInfo(count, list);
  if (err >= 0 && *count > 0) --*count;
  return err;
}
