// JetResetSessionContext takes a context that the thread has not set (jetresetsessioncontext-function).
#include "real.hpp"

extern "C" JET_ERR JetResetSessionContext(JET_SESID sesid) {
  const JET_ERR err = seeded::real().JetResetSessionContext(sesid);
  return err == JET_errSessionContextNotSetByThisThread ? JET_errSuccess : err;
}
