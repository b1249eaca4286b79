// JetDupSession writes to *psesid before it looks whether there is one.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  *static_cast<volatile JET_SESID*>(psesid) = JET_sesidNil;
  return seeded::booked::dup_session(sesid, psesid);
}
