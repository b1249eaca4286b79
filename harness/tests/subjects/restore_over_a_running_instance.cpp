// JetRestoreInstance claims to restore into an instance that runs (jetrestoreinstance-function).
#include "real.hpp"

extern "C" JET_ERR JetRestoreInstance(JET_INSTANCE instance, const char* from, const char* to, JET_PFNSTATUS status) {
  const JET_ERR err = seeded::real().JetRestoreInstance(instance, from, to, status);
  return err == JET_errAlreadyInitialized ? JET_errSuccess : err;
}
