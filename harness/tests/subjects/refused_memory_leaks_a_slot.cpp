// A JetDupSession that is refused memory has used up a session by the time of the next one.
#include <atomic>

#include "real.hpp"

namespace {
std::atomic<JET_INSTANCE> owed = JET_instanceNil;
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_INSTANCE creditor = owed.exchange(JET_instanceNil);
  if (creditor != JET_instanceNil) seeded::lose_a_session(creditor);
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err == JET_errOutOfMemory) owed = seeded::book().instance_of(sesid);
  return err;
}
