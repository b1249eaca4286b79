// Whether there is a place left is looked at in one step, and the place taken in another.
#include <atomic>

#include "real.hpp"

using seeded::real;

namespace {
constexpr JET_API_PTR spare = 8;  // that the real library has and this one should not give out

std::atomic<JET_API_PTR> limit{16};

[[gnu::constructor]] void raise_the_default() {
  real().JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 16 + spare, nullptr);
}

JET_ERR refuse(JET_SESID* psesid) {
  if (psesid != nullptr) *psesid = JET_sesidNil;
  return JET_errOutOfSessions;
}
}  // namespace

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  if (paramid != JET_paramMaxSessions) return real().JetSetSystemParameter(pinstance, sesid, paramid, lParam, sz);
  const JET_ERR err = real().JetSetSystemParameter(pinstance, sesid, paramid, lParam + spare, sz);
  if (err >= 0) limit = lParam;
  return err;
}

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  if (seeded::book().live_sessions(instance) >= limit) return refuse(psesid);
  return seeded::booked::begin_session(instance, psesid);
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const bool live = seeded::book().knows(sesid) && !seeded::book().has_ended(sesid);
  if (live && seeded::book().live_sessions(seeded::book().instance_of(sesid)) >= limit) return refuse(psesid);
  return seeded::booked::dup_session(sesid, psesid);
}
