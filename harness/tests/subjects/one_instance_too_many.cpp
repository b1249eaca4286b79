// JET_paramMaxInstances is one less than what it allows (resource-parameters).
#include "real.hpp"

using seeded::real;

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  const bool is_it = paramid == JET_paramMaxInstances;
  return real().JetSetSystemParameter(pinstance, sesid, paramid, is_it ? lParam + 1 : lParam, sz);
}

extern "C" JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR sz, uint32_t cbMax) {
  static const JET_API_PTR preset = [] {
    JET_API_PTR value = 0;
    real().JetGetSystemParameter(0, 0, JET_paramMaxInstances, &value, nullptr, 0);
    return value;
  }();
  const JET_ERR err = real().JetGetSystemParameter(instance, sesid, paramid, plParam, sz, cbMax);
  if (err >= 0 && paramid == JET_paramMaxInstances && *plParam != preset) --*plParam;
  return err;
}
