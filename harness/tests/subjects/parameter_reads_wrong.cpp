// JetGetSystemParameter gives one session less than was set.
#include "real.hpp"

extern "C" JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR sz, uint32_t cbMax) {
  const JET_ERR err = seeded::real().JetGetSystemParameter(instance, sesid, paramid, plParam, sz, cbMax);
  if (err >= 0 && paramid == JET_paramMaxSessions && plParam != nullptr) --*plParam;
  return err;
}
