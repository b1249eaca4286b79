#include "engine/backup_restore.hpp"
#include "engine/paths.hpp"
#include "engine/registry.hpp"
#include "engine/starting.hpp"
#include "storage/backup.hpp"

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

}  // namespace

JET_ERR restore_instance(JET_INSTANCE instance, const std::optional<std::string>& folder,
                         const std::optional<std::string>& destination, JET_PFNSTATUS callback) {
  if (!folder) return JET_errInvalidParameter;
  if (const JET_ERR err = choose_instance(instance); err != JET_errSuccess) return err;
  Pin pin;
  JET_ERR err = pin.enter(instance, JET_errInvalidParameter, restore_gate,
                          [](InstanceWord word) { return word.with(Phase::restoring); });
  if (err != JET_errSuccess) return err;
  const RestoreTime time(pin);
  std::string source;
  err = folder->empty() ? JET_errInvalidPath : find_folder(*folder, false, source);
  if (err != JET_errSuccess) return err;
  Starting starting(pin);
  err = starting.prepare(true, false);
  if (err != JET_errSuccess) return err;
  if (destination) {
    std::string databases;
    err = find_folder(*destination, starting.create_folders(), databases);
    if (err != JET_errSuccess) return err;
  }
  BackupList list{};
  err = read_backup_list(source, starting.storage().options().names, list);
  if (err != JET_errSuccess) return err;
  Status status(callback, starting.callback_session(), JET_snpRestore);
  err = run(starting, source, status);
  if (err != JET_errSuccess) status.fail();
  return err;
}

}  // namespace esent
