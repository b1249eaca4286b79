// JetBackupInstance and JetBackup: an instance is copied away while it runs. The form without an instance means the one
// of single-instance mode.
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
namespace bit = spec::bit;

std::uint64_t backup_bits(const Context& c) {
  return c.call[c.call.function == Function::JetBackupInstance ? 2 : 1].number;
}

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
  return may_if(has_damaged_log(c.world, c.instance->parameters));
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

void note_backup(World& world, const Call& call, bool certain) {
  const Argument& folder = folder_of(call);
  if (folder.kind != ArgumentKind::text) return;
  const auto there = std::ranges::find(world.backups, folder_key(folder.text), &BackupFolder::path);
  if (there != world.backups.end()) {
    there->certain = certain;
    return;
  }
  world.backups.push_back({.path = folder_key(folder.text),
                           .certain = certain,
                           .page_size = world.globals.number(Parameter::DatabasePageSize)});
  if (certain && !contains(world.directories, folder.text)) world.directories.push_back(folder_key(folder.text));
}

/// What failed may have been a write of the log, since no page says which errors are fatal; and the folder may hold what
/// was there, the new backup, or half of it.
void doubt_log_and_folder(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) == nullptr) return;
  Instance& instance = addressed(world, call);
  if (instance.availability == Availability::available) instance.availability = Availability::in_doubt;
  note_backup(world, call, false);
}

void fail_with_files(World& world, const Call& call, Produced& produced) {
  fail_backup(world, call, produced);
  doubt_log_and_folder(world, call, produced);
}

void end_backup(World& world, const Call& call, Produced&) {
  if (served_instance(world, call[0].handle) == nullptr) return;
  addressed(world, call).backup_running = false;
  note_backup(world, call, true);
}

/// As one step, a backup that fails leaves everything as it was, also one that runs already and is why this one is
/// refused; at its end it is no longer running.
constexpr auto backup_failures(Effect effect, Effect of_files) {
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
      {.code = Code::errLogWriteFail, .guard = file_fails, .effect = of_files},
      {.code = Code::errDiskIO, .guard = file_fails, .basis = Basis::rule, .reason = any_write, .effect = of_files},
      {.code = Code::errDiskFull, .guard = disk_full, .basis = Basis::rule, .reason = any_write, .effect = of_files},
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
         backup_failures(fail_backup, fail_with_files));

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
                    const std::uint64_t unknown =
                        backup_bits(c) & ~std::uint64_t{bit::BackupIncremental | bit::BackupAtomic};
                    return unknown == bit::BackupSnapshot ? Holds::may : must_if(unknown != 0);
                  },
              .readings = documented_only,
              .reason = "the engine reads one bit and drops the others; whether the reserved one is refused is open"},
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
         backup_failures(nullptr, doubt_log_and_folder));

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

}  // namespace

std::span<const FunctionModel> backup_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetBackupInstance, Addressing::instance, &evaluate<Addressing::instance, backup_clauses>,
                    backup_clauses, begin_backup, &evaluate<Addressing::instance, backup_end_clauses>,
                    backup_end_clauses},
      FunctionModel{Function::JetBackup, Addressing::only_instance,
                    &evaluate<Addressing::only_instance, legacy_backup_clauses>, legacy_backup_clauses, begin_backup,
                    &evaluate<Addressing::only_instance, backup_end_clauses>, backup_end_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
