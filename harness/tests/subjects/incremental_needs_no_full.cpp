// JetBackupInstance makes an incremental backup where there was no full one (jetbackupinstance-function).
#include "real.hpp"

extern "C" JET_ERR JetBackupInstance(JET_INSTANCE instance, const char* folder, JET_GRBIT grbit, JET_PFNSTATUS status) {
  const JET_ERR err = seeded::real().JetBackupInstance(instance, folder, grbit, status);
  return err == JET_errInvalidBackup ? JET_errSuccess : err;
}
