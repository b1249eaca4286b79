// JetSetSessionContext looks whether the session has a context, and sets it whatever has become of that.
#include "real.hpp"

namespace {
std::mutex mutex;
std::array<JET_SESID, 64> held{};

bool is_held(JET_SESID sesid) {
  const std::lock_guard lock(mutex);
  for (const JET_SESID each : held)
    if (each == sesid && sesid != 0) return true;
  return false;
}

void note(JET_SESID from, JET_SESID to) {
  const std::lock_guard lock(mutex);
  for (JET_SESID& each : held) {
    if (each != from) continue;
    each = to;
    return;
  }
}
}  // namespace

extern "C" JET_ERR JetSetSessionContext(JET_SESID sesid, JET_API_PTR context) {
  const bool is_free = !is_held(sesid);
  const JET_ERR err = seeded::real().JetSetSessionContext(sesid, context);
  if (err == JET_errSessionContextAlreadySet && is_free) return JET_errSuccess;
  if (err >= 0) note(0, sesid);
  return err;
}

extern "C" JET_ERR JetResetSessionContext(JET_SESID sesid) {
  const JET_ERR err = seeded::real().JetResetSessionContext(sesid);
  if (err >= 0) note(sesid, 0);
  return err;
}

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::end_session(sesid, grbit);
  if (err >= 0) note(sesid, 0);
  return err;
}
