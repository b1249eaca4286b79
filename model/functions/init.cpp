// JetInit, JetInit2, JetInit3: an instance starts to run. Their pages have no return-code table; the clauses
// come from the prose, from the list of all errors (paths in use) and from the engine.
#include <algorithm>

#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/instance_paths.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;

const Argument& pointer(const Context& c) { return c.call[0]; }

bool names_none(const Argument& argument) { return argument.kind == ArgumentKind::null || no_handle(argument.handle); }

/// Without a name JetInit makes the instance itself: the one of single-instance mode or, in the engine and given a
/// pointer to no handle, a nameless one among several.
bool makes_instance(const World& world, const Argument& argument) {
  return world.mode == Mode::undecided || names_none(argument);
}

constexpr std::string_view nameless = "in multi-instance mode the engine makes an instance for a handle of 0 or nil";

bool makes_nameless(const Context& c) {
  return c.world.mode == Mode::multi && pointer(c).kind != ArgumentKind::null && no_handle(pointer(c).handle);
}

Holds none_named_in_multi_mode(const Context& c) {
  return must_if(c.world.mode == Mode::multi && names_none(pointer(c)));
}

/// Outside multi-instance mode the engine does not look at what the pointer points to.
Holds unknown_instance(const Context& c) {
  const bool looked_at = c.profile.reading == Reading::documented || c.world.mode == Mode::multi;
  return must_if(looked_at && !names_none(pointer(c)) && c.instance == nullptr);
}

/// Restart information of the wrong size, or whose map and count disagree.
Holds bad_restart_info(const Context& c) {
  return must_if(c.call.function == Function::JetInit3 && c.call[1].kind == ArgumentKind::pointer &&
                 c.call[1].number != 0);
}

Holds already_running(const Context& c) {
  return must_if(c.instance != nullptr && c.instance->phase != Phase::created);
}

/// Whether the call gets as far as looking at its folders: `from` is the phase in which it has an instance to start.
template <Phase from>
bool starts(const Context& c) {
  if (c.instance != nullptr) return c.instance->phase == from;
  if (c.profile.reading == Reading::documented) return names_none(pointer(c)) && c.world.mode != Mode::multi;
  return c.world.mode != Mode::multi || makes_nameless(c);
}

constexpr std::uint64_t known_bits = spec::bit::ReplayIgnoreMissingDB | spec::bit::RecoveryWithoutUndo |
                                     spec::bit::TruncateLogsAfterRecovery | spec::bit::ReplayMissingMapEntryDB |
                                     spec::bit::ReplayIgnoreLostLogs;

/// JetInit has no options.
std::uint64_t init_bits(const Context& c) {
  switch (c.call.function) {
    case Function::JetInit2: return c.call[1].number;
    case Function::JetInit3: return c.call[2].number;
    default: return 0;
  }
}

/// The bit that leaves out the undo ends the recovery of an earlier log with an error; whether there is one is not known
/// here.
Holds recovers_without_undo(const Context& c) {
  const bool asked = (init_bits(c) & spec::bit::RecoveryWithoutUndo) != 0;
  return may_if(asked && starts<Phase::created>(c) && uses_log(parameters_of(c)));
}

template <Parameter path, bool (*needed)(const Parameters&)>
Holds start_path_in_use(const Context& c) {
  return starts<Phase::created>(c) ? shares_path<path, needed>(c) : Holds::no;
}

bool exists(const World& world, std::string_view folder) {
  const std::string key = folder_key(folder);
  return key == "." || std::ranges::find(world.directories, key) != world.directories.end();
}

template <Phase from>
Holds folder_missing(const Context& c) {
  if (!starts<from>(c)) return Holds::no;
  const Parameters& p = parameters_of(c);
  if (p.number(Parameter::CreatePathIfNotExist) != 0) return Holds::no;
  return may_if(!exists(c.world, p.text(Parameter::SystemPath)) || !exists(c.world, p.text(Parameter::LogFilePath)) ||
                uses_temporary_database(p));
}

void begin_init(World& world, const Call& call, Produced& produced) {
  const Instance* known = served_instance(world, call[0].handle);
  if (known == nullptr && !makes_instance(world, call[0])) return;
  if (world.mode == Mode::undecided) world.mode = Mode::single;
  const InstanceId id = known != nullptr ? id_of(world, *known) : add_instance(world, {}, false);
  Instance& instance = world.instances[static_cast<std::uint32_t>(id)];
  instance.phase = Phase::initializing;
  instance.session_limit = static_cast<std::uint32_t>(instance.parameters.number(Parameter::MaxSessions));
  produced.handle = handle_of(id);
}

/// A start that failed may have left a checkpoint; one that succeeded has.
void note_checkpoint(World& world, InstanceId id, bool certain) {
  const Parameters& parameters = world.instances[static_cast<std::uint32_t>(id)].parameters;
  if (!uses_log(parameters)) return;
  CheckpointFolder folder{folder_key(parameters.text(Parameter::SystemPath)),
                          folder_key(parameters.text(Parameter::LogFilePath))};
  if (certain) std::erase_if(world.checkpoints, [&](const CheckpointFolder& old) { return old.path == folder.path; });
  if (std::ranges::find(world.checkpoints, folder) == world.checkpoints.end())
    world.checkpoints.push_back(std::move(folder));
}

/// Whatever becomes of the call, a log may lie there from now on.
void note_log(World& world, InstanceId id) {
  std::string folder =
      folder_key(world.instances[static_cast<std::uint32_t>(id)].parameters.text(Parameter::LogFilePath));
  if (std::ranges::find(world.log_folders, folder) == world.log_folders.end())
    world.log_folders.push_back(std::move(folder));
}

void run(World& world, InstanceId id, Produced& produced) {
  note_log(world, id);
  note_checkpoint(world, id, true);
  world.instances[static_cast<std::uint32_t>(id)].phase = Phase::running;
  ++world.running_instances;
  produced.handle = handle_of(id);
}

void end_init(World& world, const Call& call, Produced& produced) {
  if (const Instance* instance = served_instance(world, call[0].handle)) run(world, id_of(world, *instance), produced);
}

void init(World& world, const Call& call, Produced& produced) {
  begin_init(world, call, produced);
  if (produced.handle.kind == HandleKind::instance) run(world, InstanceId{produced.handle.id}, produced);
}

/// The instance that JetCreateInstance made stays; the one that JetInit itself made goes. A call that is refused since
/// the instance runs already, or since another JetInit is at work on it, takes nothing from it: `from` is the phase
/// that only the call itself can have found or left.
template <Phase from>
void fail_init(World& world, const Call& call, Produced&) {
  const Instance* instance = served_instance(world, call[0].handle);
  if (instance == nullptr || instance->phase != from) return;
  const InstanceId id = id_of(world, *instance);
  note_log(world, id);
  note_checkpoint(world, id, false);
  if (world.mode == Mode::single) return remove_instance(world, id);
  Instance& failed = world.instances[static_cast<std::uint32_t>(id)];
  failed.phase = Phase::created;
  failed.init_failed = true;
}

template <Phase from>
void free_instance(World& world, const Call& call, Produced&) {
  const Instance* instance = served_instance(world, call[0].handle);
  if (instance == nullptr || instance->phase != from) return;
  note_log(world, id_of(world, *instance));
  remove_instance(world, id_of(world, *instance));
}

constexpr std::string_view freed = "the engine frees the instance, and a program can hardly tell";
constexpr std::string_view path_codes =
    "the list of all errors has a code for each path that two instances may not share; no function's page claims it";

template <Phase from>
Holds log_elsewhere(const Context& c) {
  if (!starts<from>(c) || !uses_log(parameters_of(c))) return Holds::no;
  if (shares_path<Parameter::SystemPath, uses_log>(c) != Holds::no) return Holds::no;
  const std::string system = folder_key(parameters_of(c).text(Parameter::SystemPath));
  const std::string log = folder_key(parameters_of(c).text(Parameter::LogFilePath));
  return may_if(std::ranges::any_of(c.world.checkpoints, [&](const CheckpointFolder& checkpoint) {
    return checkpoint.path == system && checkpoint.log_folder != log;
  }));
}

template <Phase from>
Holds recovers_damaged_log(const Context& c) {
  return may_if(starts<from>(c) && uses_log(parameters_of(c)) && has_damaged_log(c.world, parameters_of(c)));
}

/// Which databases the log names is not known here.
template <Phase from>
Holds recovers_damaged_database(const Context& c) {
  return may_if(starts<from>(c) && uses_log(parameters_of(c)) &&
                std::ranges::any_of(c.world.files, [](const DatabaseFile& file) { return file.damaged; }));
}

template <Phase from>
constexpr auto failures() {
  return clauses({
      {.code = Code::errLogFileCorrupt,
       .guard = recovers_damaged_log<from>,
       .basis = Basis::prose,
       .reason = "recovery met a log file whose bytes were changed",
       .effect = fail_init<from>},
      {.code = Code::errReadVerifyFailure,
       .guard = recovers_damaged_database<from>,
       .basis = Basis::prose,
       .reason = "recovery met a database whose bytes were changed",
       .effect = fail_init<from>},
      {.code = Code::errMissingLogFile,
       .guard = log_elsewhere<from>,
       .readings = documented_only,
       .basis = Basis::silent,
       .reason = "the page has no table; the checkpoint that lies there belongs to the log of another folder",
       .effect = fail_init<from>},
      {.code = Code::errInvalidPath,
       .guard = folder_missing<from>,
       .readings = documented_only,
       .basis = Basis::rule,
       .reason = "a folder that is missing and is not to be made",
       .effect = fail_init<from>},
      {.code = Code::errOutOfMemory,
       .guard = memory_refused,
       .readings = documented_only,
       .basis = Basis::rule,
       .reason = any_allocation,
       .effect = fail_init<from>},
      {.code = Code::errLogWriteFail,
       .guard = file_fails,
       .readings = documented_only,
       .basis = Basis::rule,
       .reason = any_write,
       .effect = fail_init<from>},
      {.code = Code::errDiskIO,
       .guard = file_fails,
       .readings = documented_only,
       .basis = Basis::rule,
       .reason = any_write,
       .effect = fail_init<from>},
      {.code = Code::errDiskFull,
       .guard = disk_full,
       .readings = documented_only,
       .basis = Basis::rule,
       .reason = any_write,
       .effect = fail_init<from>},
      {.code = Code::errInvalidPath,
       .guard = folder_missing<from>,
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "Freed",
       .reason = freed,
       .effect = free_instance<from>},
      {.code = Code::errOutOfMemory,
       .guard = memory_refused,
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "Freed",
       .reason = freed,
       .effect = free_instance<from>},
      {.code = Code::errLogWriteFail,
       .guard = file_fails,
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "Freed",
       .reason = freed,
       .effect = free_instance<from>},
  });
}

constexpr auto init_clauses = join(
    clauses({
        {.code = Code::errRunningInMultiInstanceMode,
         .guard =
             [](const Context& c) {
               return must_if(c.world.mode == Mode::multi &&
                              (c.profile.reading == Reading::documented ? names_none(pointer(c))
                                                                        : pointer(c).kind == ArgumentKind::null));
             },
         .basis = Basis::silent,
         .reason = "in multi-instance mode the call must name an instance"},
        {.code = Code::errInvalidParameter,
         .guard = none_named_in_multi_mode,
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "NoInstance",
         .reason = "in multi-instance mode the call must name an instance"},
        {.code = Code::errInvalidParameter,
         .guard = bad_restart_info,
         .basis = Basis::silent,
         .name = "RestartInfo",
         .reason = "the page has no table; the structure contradicts itself"},
        {.code = Code::errInvalidInstance,
         .guard = unknown_instance,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = "the page has no table; the handle is not that of an instance"},
        {.code = Code::errInternalError,
         .guard = no_table_of_instances,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "NoTable",
         .reason = "undefined: in multi-instance mode without any instance an unknown handle is looked up in no table",
         .ending = Ending::crashes},
        {.code = Code::errInvalidParameter,
         .guard = unknown_instance,
         .basis = Basis::silent,
         .name = "BadInstance",
         .reason = "the page has no table; the handle is not that of an instance"},
        {.code = Code::errAlreadyInitialized,
         .guard = already_running,
         .basis = Basis::engine,
         .reason = "the page has no table; what the engine gives is what the name says"},
        {.code = Code::errInvalidGrbit,
         .guard = [](const Context& c) { return may_if((init_bits(c) & ~known_bits) != 0); },
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = "the page has no table; the engine ignores bits that it does not know"},
    }),
    other_call_at_work,
    clauses({
        {.code = Code::errTooManyInstances,
         .guard =
             [](const Context& c) {
               return must_if(makes_nameless(c) &&
                              instance_count(c.world) >= c.world.globals.number(Parameter::MaxInstances));
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .reason = nameless},
        {.code = Code::errInstanceNameInUse,
         .guard =
             [](const Context& c) {
               return must_if(makes_nameless(c) && std::ranges::any_of(c.world.instances, is_nameless));
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .reason = nameless},
        {.code = Code::errTempPathInUse,
         .guard = start_path_in_use<Parameter::TempPath, uses_temporary_database>,
         .readings = documented_only,
         .basis = Basis::rule,
         .reason = path_codes,
         .effect = fail_init<Phase::created>},
        {.code = Code::errSystemPathInUse,
         .guard = start_path_in_use<Parameter::SystemPath, uses_log>,
         .readings = documented_only,
         .basis = Basis::rule,
         .reason = path_codes,
         .effect = fail_init<Phase::created>},
        {.code = Code::errLogFilePathInUse,
         .guard = start_path_in_use<Parameter::LogFilePath, uses_log>,
         .readings = documented_only,
         .basis = Basis::rule,
         .reason = path_codes,
         .effect = fail_init<Phase::created>},
        {.code = Code::errTempPathInUse,
         .guard = start_path_in_use<Parameter::TempPath, uses_temporary_database>,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Freed",
         .reason = freed,
         .effect = free_instance<Phase::created>},
        {.code = Code::errSystemPathInUse,
         .guard = start_path_in_use<Parameter::SystemPath, uses_log>,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Freed",
         .reason = freed,
         .effect = free_instance<Phase::created>},
        {.code = Code::errLogFilePathInUse,
         .guard = start_path_in_use<Parameter::LogFilePath, uses_log>,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Freed",
         .reason = freed,
         .effect = free_instance<Phase::created>},
    }),
    clauses({
        {.code = Code::errRecoveredWithoutUndoDatabasesConsistent,
         .guard = recovers_without_undo,
         .readings = engine_only,
         .basis = Basis::engine,
         .reason = "a recovery without its undo is reported as an error, and the instance is freed",
         .effect = free_instance<Phase::created>},
    }),
    failures<Phase::created>(), clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = init}}));

constexpr auto init_end_clauses =
    join(clauses({
             {.code = Code::errSuccess,
              .guard =
                  [](const Context& c) {
                    for (const Argument& argument : c.call.arguments)
                      if (argument.kind == ArgumentKind::callback && static_cast<std::int32_t>(argument.number) < 0)
                        return Holds::may;
                    return Holds::no;
                  },
              .basis = Basis::prose,
              .name = "Callback",
              .reason = "the status callback's error ends the recovery",
              .effect = fail_init<Phase::initializing>,
              .code_of_callback = true},
         }),
         failures<Phase::initializing>(), clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = end_init}}));

constexpr FunctionModel model_of(Function function) {
  return {function,
          Addressing::instance_pointer,
          &evaluate<Addressing::instance_pointer, init_clauses>,
          init_clauses,
          begin_init,
          &evaluate<Addressing::instance_pointer, init_end_clauses>,
          init_end_clauses};
}

}  // namespace

std::span<const FunctionModel> init_functions() {
  static constexpr std::array functions{model_of(Function::JetInit), model_of(Function::JetInit2),
                                        model_of(Function::JetInit3)};
  return functions;
}

}  // namespace esentcheck::model
