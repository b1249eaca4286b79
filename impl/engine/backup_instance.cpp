#include <climits>

#include "engine/backup_restore.hpp"
#include "engine/gate.hpp"
#include "engine/instance.hpp"
#include "engine/paths.hpp"
#include "engine/registry.hpp"
#include "engine/session_call.hpp"
#include "storage/backup.hpp"

namespace esent {
namespace {

// The time during which an instance has a backup: one at a time, and JetTerm knows about it.
class BackupTime {
 public:
  BackupTime() = default;
  BackupTime(const BackupTime&) = delete;
  BackupTime& operator=(const BackupTime&) = delete;
  ~BackupTime() {
    if (!entered_) return;
    pin_.instance().backup_thread = no_thread;
    pin_.place().word.fetch_and(~(InstanceWord::backup | InstanceWord::backup_stopped));
  }

  JET_ERR enter(JET_INSTANCE instance) noexcept {
    const JET_ERR err = pin_.enter(instance, JET_errInvalidParameter, backup_gate,
                                   [](InstanceWord word) { return InstanceWord{word.bits | InstanceWord::backup}; });
    entered_ = err == JET_errSuccess;
    if (entered_) pin_.instance().backup_thread = this_thread();
    return err;
  }
  const Pin& pin() const noexcept { return pin_; }

 private:
  Pin pin_;
  bool entered_ = false;
};

JET_ERR read_options(Instance& instance, const std::optional<std::string>& folder, JET_GRBIT grbit,
                     BackupOptions& options) {
  if (!instance.storage->logging()) return JET_errLoggingDisabled;
  options.incremental = (grbit & JET_bitBackupIncremental) != 0;
  options.atomic = (grbit & JET_bitBackupAtomic) != 0;
  if (options.incremental && instance.storage->options().circular) return JET_errInvalidBackup;
  if (!folder) return JET_errSuccess;
  if (folder->size() >= PATH_MAX) return JET_errInvalidParameter;
  if (folder->empty() || has_forbidden_character(*folder)) return JET_errInvalidPath;
  const std::lock_guard lock(instance.parameters_mutex);
  return find_folder(*folder, instance.parameters.flag(JET_paramCreatePathIfNotExist), options.folder);
}

JET_ERR why_to_stop(InstanceWord word) {
  if (word.phase() == Phase::terminating) return JET_errTermInProgress;
  return word.has(InstanceWord::backup_stopped) ? JET_errBackupAbortByServer : JET_errSuccess;
}

JET_ERR back_up_entered(JET_INSTANCE instance, const std::optional<std::string>& folder, JET_GRBIT grbit,
                        JET_PFNSTATUS callback) {
  if ((grbit & ~(JET_bitBackupIncremental | JET_bitBackupAtomic)) != 0) return JET_errInvalidGrbit;
  BackupTime time;
  if (const JET_ERR err = time.enter(instance); err != JET_errSuccess) return err;
  InstancePlace& place = time.pin().place();
  BackupOptions options;
  JET_ERR err = read_options(time.pin().instance(), folder, grbit, options);
  if (err != JET_errSuccess) return err;
  CallbackSession session;
  err = session.begin(place, time.pin().instance().callback_session_place());
  if (err != JET_errSuccess) return err;
  Status status(callback, session.sesid(), JET_snpBackup);
  err = back_up(*time.pin().instance().storage, options, status, [&place] { return why_to_stop(place.load()); });
  if (err == JET_errLogWriteFail) place.word.fetch_or(InstanceWord::unavailable);
  return err;
}

// The one instance of the legacy forms.
JET_ERR only_instance(JET_ERR if_none, JET_INSTANCE& instance) {
  const std::lock_guard lock(registry().mutex);
  if (registry().mode == Mode::multi) return JET_errRunningInMultiInstanceMode;
  instance = single_instance.load();
  return instance == 0 ? if_none : JET_errSuccess;
}

}  // namespace

JET_ERR backup_instance(JET_INSTANCE instance, const std::optional<std::string>& folder, JET_GRBIT grbit,
                        JET_PFNSTATUS callback) {
  return back_up_entered(meant_instance(instance), folder, grbit, callback);
}

JET_ERR backup_only_instance(const std::optional<std::string>& folder, JET_GRBIT grbit, JET_PFNSTATUS callback) {
  JET_INSTANCE instance = 0;
  if (const JET_ERR err = only_instance(JET_errNotInitialized, instance); err != JET_errSuccess) return err;
  return back_up_entered(instance, folder, grbit, callback);
}

JET_ERR stop_backup(JET_INSTANCE instance) noexcept {
  Pin pin;
  return pin.enter(meant_instance(instance), JET_errInvalidParameter, stop_gate, [](InstanceWord word) {
    return word.has(InstanceWord::backup) ? InstanceWord{word.bits | InstanceWord::backup_stopped} : word;
  });
}

JET_ERR stop_only_backup() {
  JET_INSTANCE instance = 0;
  if (const JET_ERR err = only_instance(JET_errInvalidParameter, instance); err != JET_errSuccess) return err;
  return stop_backup(instance);
}

}  // namespace esent
