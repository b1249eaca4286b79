// JetBackupInstance and JetRestoreInstance, JetBackup, JetRestore and JetRestore2: an instance is copied away while it
// runs, and brought back before it does. The forms without an instance mean the one of single-instance mode.
#include <algorithm>

#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/instance_paths.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;
namespace bit = spec::bit;

Instance& addressed(World& world, const Call& call) {
  return world.instances[static_cast<std::uint32_t>(id_of(world, *served_instance(world, call[0].handle)))];
}

bool contains(const std::vector<std::string>& folders, std::string_view folder) {
  return std::ranges::find(folders, folder_key(folder)) != folders.end();
}

const BackupFolder* find_backup(const World& world, std::string_view folder) {
  const auto found = std::ranges::find(world.backups, folder_key(folder), &BackupFolder::path);
  return found == world.backups.end() ? nullptr : &*found;
}

Holds callback_failed(const Context& c) {
  return may_if(std::ranges::any_of(c.call.arguments, [](const Argument& argument) {
    return argument.kind == ArgumentKind::callback && static_cast<std::int32_t>(argument.number) < 0;
  }));
}

/// Of the folder of the backup: behind the instance, where the call takes one.
const Argument& folder_of(const Call& call) {
  return call[call.function == Function::JetBackupInstance || call.function == Function::JetRestoreInstance ? 1 : 0];
}

/// Of a restore to another place.
const Argument& destination_of(const Call& call) {
  static constexpr Argument none{.kind = ArgumentKind::null};
  if (call.function == Function::JetRestore) return none;
  return call[call.function == Function::JetRestoreInstance ? 2 : 1];
}

// --- Backup ---

std::uint64_t backup_bits(const Context& c) { return c.call[c.call.function == Function::JetBackupInstance ? 2 : 1].number; }

Holds logging_off(const Context& c) { return must_if(c.instance != nullptr && !uses_log(c.instance->parameters)); }
Holds backup_runs(const Context& c) { return must_if(c.instance != nullptr && c.instance->backup_running); }
bool is_incremental(const Context& c) { return (backup_bits(c) & bit::BackupIncremental) != 0; }

/// Without a path it is the current folder, which is never empty.
bool names_current_folder(const Context& c) {
  return folder_of(c.call).kind != ArgumentKind::text || folder_key(folder_of(c.call).text) == ".";
}

/// An atomic backup makes a folder of its own below the target; a plain one wants it empty.
Holds target_in_use(const Context& c) {
  if (c.instance == nullptr || (backup_bits(c) & (bit::BackupIncremental | bit::BackupAtomic)) != 0) return Holds::no;
  return must_if(names_current_folder(c) || find_backup(c.world, folder_of(c.call).text) != nullptr);
}

bool makes_folder(const Context& c) { return (backup_bits(c) & bit::BackupAtomic) != 0; }

constexpr std::size_t longest_folder = 246;

Holds target_missing(const Context& c) {
  if (c.instance == nullptr || folder_of(c.call).kind != ArgumentKind::text) return Holds::no;
  if (contains(c.world.directories, folder_of(c.call).text)) return Holds::no;
  return c.instance->parameters.number(Parameter::CreatePathIfNotExist) != 0 ? Holds::may : Holds::must;
}

/// Bytes of the instance's log, or of a file in its folder, were changed.
Holds log_damaged(const Context& c) {
  if (c.instance == nullptr) return Holds::no;
  const std::string folder = folder_key(c.instance->parameters.text(Parameter::LogFilePath));
  return may_if(std::ranges::any_of(c.world.files, [&](const DatabaseFile& file) {
    const std::size_t end = file.path.rfind('/');
    return file.damaged && (end == std::string::npos ? "." : file.path.substr(0, end)) == folder;
  }));
}

Holds database_damaged(const Context& c) {
  if (c.instance == nullptr || c.instance->database_count == 0) return Holds::no;
  return may_if(std::ranges::any_of(c.world.databases, [&](const Database& database) {
    if (!database.attached || database.instance != id_of(c.world, *c.instance)) return false;
    const DatabaseFile* file = find_file(c.world, database.path);
    return file != nullptr && (file->damaged || file->foreign);
  }));
}

void begin_backup(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) == nullptr) return;
  addressed(world, call).backup_running = true;
  // Whoever let the backup begin takes an earlier stop for over.
  addressed(world, call).backup_stopped = false;
}

void fail_backup(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) != nullptr) addressed(world, call).backup_running = false;
}

void end_backup(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) == nullptr) return;
  addressed(world, call).backup_running = false;
  const Argument& folder = folder_of(call);
  if (folder.kind != ArgumentKind::text || find_backup(world, folder.text) != nullptr) return;
  world.backups.push_back({folder_key(folder.text), world.globals.number(Parameter::DatabasePageSize)});
  if (!contains(world.directories, folder.text)) world.directories.push_back(folder_key(folder.text));
}

/// As one step, a backup that fails leaves everything as it was, also one that runs already and is why this one is
/// refused; at its end it is no longer running.
constexpr auto backup_failures(Effect effect) {
  return clauses({
      {.code = Code::errSuccess,
       .guard = callback_failed,
       .readings = documented_only,
       .basis = Basis::prose,
       .name = "Callback",
       .reason = "the status callback's error ends the backup; the engine ignores it",
       .effect = effect,
       .code_of_callback = true},
      {.code = Code::errOutOfMemory,
       .guard = memory_refused,
       .basis = Basis::rule,
       .reason = any_allocation,
       .effect = effect},
      {.code = Code::errLogWriteFail, .guard = log_fails, .effect = effect},
      {.code = Code::errDiskIO, .guard = log_fails, .basis = Basis::rule, .reason = any_write, .effect = effect},
      {.code = Code::errSuccess, .guard = nullptr, .effect = end_backup},
  });
}

constexpr auto backup_end_clauses =
    join(clauses({
             {.code = Code::errBackupAbortByServer,
              .guard = [](const Context& c) { return must_if(c.instance != nullptr && c.instance->backup_stopped); },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "StoppedByCall",
              .reason = "what the engine gives when the backup was stopped by the call made for that",
              .effect = fail_backup},
             {.code = Code::errTermInProgress,
              .guard = [](const Context& c) { return must_if(c.instance == nullptr || terminating(c) == Holds::must); },
              .name = "Stopped",
              .reason = "JetTerm2 with JET_bitTermStopBackup ends the backup",
              .effect = fail_backup},
             {.code = Code::errBackupAbortByServer,
              .guard = [](const Context& c) { return may_if(in_phase(c, Phase::terminating)); },
              .readings = documented_only,
              .basis = Basis::engine,
              .reason = "what the engine gives when the backup was stopped by the call made for that",
              .effect = fail_backup},
             {.code = Code::errBackupAbortByServer,
              .guard = [](const Context& c) { return may_if(c.instance != nullptr && c.instance->backup_stopped); },
              .readings = documented_only,
              .basis = Basis::prose,
              .name = "StopBackup",
              .reason = "the pages of JetStopBackup: most later calls of a backup return this",
              .effect = fail_backup},
         }),
         backup_failures(fail_backup));

constexpr auto backup_itself =
    join(clauses({
             {.code = Code::errBackupAbortByServer,
              .guard = [](const Context& c) { return may_if(c.instance != nullptr && c.instance->backup_stopped); },
              .readings = documented_only,
              .basis = Basis::prose,
              .name = "StopBackup",
              .reason = "the pages of JetStopBackup: most later calls of a backup return this; the engine begins anew"},
             {.code = Code::errBackupNotAllowedYet,
              .guard = initializing,
              .readings = documented_only,
              .reason = "the engine's instance gate answers first"},
             {.code = Code::errBackupNotAllowedYet,
              .guard = [](const Context& c) { return must_if(c.instance != nullptr && c.instance->term_was_refused); },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "TermRefused",
              .reason = "a refused JetTerm forbids backups for good"},
             {.code = Code::errInvalidGrbit,
              .guard =
                  [](const Context& c) {
                    return must_if((backup_bits(c) & ~std::uint64_t{bit::BackupIncremental | bit::BackupAtomic | 0x10}) != 0);
                  },
              .readings = documented_only,
              .reason = "the engine reads one bit and drops the others"},
             {.code = Code::errInvalidParameter,
              .guard = [](const Context& c) { return may_if(folder_of(c.call).text.size() > longest_folder); },
              .readings = documented_only,
              .name = "LongPath",
              .reason = "no page says how long a path may be that is no parameter; such as are, end here"},
             {.code = Code::errLoggingDisabled, .guard = logging_off},
             {.code = Code::errInvalidBackup,
              .guard =
                  [](const Context& c) {
                    return must_if(c.instance != nullptr && is_incremental(c) &&
                                   c.instance->parameters.number(Parameter::CircularLog) != 0);
                  }},
             {.code = Code::errBackupInProgress, .guard = backup_runs},
             {.code = Code::errMissingFullBackup,
              .guard = [](const Context& c) { return may_if(is_incremental(c)); },
              .basis = Basis::rule,
              .reason = "incremental backup needs an earlier full one; the page names no code"},
             {.code = Code::errBackupDirectoryNotEmpty,
              .guard = target_in_use,
              .readings = engine_only,
              .basis = Basis::engine,
              .reason = "the page has no code for a target that holds something"},
             {.code = Code::errMakeBackupDirectoryFail,
              .guard = [](const Context& c) { return makes_folder(c) ? target_missing(c) : Holds::no; },
              .readings = engine_only,
              .basis = Basis::engine,
              .reason = "an atomic backup makes a folder below the target"},
             {.code = Code::errInvalidPath, .guard = target_missing},
             {.code = Code::errLogReadVerifyFailure,
              .guard = log_damaged,
              .reason = "which of the bytes are checked when, only the library knows"},
             {.code = Code::errReadVerifyFailure,
              .guard = database_damaged,
              .reason = "which of the bytes are checked when, only the library knows"},
             {.code = Code::errSessionSharingViolation,
              .guard = never,
              .readings = documented_only,
              .since = spec::Release::windows_xp,
              .reason = "the call takes no session that threads could share"},
         }),
         backup_failures(nullptr));

constexpr auto backup_clauses = join(instance_gate, backup_itself);

/// Without an instance to name, several are one too many, and none is none.
constexpr auto legacy_handle = clauses({
    {.code = Code::errRunningInMultiInstanceMode,
     .guard = [](const Context& c) { return must_if(c.world.mode == Mode::multi); },
     .basis = Basis::silent,
     .reason = "the page lists no code for this mode; JetStopBackup's page names this one"},
    {.code = Code::errInvalidParameter,
     .guard = [](const Context& c) { return must_if(c.instance == nullptr && c.world.mode != Mode::multi); },
     .name = "NoInstance",
     .reason = "there is no instance that could be meant"},
    {.code = Code::errNotInitialized,
     .guard = [](const Context& c) { return must_if(c.instance == nullptr && c.world.mode != Mode::multi); },
     .readings = documented_only,
     .name = "NoInstance",
     .reason = "there is no instance that could be meant; the engine gives InvalidParameter"},
});

constexpr auto legacy_backup_clauses = join(legacy_handle, instance_state, backup_itself);

// --- Restore ---

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
  return must_if(folder_of(c.call).kind != ArgumentKind::text ||
                 find_backup(c.world, folder_of(c.call).text) == nullptr);
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

void succeed_restore(World& world, const Call& call, Produced& produced) {
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
    {.code = Code::errLogWriteFail,
     .guard = log_fails,
     .basis = Basis::rule,
     .reason = any_write,
     .effect = end_restore},
    {.code = Code::errDiskIO, .guard = log_fails, .basis = Basis::rule, .reason = any_write, .effect = end_restore},
    {.code = Code::errSuccess, .guard = nullptr, .effect = succeed_restore},
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

constexpr auto restore_checks = clauses({
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
    {.code = Code::errInitInProgress,
     .guard = initializing,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = says_just_this},
    {.code = Code::errTermInProgress,
     .guard = terminating,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = says_just_this},
    {.code = Code::errRestoreInProgress,
     .guard = restoring,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = says_just_this},
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
     .guard = no_backup_there,
     .readings = documented_only,
     .basis = Basis::prose,
     .reason = "what is needed from the folder is absent"},
    {.code = Code::errInvalidLogSequence,
     .guard = other_log_there,
     .readings = documented_only,
     .reason = "whether it goes on with the log of the backup, the world does not say; nor do recordings"},
    {.code = Code::errPageSizeMismatch,
     .guard = other_page_size,
     .readings = documented_only,
     .reason = "no recording has the case"},
});

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

/// As one step, a call that fails takes nothing from the one that restores; at its end, whatever it gave, it is over.
constexpr auto legacy_restore_end(Effect failure, Effect success) {
  std::array list = restore_end_clauses;
  for (Clause& clause : list) clause.effect = failure;
  list.back().effect = success;
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

std::span<const FunctionModel> backup_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetBackupInstance, Addressing::instance, &evaluate<Addressing::instance, backup_clauses>,
                    backup_clauses, begin_backup, &evaluate<Addressing::instance, backup_end_clauses>,
                    backup_end_clauses},
      FunctionModel{Function::JetRestoreInstance, Addressing::instance,
                    &evaluate<Addressing::instance, restore_clauses>, restore_clauses, begin_restore,
                    &evaluate<Addressing::instance, restore_end_clauses>, restore_end_clauses},
      FunctionModel{Function::JetBackup, Addressing::only_instance,
                    &evaluate<Addressing::only_instance, legacy_backup_clauses>, legacy_backup_clauses, begin_backup,
                    &evaluate<Addressing::only_instance, backup_end_clauses>, backup_end_clauses},
      legacy_restore(Function::JetRestore),
      legacy_restore(Function::JetRestore2),
  };
  return functions;
}

}  // namespace esentcheck::model
