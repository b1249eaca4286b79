// The sessions of all instances count against the limit of each.
#include "real.hpp"

using seeded::real;

namespace {
/// `instance` has just given a session; takes it back when all instances together had as many as it may have.
JET_ERR unless_shared_limit_is_met(JET_INSTANCE instance, JET_SESID* psesid) {
  JET_API_PTR limit = 0;
  real().JetGetSystemParameter(instance, 0, JET_paramMaxSessions, &limit, nullptr, 0);
  if (seeded::book().live_sessions() <= limit) return JET_errSuccess;
  seeded::booked::end_session(*psesid, 0);
  *psesid = JET_sesidNil;
  return JET_errOutOfSessions;
}
}  // namespace

extern "C" JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  const JET_ERR err = seeded::booked::begin_session(instance, psesid);
  return err < 0 ? err : unless_shared_limit_is_met(instance, psesid);
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_INSTANCE instance = seeded::book().instance_of(sesid);
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  return err < 0 ? err : unless_shared_limit_is_met(instance, psesid);
}
