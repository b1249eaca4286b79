// A JetDupSession that is refused for want of a session leaves the handle that it was given.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err == JET_errOutOfSessions) *psesid = sesid;
  return err;
}
