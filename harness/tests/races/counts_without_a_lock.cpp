// JetDupSession counts its calls without a lock: nothing that it answers is wrong, and it is a data race all the same.
#include "real.hpp"

namespace {
int calls = 0;
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  ++calls;
  return seeded::booked::dup_session(sesid, psesid);
}
