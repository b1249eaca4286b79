#include "engine/database_calls.hpp"

#include <climits>

#include "engine/instance.hpp"
#include "engine/path_text.hpp"
#include "engine/session_call.hpp"

namespace esent {
namespace {

constexpr JET_GRBIT create_options =
    JET_bitDbReadOnly | JET_bitDbRecoveryOff | JET_bitDbShadowingOff | JET_bitDbOverwriteExisting;
constexpr JET_GRBIT attach_options = JET_bitDbReadOnly | JET_bitDbExclusive | JET_bitDbDeleteCorruptIndexes;
constexpr JET_GRBIT open_options = JET_bitDbReadOnly | JET_bitDbExclusive;

JET_ERR read_path(const DatabasePath& path, std::string& native) {
  if (!path || path->empty() || path->size() >= PATH_MAX || has_forbidden_character(*path)) {
    return JET_errDatabaseInvalidPath;
  }
  native = native_path(*path);
  return JET_errSuccess;
}

bool session_is_live(std::uint64_t session) {
  FoundSession found{};
  return find_session(session, found) == JET_errSuccess;
}

// A stay in a session for a call about databases.
class DatabaseCall {
 public:
  JET_ERR enter(JET_SESID sesid, Stopped stopped) noexcept {
    return call_.enter(sesid, stopped, JET_errSessionSharingViolation);
  }
  bool in_transaction() const noexcept { return call_.session().in_transaction(); }
  Databases& databases() const noexcept { return call_.instance().storage->databases(); }
  DatabaseCaller caller() const noexcept { return {call_.session().number(), call_.session().databases()}; }
  bool backup_is_running() const noexcept { return call_.instance_place().load().has(InstanceWord::backup); }

  // A log that cannot be written takes the instance down with it.
  JET_ERR withdraw_if_broken(JET_ERR err) const noexcept {
    if (err == JET_errLogWriteFail) call_.instance_place().word.fetch_or(InstanceWord::unavailable);
    return err;
  }

 private:
  SessionCall call_;
};

}  // namespace

JET_ERR create_database(JET_SESID sesid, const DatabasePath& path, std::uint32_t pages_max, JET_DBID& dbid,
                        JET_GRBIT grbit) {
  DatabaseCall call;
  if (const JET_ERR err = call.enter(sesid, Stopped::refused); err != JET_errSuccess) return err;
  if ((grbit & ~create_options) != 0) return JET_errInvalidGrbit;
  if (pages_max > database_pages_max) return JET_errDatabaseInvalidPages;
  if (call.in_transaction()) return JET_errInTransaction;
  std::string native;
  if (const JET_ERR err = read_path(path, native); err != JET_errSuccess) return err;
  return call.withdraw_if_broken(call.databases().create(call.caller(), native, pages_max, grbit, dbid));
}

JET_ERR attach_database(JET_SESID sesid, const DatabasePath& path, JET_GRBIT grbit) {
  DatabaseCall call;
  if (const JET_ERR err = call.enter(sesid, Stopped::refused); err != JET_errSuccess) return err;
  constexpr JET_GRBIT contradiction = JET_bitDbReadOnly | JET_bitDbDeleteCorruptIndexes;
  if ((grbit & ~attach_options) != 0 || (grbit & contradiction) == contradiction) return JET_errInvalidGrbit;
  if (call.in_transaction()) return JET_errInTransaction;
  std::string native;
  if (const JET_ERR err = read_path(path, native); err != JET_errSuccess) return err;
  const auto backup = [&] { return call.backup_is_running(); };
  return call.withdraw_if_broken(call.databases().attach(call.caller(), native, grbit, backup));
}

JET_ERR detach_database(JET_SESID sesid, const DatabasePath& path, JET_GRBIT grbit) {
  DatabaseCall call;
  if (const JET_ERR err = call.enter(sesid, Stopped::allowed); err != JET_errSuccess) return err;
  if ((grbit & ~JET_bitForceCloseAndDetach) != 0) return JET_errInvalidGrbit;
  // jetdetachdatabase2-function: both ways to force it are refused where they are not supported, as here.
  if (grbit != 0) return JET_errForceDetachNotAllowed;
  if (call.in_transaction()) return JET_errInTransaction;
  const auto backup = [&] { return call.backup_is_running(); };
  const std::string native = !path || path->empty() ? std::string() : native_path(*path);
  return call.withdraw_if_broken(call.databases().detach(call.caller(), native, session_is_live, backup));
}

JET_ERR open_database(JET_SESID sesid, const DatabasePath& path, JET_DBID& dbid, JET_GRBIT grbit) {
  DatabaseCall call;
  if (const JET_ERR err = call.enter(sesid, Stopped::refused); err != JET_errSuccess) return err;
  if ((grbit & ~open_options) != 0) return JET_errInvalidGrbit;
  std::string native;
  if (const JET_ERR err = read_path(path, native); err != JET_errSuccess) return err;
  return call.databases().open(call.caller(), native, grbit, dbid);
}

JET_ERR close_database(JET_SESID sesid, JET_DBID dbid) {
  DatabaseCall call;
  const JET_ERR err = call.enter(sesid, Stopped::allowed);
  return err != JET_errSuccess ? err : call.databases().close(call.caller(), dbid);
}

}  // namespace esent
