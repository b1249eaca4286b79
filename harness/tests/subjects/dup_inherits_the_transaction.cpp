// A duplicate of a session in a transaction is in a transaction, too.
#include <atomic>

#include "real.hpp"

using seeded::real;

namespace {
std::atomic<JET_SESID> in_transaction = 0;  // the last that began one and has not ended one since

void leave(JET_SESID sesid) { in_transaction.compare_exchange_strong(sesid, 0); }
}  // namespace

extern "C" JET_ERR JetBeginTransaction(JET_SESID sesid) {
  const JET_ERR err = real().JetBeginTransaction(sesid);
  if (err >= 0) in_transaction = sesid;
  return err;
}

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = real().JetCommitTransaction(sesid, grbit);
  if (err >= 0) leave(sesid);
  return err;
}

extern "C" JET_ERR JetRollback(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = real().JetRollback(sesid, grbit);
  if (err >= 0) leave(sesid);
  return err;
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err >= 0 && in_transaction == sesid) real().JetBeginTransaction(*psesid);
  return err;
}
