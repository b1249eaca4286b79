// Right, and writes zero to the out-parameter of a call that it refuses.
#include "real.hpp"

namespace {
template <class Handle>
JET_ERR zero_unless(JET_ERR err, Handle* out) {
  if (err < 0 && out != nullptr) *out = 0;
  return err;
}
}  // namespace

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  return zero_unless(seeded::booked::begin_session(instance, psesid), psesid);
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  return zero_unless(seeded::booked::dup_session(sesid, psesid), psesid);
}

extern "C" JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* name) {
  return zero_unless(seeded::real().JetCreateInstance(pinstance, name), pinstance);
}
