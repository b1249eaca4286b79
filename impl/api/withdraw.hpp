// A log that cannot be written takes the instance down with it (jetcommittransaction-function, jetrollback-function).
#pragma once

#include "engine/instance.hpp"
#include "engine/session_call.hpp"

namespace esent {

inline JET_ERR withdraw_if_broken(const SessionCall& call, JET_ERR err) noexcept {
  if (err == JET_errLogWriteFail) call.instance_place().word.fetch_or(InstanceWord::unavailable);
  return err;
}

// Logs that all of the session's transaction is undone; nothing without one, or for one that only reads. Fatal with a
// code of its own if that cannot be written.
inline JET_ERR log_rollback(const SessionCall& call) noexcept {
  const Session& session = call.session();
  if (!session.in_transaction() || session.read_only()) return JET_errSuccess;
  const JET_ERR err = withdraw_if_broken(call, call.instance().storage->rollback(session.number()));
  return err == JET_errLogWriteFail ? JET_errRollbackError : err;
}

}  // namespace esent
