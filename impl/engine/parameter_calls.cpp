#include "engine/parameter_calls.hpp"

#include "engine/error_text.hpp"
#include "engine/instance.hpp"
#include "engine/registry.hpp"
#include "engine/session_call.hpp"

namespace esent {
namespace {

// Whose value a call means.
struct Target {
  Pin pin;  // entered if it is an instance
  bool instance = false;
  bool session = false;
  FoundSession found{};
};

// jetsetsystemparameter-function: a session overrides the instance argument; without either the defaults are
// meant, and in single-instance mode the one instance.
JET_ERR choose(JET_INSTANCE instance, JET_SESID sesid, Target& target) noexcept {
  if (!names_nothing(sesid)) {
    target.instance = target.session = true;
    return pin_instance_of(sesid, target.pin, target.found, bad_session, session_parameter_gate);
  }
  const JET_INSTANCE meant = meant_instance(instance);
  if (names_nothing(meant)) return JET_errSuccess;
  target.instance = true;
  return target.pin.enter(meant, JET_errInvalidInstance, parameter_gate);
}

constexpr std::uint64_t value_mask = 0xFFFFFFFF;

std::atomic<std::uint64_t>& session_value(const ParameterRow& row, SessionPlace& place) {
  return row.id == JET_paramCommitDefault ? place.commit_default : place.wait_log_flush;
}

JET_ERR set_of_session(const ParameterRow& row, const FoundSession& found, const ParameterValue& value) {
  if (const JET_ERR err = check_parameter(row, value); err != JET_errSuccess) return err;
  session_value(row, *found.place).store(tagged(found.generation, static_cast<std::uint32_t>(value.integer)));
  return JET_errSuccess;
}

JET_ERR set_of_instance(const ParameterRow& row, Pin& pin, const ParameterValue& value) {
  Instance& instance = pin.instance();
  const std::lock_guard lock(instance.parameters_mutex);
  // JetInit reads the parameters under the same mutex, after it closed the phase.
  const InstanceWord word = pin.place().load();
  if (const JET_ERR err = parameter_gate(word); err != JET_errSuccess) return err;
  if (row.frozen == Frozen::when_created) return JET_errAlreadyInitialized;
  if (row.frozen == Frozen::when_initialised && word.phase() == Phase::running) return JET_errAlreadyInitialized;
  if (const JET_ERR err = instance.parameters.set(row, value, false); err != JET_errSuccess) return err;
  instance.commit_default = static_cast<JET_GRBIT>(instance.parameters.integer(JET_paramCommitDefault));
  if (word.phase() == Phase::running && row.id == JET_paramCheckpointDepthMax) {
    instance.storage->set_checkpoint_depth(value.integer);
  }
  return JET_errSuccess;
}

}  // namespace

JET_ERR set_default(std::uint32_t id, const ParameterValue& value) {
  const ParameterRow* row = find_parameter(id);
  if (row == nullptr || row->frozen == Frozen::always) return JET_errInvalidParameter;
  Registry& process = registry();
  if (row->frozen == Frozen::when_created && !process.instances.empty()) return JET_errAlreadyInitialized;
  if (row->frozen == Frozen::when_initialised && row->scope == Scope::global && initialised_instances != 0) {
    return JET_errAlreadyInitialized;
  }
  return process.defaults.set(*row, value, true);
}

JET_ERR set_parameter(const JET_INSTANCE* pinstance, JET_SESID sesid, std::uint32_t id, const ParameterValue& value) {
  Target target;
  const JET_INSTANCE instance = pinstance == nullptr ? 0 : *pinstance;
  if (const JET_ERR err = choose(instance, sesid, target); err != JET_errSuccess) return err;
  const ParameterRow* row = find_parameter(id);
  if (row == nullptr || row->frozen == Frozen::always) return JET_errInvalidParameter;
  // A parameter of the process is set for the process, whichever instance is given: only Windows XP and
  // Windows Server 2003 refuse that (jetsetsystemparameter-function).
  if (!target.instance || row->scope == Scope::global) {
    const std::lock_guard lock(registry().mutex);
    return set_default(id, value);
  }
  if (target.session && row->scope == Scope::session) return set_of_session(*row, target.found, value);
  return set_of_instance(*row, target.pin, value);
}

JET_ERR get_parameter(JET_INSTANCE instance, JET_SESID sesid, std::uint32_t id, StoredParameter& stored) {
  Target target;
  if (const JET_ERR err = choose(instance, sesid, target); err != JET_errSuccess) return err;
  const ParameterRow* row = find_parameter(id);
  if (row == nullptr) return JET_errInvalidParameter;
  // jetgetsystemparameter-function: an instance has no value of a parameter of the process, unless it is the
  // only one there can be.
  const bool single = single_instance.load() != 0;
  if (row->scope == Scope::global && target.instance && !single) return JET_errInvalidParameter;
  stored.type = row->type;
  if (row->type == Type::error_text) {
    stored.text = error_text(static_cast<JET_ERR>(stored.integer));
    return JET_errSuccess;
  }
  const auto copy = [&](const Parameters& values) {
    stored.integer = values.integer(id);
    stored.text = values.text(id);
  };
  if (target.instance && row->scope != Scope::global) {
    const std::lock_guard lock(target.pin.instance().parameters_mutex);
    copy(target.pin.instance().parameters);
  } else {
    const std::lock_guard lock(registry().mutex);
    copy(registry().defaults);
  }
  if (target.session && row->scope == Scope::session) {
    const std::uint64_t own = session_value(*row, *target.found.place);
    if (has_tag(own, target.found.generation)) stored.integer = own & value_mask;
  }
  return JET_errSuccess;
}

}  // namespace esent
