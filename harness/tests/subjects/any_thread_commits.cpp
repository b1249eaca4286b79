// JetCommitTransaction does not mind which thread began the transaction.
#include "real.hpp"

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetCommitTransaction(sesid, grbit);
  return err == JET_errSessionSharingViolation ? JET_errSuccess : err;
}
