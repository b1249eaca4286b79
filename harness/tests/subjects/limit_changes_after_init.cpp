// JET_paramMaxSessions can be set while the instance runs.
#include "real.hpp"

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  const JET_ERR err = seeded::real().JetSetSystemParameter(pinstance, sesid, paramid, lParam, sz);
  return err == JET_errAlreadyInitialized && paramid == JET_paramMaxSessions ? JET_errSuccess : err;
}
