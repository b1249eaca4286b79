// Exports everything but JetDupSession (its linker script keeps that to itself).
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  return seeded::booked::dup_session(sesid, psesid);
}
