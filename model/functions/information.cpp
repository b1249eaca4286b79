// JetGetInstanceInfo, JetGetInstanceMiscInfo, JetGetErrorInfoW, JetFreeBuffer: what the engine says of itself.
#include <algorithm>

#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;
namespace level = spec::level;

constexpr std::string_view crashes = "there is no place for the result; the engine writes and crashes";

// --- Instances ---

Holds no_place_for_list(const Context& c) {
  return must_if(c.call[0].kind == ArgumentKind::null || c.call[1].kind == ArgumentKind::null);
}

bool logs(const Instance& instance) {
  const std::string_view recovery = instance.parameters.text(Parameter::Recovery);
  return !(recovery.size() == 3 && (recovery[0] | 0x20) == 'o' && (recovery[1] | 0x20) == 'f');
}

/// "one(a.edb, b.edb)": the instance's name and, in the order of the alphabet, its databases without their folders.
std::string spell(const World& world, std::uint32_t position, bool with_databases) {
  std::vector<std::string> names;
  for (const Database& database : world.databases)
    if (with_databases && database.attached && database.instance == InstanceId{position})
      names.push_back(database.path.substr(database.path.rfind('/') + 1));
  std::ranges::sort(names);
  std::string text = world.instances[position].name + '(';
  for (const std::string& name : names) text += (text.back() == '(' ? "" : ", ") + name;
  return text + ')';
}

void list(const World& world, Produced& produced, bool unlogged_as_well) {
  std::vector<std::string> instances;
  for (std::uint32_t i = 0; i < world.instances.size(); ++i)
    if (world.instances[i].phase != Phase::absent)
      instances.push_back(spell(world, i, unlogged_as_well || logs(world.instances[i])));
  std::ranges::sort(instances);
  produced.has_number = produced.has_text = true;
  produced.number = instances.size();
  produced.text.clear();
  for (const std::string& instance : instances) produced.text += (produced.text.empty() ? "" : " ") + instance;
}

/// "Running instances": whether one counts that was only created, or is on its way in or out, is not stated.
void list_running(World& world, const Call&, Produced& produced) {
  const bool all_run = std::ranges::all_of(world.instances, [](const Instance& instance) {
    return instance.phase == Phase::absent || instance.phase == Phase::running;
  });
  if (all_run) list(world, produced, true);
}

void list_all(World& world, const Call&, Produced& produced) { list(world, produced, false); }

constexpr auto instance_info_clauses = clauses({
    {.code = Code::errInvalidParameter, .guard = no_place_for_list},
    {.code = Code::errInternalError,
     .guard = [](const Context& c) { return must_if(c.world.lock_kept); },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "LockKept",
     .reason = "an earlier JetGetSystemParameter with a bad handle has kept a lock of the process",
     .ending = Ending::hangs},
    {.code = Code::errOutOfMemory, .guard = memory_refused},
    {.code = Code::errSuccess,
     .guard = [](const Context&) { return Holds::must; },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "All",
     .reason = "created instances are listed, databases without logging are not",
     .effect = list_all},
    {.code = Code::errSuccess, .guard = nullptr, .effect = list_running},
});

// --- Misc ---

constexpr std::uint64_t signature_size = 28;

std::uint64_t misc_size(const Call& call) { return call[2].number & 0xffffffff; }
std::uint64_t misc_level(const Call& call) { return call[3].number & 0xffffffff; }

/// Two pages contradict each other for an instance whose service was stopped: that of JetStopService refuses all calls but
/// six, this one has no code for it. So has it none for a fatal error.
template <Guard holds>
Holds if_engine(const Context& c) {
  const Holds held = holds(c);
  return held == Holds::must && c.profile.reading == Reading::documented ? Holds::may : held;
}

constexpr auto misc_state = [] {
  auto list = outside_table(instance_state);
  for (Clause& clause : list) {
    if (clause.code == Code::errClientRequestToStopJetService) clause.guard = if_engine<stopped>;
    if (clause.code == Code::errInstanceUnavailable) clause.guard = if_engine<unavailable>;
  }
  return list;
}();

Holds not_online(const Context& c) { return must_if(c.instance != nullptr && c.instance->phase != Phase::running); }

constexpr auto misc_info_clauses = join(
    outside_table(outside_table(instance_handle, Code::errNotInitialized), Code::errInvalidInstance), misc_state,
    clauses({
        {.code = Code::errInvalidParameter,
         .guard = not_online,
         .readings = documented_only,
         .name = "NotOnline",
         .reason = "the page: the instance must be online; of its codes only this one fits. The engine has others"},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) {
               constexpr std::uint64_t beyond = 16;
               if (c.instance == nullptr || misc_level(c.call) == level::InstanceMiscInfoLogSignature) return Holds::no;
               return misc_level(c.call) > beyond ? Holds::must : Holds::may;
             },
         .name = "Level",
         .reason = "one level is documented; later releases have a few more"},
        {.code = Code::errBufferTooSmall,
         .guard =
             [](const Context& c) {
               if (c.instance == nullptr) return Holds::no;
               if (misc_level(c.call) != level::InstanceMiscInfoLogSignature) return Holds::may;
               return must_if(misc_size(c.call) < signature_size);
             }},
        {.code = Code::errInvalidParameter,
         .guard = [](const Context& c) { return must_if(c.call[1].kind == ArgumentKind::null); },
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "NullResult",
         .reason = crashes},
        {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
        {.code = Code::errSuccess, .guard = nullptr},
    }));

// --- Errors ---

constexpr std::uint64_t basic_info_size = 152;  ///< JET_ERRINFOBASIC_W
constexpr std::uint16_t error_value_at = 4;

std::int32_t asked_error(const Call& call) { return static_cast<std::int32_t>(call[0].number); }

/// The engine knows more errors than these pages list, but none so far from zero.
Holds unknown_error(const Context& c) {
  constexpr std::int64_t beyond = 10000;
  if (c.call[0].kind == ArgumentKind::null) return Holds::no;
  const std::int32_t error = asked_error(c.call);
  if (error == 0 || spec::row(static_cast<Code>(error)) != nullptr) return Holds::no;
  return std::int64_t{error} > beyond || std::int64_t{error} < -beyond ? Holds::must : Holds::may;
}

void echo_error(World&, const Call& call, Produced& produced) {
  produced.has_value = true;
  produced.value_at = error_value_at;
  produced.value = static_cast<std::uint32_t>(call[0].number);
}

constexpr auto error_info_clauses = clauses({
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if((c.call[3].number & 0xffffffff) != level::ErrorInfoSpecificErr); },
     .name = "Level"},
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(c.call[0].kind == ArgumentKind::null); },
     .basis = Basis::silent,
     .name = "NullContext",
     .reason = "no error to tell about; optional on the page, but not for the one documented level"},
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if((c.call[4].number & 0xffffffff) != 0); },
     .name = "Grbit"},
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if((c.call[2].number & 0xffffffff) < basic_info_size); },
     .readings = documented_only,
     .name = "Size",
     .reason = "the engine gives InvalidBufferSize"},
    {.code = Code::errInvalidBufferSize,
     .guard = [](const Context& c) { return must_if((c.call[2].number & 0xffffffff) < basic_info_size); },
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = "the page gives InvalidParameter"},
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(c.call[1].kind == ArgumentKind::null); },
     .readings = documented_only,
     .basis = Basis::silent,
     .name = "NullResult",
     .reason = crashes},
    {.code = Code::errInternalError,
     .guard = [](const Context& c) { return must_if(c.call[1].kind == ArgumentKind::null); },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "NullResult",
     .reason = crashes,
     .ending = Ending::crashes},
    {.code = Code::errInvalidParameter,
     .guard = unknown_error,
     .name = "Unknown",
     .reason = "certain only for values that are far from every error's"},
    {.code = Code::errDisabledFunctionality,
     .guard = never,
     .readings = documented_only,
     .reason = "given by editions of Windows that lack the function; no other system has editions"},
    {.code = Code::errSuccess, .guard = nullptr, .effect = echo_error},
});

// --- Free ---

constexpr auto free_buffer_clauses = clauses({
    {.code = Code::errSuccess, .guard = nullptr},
});

}  // namespace

std::span<const FunctionModel> information_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetGetInstanceInfo, Addressing::process,
                    &evaluate<Addressing::process, instance_info_clauses>, instance_info_clauses},
      FunctionModel{Function::JetGetInstanceMiscInfo, Addressing::instance,
                    &evaluate<Addressing::instance, misc_info_clauses>, misc_info_clauses},
      FunctionModel{Function::JetGetErrorInfoW, Addressing::process, &evaluate<Addressing::process, error_info_clauses>,
                    error_info_clauses},
      FunctionModel{Function::JetFreeBuffer, Addressing::process, &evaluate<Addressing::process, free_buffer_clauses>,
                    free_buffer_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
