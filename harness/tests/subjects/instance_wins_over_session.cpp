// JetGetSystemParameter looks at the instance where a session is given as well, which should win
// (jetgetsystemparameter-function).
#include "real.hpp"

extern "C" JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR sz, uint32_t cbMax) {
  const bool both = instance != 0 && instance != JET_instanceNil && seeded::book().knows(sesid);
  return seeded::real().JetGetSystemParameter(instance, both ? 0 : sesid, paramid, plParam, sz, cbMax);
}
