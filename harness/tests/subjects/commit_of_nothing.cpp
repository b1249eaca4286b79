// JetCommitTransaction outside a transaction is a success (jetcommittransaction-function).
#include "real.hpp"

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetCommitTransaction(sesid, grbit);
  return err == JET_errNotInTransaction ? JET_errSuccess : err;
}
