// JetDupSession gives out the handle of the session that it was to duplicate.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err < 0) return err;
  seeded::booked::end_session(*psesid, 0);
  *psesid = sesid;
  return err;
}
