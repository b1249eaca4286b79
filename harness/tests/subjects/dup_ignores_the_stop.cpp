// JetDupSession goes on after JetStopService.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (err != JET_errClientRequestToStopJetService || psesid == nullptr) return err;
  *psesid = 0xd00d;
  return JET_errSuccess;
}
