// Right, and slow: every call that the races make waits for the one before it.
#include "real.hpp"

namespace {
std::mutex mutex;
}  // namespace

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  const std::lock_guard lock(mutex);
  return seeded::booked::begin_session(instance, psesid);
}
extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const std::lock_guard lock(mutex);
  return seeded::booked::dup_session(sesid, psesid);
}
extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const std::lock_guard lock(mutex);
  return seeded::booked::end_session(sesid, grbit);
}
extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const std::lock_guard lock(mutex);
  return seeded::booked::term2(instance, grbit);
}
