// JetInit of an instance that runs is a success (jetinit-function).
#include "real.hpp"

extern "C" JET_ERR JetInit(JET_INSTANCE* pinstance) {
  const JET_ERR err = seeded::real().JetInit(pinstance);
  return err == JET_errAlreadyInitialized ? JET_errSuccess : err;
}
