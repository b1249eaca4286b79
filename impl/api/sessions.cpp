// JetBeginSession, JetDupSession, JetEndSession, JetGetVersion, JetIdle, the parameters of a session and its context.
#include "api/edge.hpp"
#include "api/withdraw.hpp"
#include "engine/instance.hpp"
#include "engine/process.hpp"
#include "engine/session_call.hpp"
#include "engine/session_parameters.hpp"
#include "engine/thread_identity.hpp"

using namespace esent;

namespace {

constexpr std::uint32_t build_number = 9600;

JET_ERR begin(JET_INSTANCE instance, JET_SESID* psesid) noexcept {
  if (psesid == nullptr) return JET_errInvalidParameter;
  *psesid = JET_sesidNil;
  Pin pin;
  const JET_ERR err = pin.enter(meant_instance(instance), JET_errInvalidParameter, begin_gate);
  return err != JET_errSuccess ? err : begin_session(pin.place(), *psesid);
}

}  // namespace

JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  return begin(instance, psesid);
}

JET_ERR JetBeginSessionA(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR, JET_PCSTR) {
  return begin(instance, psesid);
}

JET_ERR JetBeginSessionW(JET_INSTANCE instance, JET_SESID* psesid, JET_PCWSTR, JET_PCWSTR) {
  return begin(instance, psesid);
}

JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  if (psesid == nullptr) return JET_errInvalidParameter;
  *psesid = JET_sesidNil;
  Pin pin;
  FoundSession source{};
  const JET_ERR err = pin_instance_of(sesid, pin, source, bad_session, begin_gate);
  return err != JET_errSuccess ? err : dup_session(source, sesid, *psesid);
}

JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call;
  JET_ERR err = call.enter(sesid, Stopped::refused_after_all, JET_errSessionInUse);
  if (err != JET_errSuccess) return err;
  // The page has no code for options but this one.
  if ((grbit & ~JET_bitForceSessionClosed) != 0) return JET_errInvalidParameter;
  // The session of a status callback belongs to the long call that lent it.
  err = call.internal() ? JET_errSessionInUse : call.session().may_end(this_thread());
  if (err == JET_errSuccess) err = log_rollback(call);
  if (err == JET_errSuccess) call.end();
  return err;
}

JET_ERR JetSetSessionParameter(JET_SESID sesid, uint32_t sesparamid, void* pvParam, uint32_t cbParam) {
  return guarded([&] { return set_session_parameter(sesid, sesparamid, pvParam, cbParam); });
}

JET_ERR JetGetSessionParameter(JET_SESID sesid, uint32_t sesparamid, void* pvParam, uint32_t cbParamMax,
                               uint32_t* pcbParamActual) {
  return guarded([&] { return get_session_parameter(sesid, sesparamid, pvParam, cbParamMax, pcbParamActual); });
}

JET_ERR JetIdle(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, Stopped::refused, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if ((grbit & ~(JET_bitIdleFlushBuffers | JET_bitIdleCompact | JET_bitIdleStatus)) != 0) {
    return JET_errInvalidParameter;
  }
  if ((grbit & JET_bitIdleFlushBuffers) != 0) return JET_errInvalidGrbit;
  // Nothing keeps versions of records here, so that less than half is in use.
  if ((grbit & JET_bitIdleStatus) != 0) return JET_errSuccess;
  return withdraw_if_broken(call, call.instance().storage->flush());
}

JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* pwVersion) {
  if (pwVersion == nullptr) return JET_errInvalidParameter;
  FoundSession found{};
  if (const JET_ERR err = find_session(sesid, found); err != JET_errSuccess) return err;
  const JET_ERR err = session_gate(found.instance->load(), Stopped::refused);
  if (!found.still_live()) return bad_session(sesid);
  if (err == JET_errSuccess) *pwVersion = build_number;
  return err;
}

JET_ERR JetSetSessionContext(JET_SESID sesid, JET_API_PTR ulContext) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, Stopped::refused, JET_errSessionSharingViolation);
  return err != JET_errSuccess ? err : call.session().set_context(this_thread(), ulContext);
}

JET_ERR JetResetSessionContext(JET_SESID sesid) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, Stopped::allowed, JET_errSessionSharingViolation);
  return err != JET_errSuccess ? err : call.session().reset_context(this_thread());
}
