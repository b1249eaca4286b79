// JetDupSession takes a session handle that it does not know for an address.

#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  const bool is_nothing = sesid == 0 || sesid == JET_sesidNil || seeded::book().knows(sesid);
  if (err == JET_errInvalidSesid && !is_nothing) static_cast<void>(*reinterpret_cast<const volatile char*>(sesid));
  return err;
}
