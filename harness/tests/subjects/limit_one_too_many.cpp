// The limit is one more than JET_paramMaxSessions says.
#include "real.hpp"

using seeded::real;

namespace {
constexpr JET_API_PTR most = 30'000;  // stays what it is: the real library takes no more

[[gnu::constructor]] void raise_the_default() {
  real().JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 16 + 1, nullptr);
}
}  // namespace

extern "C" JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR sz) {
  if (paramid == JET_paramMaxSessions && lParam < most) ++lParam;
  return real().JetSetSystemParameter(pinstance, sesid, paramid, lParam, sz);
}

extern "C" JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR sz, uint32_t cbMax) {
  const JET_ERR err = real().JetGetSystemParameter(instance, sesid, paramid, plParam, sz, cbMax);
  if (err >= 0 && paramid == JET_paramMaxSessions && plParam != nullptr && *plParam < most) --*plParam;
  return err;
}

extern "C" JET_ERR JetEnableMultiInstance(JET_SETSYSPARAM* list, uint32_t count, uint32_t* done) {
  const auto change = [&](JET_API_PTR by) {
    for (uint32_t i = 0; list != nullptr && i < count; ++i)
      if (list[i].paramid == JET_paramMaxSessions) list[i].lParam += by;
  };
  change(1);
  const JET_ERR err = real().JetEnableMultiInstance(list, count, done);
  change(JET_API_PTR{0} - 1);
  return err;
}
