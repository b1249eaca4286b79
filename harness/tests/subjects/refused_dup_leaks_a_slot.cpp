// A JetDupSession that is refused for want of a session takes the next one that becomes free, and loses it.
#include <atomic>

#include "real.hpp"

namespace {
std::atomic<JET_INSTANCE> owed = JET_instanceNil;
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err == JET_errOutOfSessions) owed = seeded::book().instance_of(sesid);
  return err;
}

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::end_session(sesid, grbit);
  JET_INSTANCE creditor = seeded::book().instance_of(sesid);
  if (err >= 0 && owed.compare_exchange_strong(creditor, JET_instanceNil)) seeded::lose_a_session(creditor);
  return err;
}
