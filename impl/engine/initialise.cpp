#include "engine/lifecycle.hpp"
#include "engine/path_text.hpp"
#include "engine/registry.hpp"
#include "engine/starting.hpp"

namespace esent {
namespace {

constexpr JET_GRBIT init_options = JET_bitReplayIgnoreMissingDB | JET_bitRecoveryWithoutUndo |
                                   JET_bitTruncateLogsAfterRecovery | JET_bitReplayMissingMapEntryDB |
                                   JET_bitLogStreamMustExist | JET_bitReplayIgnoreLostLogs;

// Which instance the caller means; makes the one of single-instance mode on first use (jetinit-function).
JET_ERR choose_instance(const JET_INSTANCE* pinstance, JET_INSTANCE& handle, bool& made) {
  Registry& process = registry();
  const std::lock_guard lock(process.mutex);
  const bool named = pinstance != nullptr && !names_nothing(*pinstance);
  switch (process.mode) {
    case Mode::multi:
      if (pinstance == nullptr) return JET_errRunningInMultiInstanceMode;
      if (!named) return JET_errInvalidParameter;
      handle = *pinstance;
      return JET_errSuccess;
    case Mode::single:
      handle = single_instance;
      return named && *pinstance != handle ? JET_errInvalidParameter : JET_errSuccess;
    case Mode::undecided: break;
  }
  if (named) return JET_errInvalidParameter;
  if (const JET_ERR err = process.create(std::nullopt, {}, handle); err != JET_errSuccess) return err;
  process.mode = Mode::single;
  single_instance = handle;
  made = true;
  return JET_errSuccess;
}

// As the log has it, if the folder is there.
std::string absolute(const std::string& path) {
  std::string native = native_path(path);
  std::string resolved;
  return resolve_file(native, resolved) == 0 ? resolved : native;
}

// Runs inside the phase `initialising`.
JET_ERR start(Pin& pin, const InitRequest& request) {
  Starting starting(pin);
  StartOptions options;
  options.truncate_logs = (request.grbit & JET_bitTruncateLogsAfterRecovery) != 0;
  options.ignore_missing_databases = (request.grbit & JET_bitReplayIgnoreMissingDB) != 0;
  for (const auto& [from, to] : request.moved_databases) options.moved_databases[absolute(from)] = absolute(to);
  JET_ERR err = starting.prepare(options);
  if (err != JET_errSuccess) return err;
  Status status(request.callback, starting.callback_session(), JET_snpRestore);
  err = starting.storage().start(status);
  if (err != JET_errSuccess) {
    status.fail();
    return err;
  }
  starting.commit();
  return JET_errSuccess;
}

JET_ERR start_or_fail(Pin& pin, const InitRequest& request) noexcept {
  try {
    return start(pin, request);
  } catch (const std::bad_alloc&) {
    return JET_errOutOfMemory;
  } catch (...) {
    return JET_errInternalError;
  }
}

// The implicit instance of a failed JetInit is not left behind: nobody could free it, since a failed JetInit
// must not be followed by JetTerm (jetinit3-function).
void discard(Pin& pin) noexcept {
  pin.place().set_phase(Phase::terminating);
  wait_until_alone(pin);
  registry().remove(pin);
}

}  // namespace

JET_ERR initialise(JET_INSTANCE* pinstance, const InitRequest& request) {
  if ((request.grbit & ~init_options) != 0) return JET_errInvalidGrbit;
  JET_INSTANCE handle = 0;
  bool made = false;
  if (const JET_ERR err = choose_instance(pinstance, handle, made); err != JET_errSuccess) return err;
  Pin pin;
  JET_ERR err = pin.enter(handle, JET_errInvalidParameter, initialisation_gate,
                          [](InstanceWord word) { return word.with(Phase::initialising); });
  if (err != JET_errSuccess) return err;
  err = start_or_fail(pin, request);
  if (err == JET_errSuccess) {
    ++initialised_instances;
    if (pinstance != nullptr) *pinstance = handle;
    pin.place().set_phase(Phase::running);
  } else if (made) {
    discard(pin);
  } else {
    pin.place().set_phase(Phase::created);
  }
  return err;
}

}  // namespace esent
