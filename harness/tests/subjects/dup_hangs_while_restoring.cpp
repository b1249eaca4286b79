// JetDupSession waits for the end of a restore instead of refusing, for ever.
#include <unistd.h>

#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  while (err == JET_errRestoreInProgress) pause();
  return err;
}
