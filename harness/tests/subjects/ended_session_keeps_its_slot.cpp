// JetEndSession does not give the slot of the session back.
#include "real.hpp"

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::end_session(sesid, grbit);
  if (err >= 0) seeded::lose_a_session(seeded::book().instance_of(sesid));
  return err;
}
