// JetEnableMultiInstance, JetCreateInstance, JetCreateInstance2: the mode of the process, and instances
// before JetInit.
#include <algorithm>

#include "model/functions/engine_parameters.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/parameter_values.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;
using spec::Release;

Holds single_mode(const Context& c) { return must_if(c.world.mode == Mode::single); }
Holds multi_mode(const Context& c) { return must_if(c.world.mode == Mode::multi); }

// --- JetEnableMultiInstance ---

template <SettingFault fault>
Holds some_setting(const Context& c) {
  for (const ParameterSetting& setting : c.call.settings)
    if (fault_of(setting) == fault) return may_if(c.world.mode == Mode::undecided);
  return Holds::no;
}

void enable_multi_instance(World& world, const Call& call, Produced& produced) {
  world.mode = Mode::multi;
  for (const ParameterSetting& setting : call.settings) store(world.globals, setting);
  produced.has_number = call[2].kind == ArgumentKind::pointer;
  produced.number = call.settings.size();
}

constexpr auto enable_multi_instance_clauses = clauses({
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(c.call[1].number != 0 && c.call[0].kind == ArgumentKind::null); },
     .basis = Basis::silent,
     .name = "NullArray",
     .reason = "a count without an array: the page lists no code for a bad argument"},
    {.code = Code::errRunningInOneInstanceMode, .guard = single_mode},
    {.code = Code::errSystemParameterConflict,
     .guard = [](const Context& c) { return may_if(c.world.mode == Mode::multi); },
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = "when an entry differs from what was set the first time"},
    {.code = Code::errSystemParamsAlreadySet, .guard = multi_mode},
    {.code = Code::errInvalidParameter,
     .guard = some_setting<SettingFault::refused>,
     .basis = Basis::rule,
     .name = "Setting",
     .reason = "whatever JetSetSystemParameter would say of an entry"},
    {.code = Code::errInvalidParameter,
     .guard =
         [](const Context& c) {
           return must_if(c.world.mode == Mode::undecided &&
                          std::ranges::any_of(c.call.settings, [](const ParameterSetting& setting) {
                            return !engine::is_known(setting.parameter);
                          }));
         },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "Unknown",
     .reason = "the first entry that cannot be set ends the call"},
    {.code = Code::errInvalidPath, .guard = some_setting<SettingFault::path>},
    {.code = Code::errIndexTuplesInvalidLimits,
     .guard = some_setting<SettingFault::tuple_limits>,
     .since = Release::windows_xp},
    {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
    {.code = Code::errSuccess, .guard = nullptr, .effect = enable_multi_instance},
});

// --- JetCreateInstance ---

bool named_like(const Instance& instance, const Argument& name) {
  if (instance.phase == Phase::absent) return false;
  const bool has_name = name.kind == ArgumentKind::text;
  return has_name == instance.has_name && (!has_name || name.text == instance.name);
}

Holds name_in_use(const Context& c) {
  const Argument& name = c.call[1];
  if (c.profile.reading != Reading::documented) {
    // A new empty name is taken for none that could clash; that of an instance is one like NULL.
    if (name.kind != ArgumentKind::text) return must_if(std::ranges::any_of(c.world.instances, is_nameless));
    if (name.text.empty()) return Holds::no;
  }
  return must_if(std::ranges::any_of(c.world.instances, [&](const Instance& i) { return named_like(i, name); }));
}

Holds too_many(const Context& c) {
  return must_if(instance_count(c.world) >= c.world.globals.number(Parameter::MaxInstances));
}

void create_instance(World& world, const Call& call, Produced& produced) {
  world.mode = Mode::multi;
  const Argument& name = call[1];
  produced.handle = handle_of(add_instance(world, name.text, name.kind == ArgumentKind::text));
}

constexpr auto create_instance_clauses = clauses({
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(c.call[0].kind == ArgumentKind::null); },
     .name = "NullOut"},
    {.code = Code::errRunningInOneInstanceMode, .guard = single_mode},
    {.code = Code::errTooManyInstances, .guard = too_many},
    {.code = Code::errInstanceNameInUse, .guard = name_in_use},
    {.code = Code::errOutOfMemory,
     .guard = memory_refused,
     .basis = Basis::prose,
     .reason = "named in the text: what the first instance of a process sets up may fail"},
    {.code = Code::errSuccess, .guard = nullptr, .effect = create_instance},
});

}  // namespace

std::span<const FunctionModel> instance_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetEnableMultiInstance, Addressing::process,
                    &evaluate<Addressing::process, enable_multi_instance_clauses>, enable_multi_instance_clauses},
      FunctionModel{Function::JetCreateInstance, Addressing::process,
                    &evaluate<Addressing::process, create_instance_clauses>, create_instance_clauses},
      FunctionModel{Function::JetCreateInstance2, Addressing::process,
                    &evaluate<Addressing::process, create_instance_clauses>, create_instance_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
