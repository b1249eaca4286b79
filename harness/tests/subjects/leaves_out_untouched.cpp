// Right, and writes no out-parameter of a call that it refuses.
#include "real.hpp"

namespace {
template <class Handle, class Call>
JET_ERR only_on_success(Handle* out, const Call& call) {
  if (out == nullptr) return call(nullptr);
  Handle made = *out;
  const JET_ERR err = call(&made);
  if (err >= 0) *out = made;
  return err;
}
}  // namespace

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  return only_on_success(psesid, [&](JET_SESID* out) { return seeded::booked::begin_session(instance, out); });
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  return only_on_success(psesid, [&](JET_SESID* out) { return seeded::booked::dup_session(sesid, out); });
}

extern "C" JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* name) {
  return only_on_success(pinstance, [&](JET_INSTANCE* out) { return seeded::real().JetCreateInstance(out, name); });
}
