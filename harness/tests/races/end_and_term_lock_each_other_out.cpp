// JetEndSession takes the lock of the sessions and then that of the instances, JetTerm2 the other way round.
#include "real.hpp"

namespace {
std::mutex sessions, instances;
}  // namespace

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const std::lock_guard outer(sessions);
  const std::lock_guard inner(instances);
  return seeded::booked::end_session(sesid, grbit);
}

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const std::lock_guard outer(instances);
  const std::lock_guard inner(sessions);
  return seeded::booked::term2(instance, grbit);
}
