// For subjects that keep the session limit by themselves: the real library has some places more than it is told to.
#pragma once

#include <atomic>

#include "real.hpp"

namespace seeded {

constexpr JET_API_PTR spare = 8;

inline std::atomic<JET_API_PTR> limit{16};

[[gnu::constructor]] static void raise_the_default() {
  real().JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 16 + spare, nullptr);
}

inline JET_ERR refuse(JET_SESID* psesid) {
  if (psesid != nullptr) *psesid = JET_sesidNil;
  return JET_errOutOfSessions;
}

}  // namespace seeded

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  using namespace seeded;
  if (paramid != JET_paramMaxSessions) return real().JetSetSystemParameter(pinstance, sesid, paramid, lParam, sz);
  const JET_ERR err = real().JetSetSystemParameter(pinstance, sesid, paramid, lParam + spare, sz);
  if (err >= 0) limit = lParam;
  return err;
}
