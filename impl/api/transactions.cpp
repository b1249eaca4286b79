// JetBeginTransaction, JetCommitTransaction and JetRollback.
#include "api/withdraw.hpp"
#include "engine/instance.hpp"
#include "engine/session_call.hpp"
#include "engine/thread_identity.hpp"

using namespace esent;

namespace {

// The caller's options, or else the session's default, or else the instance's. Of a default only the lazy flush
// counts: a wait would make a commit that does not commit.
bool lazy(const SessionCall& call, JET_GRBIT grbit) {
  if (grbit == 0) {
    const std::uint64_t own = call.found().place->commit_default;
    grbit = has_tag(own, call.found().generation) ? static_cast<JET_GRBIT>(own) : call.instance().commit_default.load();
  }
  return (grbit & JET_bitCommitLazyFlush) != 0;
}

// Brings earlier commits to disk. Works outside a transaction too, and closes none.
JET_ERR wait_for_log(SessionCall& call) {
  const JET_ERR err = call.session().may_close_level(this_thread());
  if (err == JET_errSessionSharingViolation) return err;
  return withdraw_if_broken(call, call.instance().storage->flush());
}

struct CommitRequest {
  JET_GRBIT grbit = 0;
  std::uint32_t durable_ms = 0;  // how long a lazy commit may stay off the disk; 0: no limit
  JET_COMMIT_ID* id = nullptr;
};

JET_ERR commit(SessionCall& call, const CommitRequest& request) {
  Session& session = call.session();
  if (const JET_ERR err = session.may_close_level(this_thread()); err != JET_errSuccess) return err;
  if (session.outermost() && !session.read_only()) {
    Storage& storage = *call.instance().storage;
    // Nobody would bring a lazy commit to disk later, so that one with a limit is not lazy.
    const bool is_lazy = request.durable_ms == 0 && lazy(call, request.grbit);
    std::uint64_t number = 0;
    const JET_ERR err = storage.commit(session.number(), session.commit_records(), is_lazy, number);
    if (err != JET_errSuccess) return withdraw_if_broken(call, err);
    if (request.id != nullptr && storage.logging()) {
      *request.id = {storage.log_signature(), 0, static_cast<std::int64_t>(number)};
    }
  }
  session.close_level();
  call.publish_transaction();
  return JET_errSuccess;
}

}  // namespace

JET_ERR JetBeginTransaction(JET_SESID sesid) { return JetBeginTransaction2(sesid, 0); }

// The number is the application's to recognise the transaction by, and nothing here shows transactions.
JET_ERR JetBeginTransaction3(JET_SESID sesid, int64_t, JET_GRBIT grbit) { return JetBeginTransaction2(sesid, grbit); }

JET_ERR JetBeginTransaction2(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call;
  JET_ERR err = call.enter(sesid, Stopped::refused, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if ((grbit & ~JET_bitTransactionReadOnly) != 0) return JET_errInvalidGrbit;
  err = call.session().begin_transaction(this_thread(), grbit);
  if (err == JET_errSuccess) call.publish_transaction();
  return err;
}

JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  return JetCommitTransaction2(sesid, grbit, 0, nullptr);
}

JET_ERR JetCommitTransaction2(JET_SESID sesid, JET_GRBIT grbit, uint32_t cmsecDurableCommit, JET_COMMIT_ID* pCommitId) {
  SessionCall call;
  const JET_ERR err = call.enter(sesid, Stopped::refused, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if (grbit == JET_bitWaitLastLevel0Commit || grbit == JET_bitWaitAllLevel0Commit) return wait_for_log(call);
  if ((grbit & ~JET_bitCommitLazyFlush) != 0) return JET_errInvalidGrbit;
  return commit(call, {grbit, cmsecDurableCommit, pCommitId});
}

JET_ERR JetRollback(JET_SESID sesid, JET_GRBIT grbit) {
  SessionCall call;
  JET_ERR err = call.enter(sesid, Stopped::refused_after_all, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  if ((grbit & ~JET_bitRollbackAll) != 0) return JET_errInvalidGrbit;
  err = call.session().may_close_level(this_thread());
  if (err != JET_errSuccess) return err;
  const bool all = (grbit & JET_bitRollbackAll) != 0;
  if (all || call.session().outermost()) {
    if (err = log_rollback(call); err != JET_errSuccess) return err;
  }
  if (all) {
    call.session().close_all_levels();
  } else {
    call.session().close_level();
  }
  call.publish_transaction();
  return JET_errSuccess;
}
