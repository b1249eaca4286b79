// JetBeginTransaction opens an eighth level.
#include "real.hpp"

extern "C" JET_ERR JetBeginTransaction(JET_SESID sesid) {
  const JET_ERR err = seeded::real().JetBeginTransaction(sesid);
  return err == JET_errTransTooDeep ? JET_errSuccess : err;
}
