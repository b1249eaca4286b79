// JetDupSession says JET_errOutOfMemory when the instance is out of sessions.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  return err == JET_errOutOfSessions ? JET_errOutOfMemory : err;
}
