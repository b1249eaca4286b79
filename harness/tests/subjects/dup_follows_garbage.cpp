// JetDupSession takes every session handle but 0 and nil for an address.
#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  // Handles of the real library are numbers: one that it gave out is left alone here.
  if (sesid != 0 && sesid != JET_sesidNil && !seeded::book().knows(sesid))
    static_cast<void>(*reinterpret_cast<const volatile char*>(sesid));
  return seeded::booked::dup_session(sesid, psesid);
}
