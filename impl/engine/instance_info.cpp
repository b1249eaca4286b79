#include "engine/instance_info.hpp"

#include "engine/gate.hpp"
#include "engine/instance.hpp"
#include "engine/registry.hpp"

namespace esent {

std::vector<RunningInstance> running_instances() {
  std::vector<RunningInstance> all;
  Registry& process = registry();
  const std::lock_guard lock(process.mutex);
  for (const InstanceRecord& record : process.instances) {
    InstancePlace* place = instance_place(record.place);
    Pin pin;
    // The record is there, so the place is the right one.
    if (pin.enter_place(*place, stop_gate) != JET_errSuccess) continue;
    const JET_INSTANCE handle = encode({Kind::instance, record.place, place->load().generation()});
    all.push_back({handle, record.name, pin.instance().storage->databases().paths()});
  }
  return all;
}

JET_ERR get_log_signature(JET_INSTANCE instance, JET_SIGNATURE& signature) {
  Pin pin;
  const JET_ERR err = pin.enter(meant_instance(instance), JET_errInvalidParameter, [](InstanceWord word) -> JET_ERR {
    return word.phase() == Phase::running ? JET_errSuccess : JET_errInvalidParameter;
  });
  if (err == JET_errSuccess) signature = pin.instance().storage->log_signature();
  return err;
}

}  // namespace esent
