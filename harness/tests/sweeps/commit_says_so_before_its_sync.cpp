// JetCommitTransaction says that the transaction is on disk, and brings it there when its session ends.
#include "real.hpp"

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  return seeded::real().JetCommitTransaction(sesid, grbit == 0 ? JET_bitCommitLazyFlush : grbit);
}

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  seeded::real().JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit);
  return seeded::booked::end_session(sesid, grbit);
}
