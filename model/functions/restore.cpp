// JetRestoreInstance, JetRestore and JetRestore2: what a backup copied away is brought back before an instance runs. The
// forms without an instance mean the one of single-instance mode.
#include <algorithm>

#include "model/functions/backup_folders.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/instance_paths.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model {
namespace {

using namespace backups;
using namespace gates;
using spec::Parameter;

/// Of a restore to another place.
const Argument& destination_of(const Call& call) {
  static constexpr Argument none{.kind = ArgumentKind::null};
  if (call.function == Function::JetRestore) return none;
  return call[call.function == Function::JetRestoreInstance ? 2 : 1];
}

Holds already_initialised(const Context& c) {
  return must_if(c.instance != nullptr && c.instance->phase != Phase::created);
}

bool in_engine(const Context& c) { return c.profile.reading != Reading::documented; }

/// In the engine the call makes an instance for itself where it is given none.
bool makes_temporary(const Context& c) { return in_engine(c) && c.instance == nullptr && no_handle(c.call[0].handle); }

Holds restores_nothing(const Context& c) { return must_if(c.instance == nullptr && !makes_temporary(c)); }

template <Parameter path, bool (*needed)(const Parameters&)>
Holds path_in_use(const Context& c) {
  return restores_nothing(c) == Holds::must ? Holds::no : shares_path<path, needed>(c);
}

Holds no_backup_there(const Context& c) {
  if (folder_of(c.call).kind != ArgumentKind::text) return Holds::must;
  const BackupFolder* backup = find_backup(c.world, folder_of(c.call).text);
  if (backup == nullptr) return Holds::must;
  return backup->certain ? Holds::no : Holds::may;
}

const Parameters& target_of(const Context& c) {
  return c.instance != nullptr ? c.instance->parameters : c.world.globals;
}

/// The log that lies in the instance's folder may be the one that the backup goes on with, or another.
Holds other_log_there(const Context& c) {
  if (c.instance != nullptr && c.instance->phase != Phase::created && c.instance->phase != Phase::restoring)
    return Holds::no;
  return may_if(contains(c.world.log_folders, target_of(c).text(Parameter::LogFilePath)));
}

Holds other_page_size(const Context& c) {
  if (folder_of(c.call).kind != ArgumentKind::text) return Holds::no;
  const BackupFolder* backup = find_backup(c.world, folder_of(c.call).text);
  return must_if(backup != nullptr && backup->page_size != 0 &&
                 backup->page_size != c.world.globals.number(Parameter::DatabasePageSize));
}

Holds destination_missing(const Context& c) {
  const Argument& destination = destination_of(c.call);
  return may_if(destination.kind == ArgumentKind::text && !contains(c.world.directories, destination.text));
}

void begin_restore(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) != nullptr) addressed(world, call).phase = Phase::restoring;
}

/// Which databases the backup held, the world does not say: any file that it knows may be there as well now.
void note_restored_files(World& world, const Call& call) {
  const Argument& destination = destination_of(call);
  if (destination.kind != ArgumentKind::text) return;
  std::vector<std::string> names;
  for (const DatabaseFile& file : world.files) names.push_back(file.path.substr(file.path.rfind('/') + 1));
  for (const std::string& name : names) {
    const std::string path = folder_key(std::string(destination.text) + '/' + name);
    if (find_file(world, path) == nullptr) note_file(world, path, false);
  }
}

void note_log(World& world, std::string_view folder) {
  if (!contains(world.log_folders, folder)) world.log_folders.push_back(folder_key(folder));
}

/// However it ends, the instance is there and not initialised.
void end_restore(World& world, const Call& call, Produced&) {
  const Instance* instance = served_instance(world, call[0].handle);
  if (instance == nullptr) return;
  note_log(world, instance->parameters.text(Parameter::LogFilePath));
  if (instance->phase != Phase::restoring) return;
  const InstanceId id = id_of(world, *instance);
  addressed(world, call).phase = Phase::created;
  for (std::uint32_t i = 0; i < world.sessions.size(); ++i)
    if (world.sessions[i].live && world.sessions[i].instance == id) remove_session(world, SessionId{i});
}

/// Where it fails, some of the databases may have come back by then.
void restore_files(World& world, const Call& call, Produced& produced) {
  note_restored_files(world, call);
  end_restore(world, call, produced);
}

constexpr auto restore_end_clauses = clauses({
    {.code = Code::errSuccess,
     .guard = callback_failed,
     .basis = Basis::prose,
     .name = "Callback",
     .reason = "the status callback's error ends the restore",
     .effect = end_restore,
     .code_of_callback = true},
    {.code = Code::errOutOfMemory,
     .guard = memory_refused,
     .basis = Basis::prose,
     .reason = "named in the text: the recovery inside may lack resources",
     .effect = end_restore},
    failing_files(restore_files)[0],
    failing_files(restore_files)[1],
    failing_files(restore_files)[2],
    {.code = Code::errSuccess, .guard = nullptr, .effect = restore_files},
});

constexpr std::string_view temporary = "the engine makes a temporary instance where none is given";
constexpr std::string_view paths_of_start = "the engine looks at the same paths as for a start";

/// What the engine says of the handle: none at all is fine.
constexpr auto engine_restore_handle = clauses({
    {.code = Code::errInvalidInstance,
     .guard = garbage_instance,
     .readings = validating_only,
     .basis = Basis::engine,
     .name = "Engine",
     .reason = temporary},
    no_table_clause[0],
    {.code = Code::errInvalidParameter,
     .guard = restores_nothing,
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "Engine",
     .reason = temporary},
});

constexpr auto engine_restore_checks = clauses({
    {.code = Code::errTooManyInstances,
     .guard =
         [](const Context& c) {
           return must_if(makes_temporary(c) &&
                          instance_count(c.world) >= c.world.globals.number(Parameter::MaxInstances));
         },
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = temporary},
    {.code = Code::errInstanceNameInUse,
     .guard =
         [](const Context& c) {
           return must_if(makes_temporary(c) && std::ranges::any_of(c.world.instances, is_nameless));
         },
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = temporary},
    {.code = Code::errAlreadyInitialized, .guard = already_initialised},
    {.code = Code::errInternalError,
     .guard = [](const Context& c) { return must_if(folder_of(c.call).kind == ArgumentKind::null); },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "NullPath",
     .reason = "undefined: the engine reads the path through the pointer",
     .ending = Ending::crashes},
    {.code = Code::errTempPathInUse,
     .guard = path_in_use<Parameter::TempPath, uses_temporary_database>,
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = paths_of_start},
    {.code = Code::errSystemPathInUse,
     .guard = path_in_use<Parameter::SystemPath, uses_log>,
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = paths_of_start},
    {.code = Code::errLogFilePathInUse,
     .guard = path_in_use<Parameter::LogFilePath, uses_log>,
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = paths_of_start},
    {.code = Code::errFileNotFound,
     .guard = no_backup_there,
     .readings = engine_only,
     .basis = Basis::engine,
     .reason = "the folder is searched for the files of a backup"},
});

constexpr auto documented_restore_checks = clauses({
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(folder_of(c.call).kind != ArgumentKind::text); },
     .readings = documented_only,
     .name = "NullPath",
     .reason = "the engine reads through the pointer"},
    {.code = Code::errInvalidPath,
     .guard = no_backup_there,
     .readings = documented_only,
     .reason = "the engine gives FileNotFound"},
    {.code = Code::errInvalidPath, .guard = destination_missing, .name = "Destination"},
    {.code = Code::errMissingLogFile,
     .guard =
         [](const Context& c) {
           const Holds none = no_backup_there(c);
           return none != Holds::no ? none : other_log_there(c);
         },
     .readings = documented_only,
     .basis = Basis::prose,
     .reason = "what is needed from the folder is absent; or what lies between it and a later log was truncated"},
    {.code = Code::errInvalidLogSequence,
     .guard = other_log_there,
     .readings = documented_only,
     .reason = "whether it goes on with the log of the backup, the world does not say; nor do recordings"},
    {.code = Code::errPageSizeMismatch,
     .guard = other_page_size,
     .readings = documented_only,
     .reason = "no recording has the case"},
});

constexpr auto restore_checks = join(engine_restore_checks, other_call_at_work, documented_restore_checks);

constexpr auto restore_clauses = join(
    clauses({
        {.code = Code::errRunningInMultiInstanceMode,
         .guard = [](const Context& c) { return must_if(c.world.mode == Mode::multi && no_handle(c.call[0].handle)); },
         .readings = documented_only,
         .reason = temporary},
    }),
    for_readings(outside_table(instance_argument, Code::errNotInitialized), documented_only), engine_restore_handle,
    restore_checks, restore_end_clauses);

// --- Restore without an instance ---

/// The engine's own instance, which is there for the time of the call.
void begin_legacy_restore(World& world, const Call&, Produced&) {
  if (world.mode != Mode::undecided) return;
  world.mode = Mode::single;
  const InstanceId id = add_instance(world, {}, false);
  world.instances[static_cast<std::uint32_t>(id)].phase = Phase::restoring;
}

void note_global_log(World& world, const Call&, Produced&) {
  note_log(world, world.globals.text(Parameter::LogFilePath));
}

void end_legacy_restore(World& world, const Call& call, Produced& produced) {
  const Instance* only = world.mode == Mode::single ? only_instance(world) : nullptr;
  note_global_log(world, call, produced);
  if (only != nullptr && only->phase == Phase::restoring) remove_instance(world, id_of(world, *only));
}

void succeed_legacy_restore(World& world, const Call& call, Produced& produced) {
  note_restored_files(world, call);
  end_legacy_restore(world, call, produced);
}

/// As one step, a call that fails before it has restored anything takes nothing from the one that restores; at its end,
/// whatever it gave, it is over.
constexpr auto legacy_restore_end(Effect failure, Effect success) {
  std::array list = restore_end_clauses;
  for (Clause& clause : list) clause.effect = clause.effect == restore_files ? success : failure;
  return list;
}

constexpr auto legacy_restore_end_clauses = legacy_restore_end(end_legacy_restore, succeed_legacy_restore);

constexpr auto legacy_restore_clauses =
    join(clauses({
             {.code = Code::errRunningInMultiInstanceMode,
              .guard = [](const Context& c) { return must_if(c.world.mode == Mode::multi); }},
         }),
         restore_checks, legacy_restore_end(note_global_log, [](World& world, const Call& call, Produced& produced) {
           note_restored_files(world, call);
           note_global_log(world, call, produced);
         }));

constexpr FunctionModel legacy_restore(Function function) {
  return {function,
          Addressing::only_instance,
          &evaluate<Addressing::only_instance, legacy_restore_clauses>,
          legacy_restore_clauses,
          begin_legacy_restore,
          &evaluate<Addressing::only_instance, legacy_restore_end_clauses>,
          legacy_restore_end_clauses};
}

}  // namespace

std::span<const FunctionModel> restore_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetRestoreInstance, Addressing::instance,
                    &evaluate<Addressing::instance, restore_clauses>, restore_clauses, begin_restore,
                    &evaluate<Addressing::instance, restore_end_clauses>, restore_end_clauses},
      legacy_restore(Function::JetRestore),
      legacy_restore(Function::JetRestore2),
  };
  return functions;
}

}  // namespace esentcheck::model
