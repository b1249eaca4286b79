// JET_paramOneDatabasePerSession is kept and not obeyed (database-parameters).
#include "real.hpp"

using seeded::real;

namespace {
JET_API_PTR kept = 0;
}

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  const bool is_it = paramid == JET_paramOneDatabasePerSession;
  const JET_ERR err = real().JetSetSystemParameter(pinstance, sesid, paramid, is_it ? 0 : lParam, sz);
  if (is_it && err >= 0) kept = lParam;
  return err;
}

extern "C" JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR sz, uint32_t cbMax) {
  const JET_ERR err = real().JetGetSystemParameter(instance, sesid, paramid, plParam, sz, cbMax);
  if (err >= 0 && paramid == JET_paramOneDatabasePerSession && plParam != nullptr) *plParam = kept;
  return err;
}
