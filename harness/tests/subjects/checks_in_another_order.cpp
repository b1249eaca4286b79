// Right, and of several reasons to refuse a JetDupSession it gives another one than libesent.
#include "real.hpp"

using seeded::real;

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  JET_SESID unused = JET_sesidNil;
  const bool no_place = psesid == nullptr;
  JET_ERR err = seeded::booked::dup_session(sesid, no_place ? &unused : psesid);
  if (no_place) {
    // Parameters come last: every other reason wins.
    if (err >= 0) seeded::booked::end_session(unused, 0);
    return err >= 0 ? JET_errInvalidParameter : err;
  }
  const JET_INSTANCE instance = seeded::book().instance_of(sesid);
  JET_API_PTR limit = 0;
  // A full instance is told before a stopped one.
  if (err == JET_errClientRequestToStopJetService &&
      real().JetGetSystemParameter(instance, 0, JET_paramMaxSessions, &limit, nullptr, 0) >= 0 &&
      seeded::book().live_sessions(instance) >= limit)
    err = JET_errOutOfSessions;
  return err;
}
