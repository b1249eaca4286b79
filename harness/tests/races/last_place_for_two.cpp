// Whether there is a place left is looked at in one step, and the place taken in another.
#include "own_limit.hpp"

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  if (seeded::book().live_sessions(instance) >= seeded::limit) return seeded::refuse(psesid);
  return seeded::booked::begin_session(instance, psesid);
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const seeded::Book& book = seeded::book();
  const bool live = book.knows(sesid) && !book.has_ended(sesid);
  if (live && book.live_sessions(book.instance_of(sesid)) >= seeded::limit) return seeded::refuse(psesid);
  return seeded::booked::dup_session(sesid, psesid);
}
