// JetStopBackupInstance takes any handle for an instance (jetstopbackupinstance-function).
#include "real.hpp"

extern "C" JET_ERR JetStopBackupInstance(JET_INSTANCE instance) {
  const JET_ERR err = seeded::real().JetStopBackupInstance(instance);
  return err == JET_errInvalidParameter ? JET_errSuccess : err;
}
