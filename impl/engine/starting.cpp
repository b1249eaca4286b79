#include "engine/starting.hpp"

#include <utility>

#include "engine/paths.hpp"
#include "engine/registry.hpp"

namespace esent {

namespace {

// What is the same for all instances.
void read_defaults(StorageOptions& options) {
  const std::lock_guard lock(registry().mutex);
  const Parameters& defaults = registry().defaults;
  options.retry_ms = defaults.integer(JET_paramAccessDeniedRetryPeriod);
  options.databases.page_size = static_cast<std::uint32_t>(defaults.integer(JET_paramDatabasePageSize));
  options.databases.one_per_session = defaults.flag(JET_paramOneDatabasePerSession);
}

}  // namespace

JET_ERR Starting::prepare(const StartOptions& wanted) {
  Instance& instance = pin_.instance();
  StorageOptions options;
  read_defaults(options);
  ClaimedPaths paths;
  std::uint32_t limit;
  {
    const std::lock_guard lock(instance.parameters_mutex);
    const JET_ERR err = find_files(instance.parameters, options, paths);
    if (err != JET_errSuccess) return err;
    limit = static_cast<std::uint32_t>(instance.parameters.integer(JET_paramMaxSessions));
    create_folders_ = instance.parameters.flag(JET_paramCreatePathIfNotExist);
  }
  if (wanted.force_recovery) options.recovery = true;
  options.truncate_after_recovery = wanted.truncate_logs;
  options.ignore_missing_databases = wanted.ignore_missing_databases;
  options.places.moved = wanted.moved_databases;
  if (wanted.database_folder) {
    const JET_ERR err = find_folder(*wanted.database_folder, create_folders_, options.places.folder);
    if (err != JET_errSuccess) return err;
  }
  if (const JET_ERR err = registry().claim(pin_.place().number, std::move(paths)); err != JET_errSuccess) return err;
  claimed_ = true;
  instance.session_places = session_table().take(limit + 1, pin_.place().number);
  for (std::uint32_t i = limit; i != 0; --i) {
    const std::uint32_t number = instance.session_places[i - 1];
    pin_.place().push_free_session(session_table().at(number), number);
  }
  instance.storage = std::make_unique<Storage>(std::move(options));
  if (const JET_ERR err = instance.storage->lock(); err != JET_errSuccess) return err;
  return callback_session_.begin(pin_.place(), instance.callback_session_place());
}

void Starting::commit() noexcept {
  callback_session_.end();
  committed_ = true;
}

Starting::~Starting() {
  if (committed_) return;
  callback_session_.end();
  release_started(pin_, claimed_);
}

void release_started(Pin& pin, bool claimed) noexcept {
  pin.instance().storage.reset();
  end_sessions(pin.place());
  if (claimed) registry().release(pin.place().number);
}

}  // namespace esent
