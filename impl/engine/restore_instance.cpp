#include "engine/backup_restore.hpp"
#include "engine/lifecycle.hpp"
#include "engine/paths.hpp"
#include "engine/registry.hpp"
#include "engine/starting.hpp"
#include "storage/restore.hpp"

namespace esent {
namespace {

// Sets the instance back to created, whatever happened.
class RestoreTime {
 public:
  explicit RestoreTime(Pin& pin) noexcept : pin_(pin) {}
  RestoreTime(const RestoreTime&) = delete;
  RestoreTime& operator=(const RestoreTime&) = delete;
  ~RestoreTime() { pin_.place().set_phase(Phase::created); }

 private:
  Pin& pin_;
};

JET_ERR run(Starting& starting, const std::string& folder, Status& status) {
  JET_ERR err = status.begin();
  if (err != JET_errSuccess) return err;
  err = copy_backup(folder, starting.storage().options(), status);
  if (err != JET_errSuccess) return err;
  // The callback hears of the restore as one call, not of the replay inside it once more.
  Status quiet(nullptr, JET_sesidNil, JET_snpRestore);
  err = starting.storage().start(quiet);
  if (err == JET_errSuccess) err = starting.storage().finish();
  return err == JET_errSuccess ? status.complete() : err;
}

JET_ERR choose_instance(JET_INSTANCE& instance) {
  const std::lock_guard lock(registry().mutex);
  if (registry().mode == Mode::multi && names_nothing(instance)) return JET_errRunningInMultiInstanceMode;
  instance = meant_instance(instance);
  return JET_errSuccess;
}

JET_ERR restore_pinned(Pin& pin, const std::string& folder, const std::optional<std::string>& destination,
                       JET_PFNSTATUS callback) {
  const RestoreTime time(pin);
  std::string source;
  const bool named = !folder.empty() && !has_forbidden_character(folder);
  JET_ERR err = named ? find_folder(folder, false, source) : JET_errInvalidPath;
  if (err != JET_errSuccess) return err;
  Starting starting(pin);
  StartOptions options;
  options.force_recovery = true;
  options.database_folder = destination;
  err = starting.prepare(options);
  if (err != JET_errSuccess) return err;
  BackupList list;
  err = read_backup_list(source, starting.storage().options().names, list);
  if (err != JET_errSuccess) return err;
  Status status(callback, starting.callback_session(), JET_snpRestore);
  err = run(starting, source, status);
  if (err != JET_errSuccess) status.fail();
  return err;
}

JET_ERR enter(JET_INSTANCE instance, Pin& pin) noexcept {
  return pin.enter(instance, JET_errInvalidParameter, restore_gate,
                   [](InstanceWord word) { return word.with(Phase::restoring); });
}

// Makes the instance of single-instance mode for a restore, or finds it.
JET_ERR choose_only_instance(JET_INSTANCE& instance, bool& made) {
  Registry& process = registry();
  const std::lock_guard lock(process.mutex);
  if (process.mode == Mode::multi) return JET_errRunningInMultiInstanceMode;
  instance = single_instance.load();
  if (process.mode == Mode::single) return JET_errSuccess;
  if (const JET_ERR err = process.create(std::nullopt, {}, instance); err != JET_errSuccess) return err;
  process.mode = Mode::single;
  single_instance = instance;
  made = true;
  return JET_errSuccess;
}

// Frees the instance of a legacy restore, also when memory was refused.
class Temporary {
 public:
  Temporary(Pin& pin, bool made) noexcept : pin_(pin), made_(made) {}
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (!made_) return;
    // A JetInit that found it in the meantime keeps it.
    const JET_ERR taken = pin_.place().update(
        [](InstanceWord word) { return word.phase() == Phase::created ? JET_errSuccess : JET_errInitInProgress; },
        [](InstanceWord word) { return word.with(Phase::terminating); });
    if (taken != JET_errSuccess) return;
    wait_until_alone(pin_);
    registry().remove(pin_);
  }

 private:
  Pin& pin_;
  const bool made_;
};

}  // namespace

JET_ERR restore_instance(JET_INSTANCE instance, const std::optional<std::string>& folder,
                         const std::optional<std::string>& destination, JET_PFNSTATUS callback) {
  if (!folder) return JET_errInvalidParameter;
  if (const JET_ERR err = choose_instance(instance); err != JET_errSuccess) return err;
  Pin pin;
  const JET_ERR err = enter(instance, pin);
  return err != JET_errSuccess ? err : restore_pinned(pin, *folder, destination, callback);
}

JET_ERR restore_only_instance(const std::optional<std::string>& folder, const std::optional<std::string>& destination,
                              JET_PFNSTATUS callback) {
  if (!folder) return JET_errInvalidParameter;
  JET_INSTANCE instance = 0;
  bool made = false;
  if (const JET_ERR err = choose_only_instance(instance, made); err != JET_errSuccess) return err;
  Pin pin;
  const JET_ERR err = enter(instance, pin);
  // Nobody has the handle of an instance that was just made, but in single-instance mode a JetInit may have come first.
  if (err != JET_errSuccess) return err;
  const Temporary temporary(pin, made);
  return restore_pinned(pin, *folder, destination, callback);
}

}  // namespace esent
