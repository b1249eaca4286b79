// Of two ends of one session that overlap, the one that comes too late takes a place away.
#include <atomic>

#include "real.hpp"

namespace {
std::mutex mutex;
int ending = 0;

int count(int by) {
  const std::lock_guard lock(mutex);
  return ending += by;
}
}  // namespace

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_INSTANCE instance = seeded::book().instance_of(sesid);
  const int ends = count(1);
  const JET_ERR err = seeded::booked::end_session(sesid, grbit);
  if (err == JET_errInvalidSesid && ends > 1 && seeded::book().knows(sesid)) seeded::lose_a_session(instance);
  count(-1);
  return err;
}
