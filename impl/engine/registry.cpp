#include "engine/registry.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "engine/instance.hpp"
#include "engine/session_call.hpp"

namespace esent {

constinit std::atomic<JET_INSTANCE> single_instance{0};
constinit std::atomic<std::uint32_t> initialised_instances{0};

Registry& registry() {
  // Never destroyed: threads may still call while the process ends.
  static Registry& one = *new Registry();
  return one;
}

JET_ERR Registry::create(std::optional<std::string> name, std::string display_name, JET_INSTANCE& handle) {
  for (const InstanceRecord& other : instances) {
    if (other.name == name) return JET_errInstanceNameInUse;
  }
  if (instances.size() >= defaults.integer(JET_paramMaxInstances)) return JET_errTooManyInstances;
  std::uint32_t place = 0;
  while (std::ranges::any_of(instances, [&](const InstanceRecord& other) { return other.place == place; })) ++place;
  // Whatever can fail comes before the first visible change.
  instances.reserve(instances.size() + 1);
  auto instance = std::make_unique<Instance>(defaults);
  InstancePlace& made = make_instance_place(place);
  made.instance = instance.release();
  made.set_phase(Phase::created);
  instances.push_back({place, std::move(name), std::move(display_name), std::nullopt});
  handle = encode({Kind::instance, place, made.load().generation()});
  return JET_errSuccess;
}

void Registry::remove(Pin& pin, bool was_initialised) noexcept {
  InstancePlace& place = pin.place();
  const std::lock_guard lock(mutex);
  // The handle ends here, and with it the flags, the caller's pin, and what the handles of sessions name. The place is not
  // given out again before all that belonged to it is gone, since that needs the mutex.
  place.word.store(next_generation(place.load().generation()) << InstanceWord::generation_shift);
  pin.forget();
  if (was_initialised) --initialised_instances;
  end_sessions(place);
  delete std::exchange(place.instance, nullptr);
  std::erase_if(instances, [&](const InstanceRecord& record) { return record.place == place.number; });
  if (instances.empty()) {
    mode = Mode::undecided;
    single_instance = 0;
  }
}

JET_ERR Registry::claim(std::uint32_t place, ClaimedPaths paths) {
  const std::lock_guard lock(mutex);
  InstanceRecord* mine = nullptr;
  for (InstanceRecord& other : instances) {
    if (other.place == place) {
      mine = &other;
    } else if (other.paths) {
      if (other.paths->system == paths.system) return JET_errSystemPathInUse;
      if (other.paths->log == paths.log) return JET_errLogFilePathInUse;
      if (!paths.temporary.empty() && other.paths->temporary == paths.temporary) return JET_errTempPathInUse;
    }
  }
  mine->paths = std::move(paths);
  return JET_errSuccess;
}

void Registry::release(std::uint32_t place) noexcept {
  const std::lock_guard lock(mutex);
  for (InstanceRecord& record : instances) {
    if (record.place == place) record.paths.reset();
  }
}

}  // namespace esent
