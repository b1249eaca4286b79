// The live sessions are counted without a lock: the count is looked at, and raised when the session is there.
#include <atomic>

#include "real.hpp"

using seeded::real;

namespace {
constexpr JET_API_PTR spare = 8;  // that the real library has and this one should not give out

std::atomic<JET_API_PTR> limit{16};
std::atomic<JET_API_PTR> live{0};

[[gnu::constructor]] void raise_the_default() {
  real().JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 16 + spare, nullptr);
}

JET_ERR count(JET_ERR err) {
  if (err >= 0) ++live;
  return err;
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
  return live >= limit ? refuse(psesid) : count(real().JetBeginSession(instance, psesid, nullptr, nullptr));
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  return live >= limit ? refuse(psesid) : count(real().JetDupSession(sesid, psesid));
}

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_ERR err = real().JetEndSession(sesid, grbit);
  if (err >= 0) --live;
  return err;
}
