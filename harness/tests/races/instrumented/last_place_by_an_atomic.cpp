// The live sessions are counted without a lock: the count is looked at, and raised when the session is there.
#include "../own_limit.hpp"

using seeded::limit;
using seeded::real;
using seeded::refuse;

namespace {
std::atomic<JET_API_PTR> live{0};

JET_ERR count(JET_ERR err) {
  if (err >= 0) ++live;
  return err;
}
}  // namespace

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
