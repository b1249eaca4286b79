// JetCommitTransaction succeeds although its log did not reach the disk.
#include "real.hpp"

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetCommitTransaction(sesid, grbit);
  return err == JET_errLogWriteFail ? JET_errSuccess : err;
}
