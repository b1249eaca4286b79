// JetDupSession still knows the instance of a session that has ended.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err >= 0 || psesid == nullptr || !seeded::book().has_ended(sesid)) return err;
  return seeded::booked::begin_session(seeded::book().instance_of(sesid), psesid) >= 0 ? JET_errSuccess : err;
}
