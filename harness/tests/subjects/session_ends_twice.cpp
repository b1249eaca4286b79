// JetEndSession succeeds for a session that has ended.
#include "real.hpp"

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const bool has_ended = seeded::book().has_ended(sesid);
  const JET_ERR err = seeded::booked::end_session(sesid, grbit);
  return err == JET_errInvalidSesid && has_ended ? JET_errSuccess : err;
}
