// JetCreateDatabase and JetAttachDatabase with their second forms: an instance takes a database file.
//
// A database belongs to the instance and, by its page, to the session that attached it.
#include "model/functions/database_guards.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace databases;
using namespace gates;
namespace bit = spec::bit;

constexpr std::string_view contradicts_create = "listed for create and detach, not here; what the engine does";
constexpr std::string_view header_only = "a bit of the header that no page describes";

/// What is attached already, in the words of both pages: by this session, by another one, by another instance.
Holds attached_by_this(const Context& c) {
  const Database* database = attached_here(c);
  if (database == nullptr || attached_by_another_session(c, *database)) return Holds::no;
  return attached_by_this_session(c, *database) ? Holds::must : Holds::may;
}
Holds attached_by_other(const Context& c) {
  if (const Database* database = attached_here(c); database != nullptr)
    return attached_by_this_session(c, *database) ? Holds::no : Holds::must;
  return must_if(attached_elsewhere(c) != nullptr);
}

// --- Create ---

std::uint64_t create_bits(const Context& c) { return c.call[4].number; }
bool overwrites(const Context& c) { return (create_bits(c) & bit::DbOverwriteExisting) != 0; }

Holds no_place_for_id(const Context& c) { return must_if(c.call[3].kind == ArgumentKind::null); }

Holds missing_folder(const Context& c) {
  if (!names_file(c.call) || folder_exists(c)) return Holds::no;
  return makes_folders(c) ? Holds::may : Holds::must;
}

Holds file_in_the_way(const Context& c) {
  if (attached_here(c) != nullptr || attached_elsewhere(c) != nullptr) return Holds::must;
  return overwrites(c) ? Holds::no : file_there(c);
}

/// To overwrite a file asks for it alone, and whoever has it attached has it as well.
Holds used_file(const Context& c) {
  const Database* database = attached_here(c);
  const bool used = database != nullptr && (database->opens > 0 || database->is_exclusive || overwrites(c));
  return may_if(used || (overwrites(c) && is_held(c)));
}

bool asks_read_only(const Context& c) { return (create_bits(c) & bit::DbReadOnly) != 0; }

/// The effects know where the new database's id goes: argument 3 of both forms.
void create_database(World& world, const Call& call, Produced& produced) {
  const SessionId session{call[0].handle.id};
  const std::string path = path_of(call);
  note_file(world, path, true);
  produced.handle = handle_of(open_database(world, session, attach_database(world, session, path, false)));
}

/// "On a later error a partly created file is deleted"; what had been there before may be gone as well.
void fail_create(World& world, const Call& call, Produced& produced) {
  const bool may_be_there = call.environment.names_fail || find_file(world, path_of(call)) != nullptr;
  if (names_file(call) && may_be_there) note_file(world, path_of(call), false);
  doubt_instance(world, call, produced);
}

void fail_create_for_memory(World& world, const Call& call, Produced&) {
  if (names_file(call) && find_file(world, path_of(call)) != nullptr) note_file(world, path_of(call), false);
}

void open_what_is_attached(World& world, const Call& call, Produced& produced) {
  const SessionId session{call[0].handle.id};
  const InstanceId instance = world.sessions[call[0].handle.id].instance;
  const Database* database = find_database(world, instance, path_of(call));
  if (database == nullptr) return;
  produced.handle = handle_of(open_database(world, session, position_of(world, *database)));
}

/// `too_large` is never where the form has no argument for a size.
constexpr auto create_clauses(Guard too_large, std::string_view why_too_large) {
  return join(
      outside_table(session_gate),
      clauses({
          {.code = Code::errInvalidParameter,
           .guard = no_place_for_id,
           .readings = documented_only,
           .basis = Basis::silent,
           .name = "NullOut",
           .reason = "a program without the id cannot close the database; the engine crashes"},
          {.code = Code::errInTransaction, .guard = in_transaction},
          {.code = Code::errCannotDisableVersioning,
           .guard =
               [](const Context& c) {
                 return must_if((create_bits(c) & versioning_off) != 0 && (create_bits(c) & recovery_off) == 0);
               },
           .readings = engine_only,
           .basis = Basis::engine,
           .reason = header_only},
          {.code = Code::errInvalidGrbit,
           .guard =
               [](const Context& c) {
                 constexpr std::uint64_t known = bit::DbRecoveryOff | bit::DbShadowingOff | bit::DbOverwriteExisting;
                 return may_if((create_bits(c) & ~known) != 0);
               },
           .readings = documented_only,
           .basis = Basis::silent,
           .reason = "no code is listed for an unknown bit; the engine drops it"},
          {.code = Code::errDatabaseInvalidPages,
           .guard = too_large,
           .readings = documented_only,
           .reason = why_too_large},
          {.code = Code::errDatabaseInvalidPath, .guard = no_path},
          {.code = Code::errDatabaseDuplicate,
           .guard = [](const Context& c) { return must_if(attached_here(c) != nullptr); },
           .readings = engine_only,
           .name = "Attached",
           .reason = "looked at before the file itself"},
          {.code = Code::errDatabaseSharingViolation,
           .guard = [](const Context& c) { return must_if(attached_elsewhere(c) != nullptr); },
           .name = "Instance",
           .reason = "another instance has the file"},
          {.code = Code::errDatabaseSharingViolation,
           .guard =
               [](const Context& c) {
                 return may_if(attached_here(c) != nullptr && attached_by_other(c) != Holds::no);
               },
           .readings = documented_only,
           .reason = "DatabaseDuplicate says as much of the file; the engine looks at the instance only"},
          {.code = Code::wrnDatabaseAttached,
           .guard = [](const Context& c) { return may_if(attached_by_this(c) != Holds::no); },
           .readings = documented_only,
           .reason = "listed beside DatabaseDuplicate for a file that is there; the engine refuses",
           .effect = open_what_is_attached},
          {.code = Code::errDatabaseInUse,
           .guard = used_file,
           .readings = documented_only,
           .reason = "a file that is open; the engine has said DatabaseDuplicate before"},
          {.code = Code::errDatabaseLocked,
           .guard =
               [](const Context& c) {
                 const Database* database = attached_here(c);
                 return may_if(database != nullptr && locked_by_another_session(c, *database));
               },
           .readings = documented_only,
           .reason = "a file that is open exclusively; the engine has said DatabaseDuplicate before"},
          {.code = Code::errTooManyAttachedDatabases,
           .guard = too_many_attached,
           .reason =
               "seven by the pages of create and attach, six by creating-databases: with six both are allowed; the "
               "engine takes six"},
          {.code = Code::errDatabaseDuplicate, .guard = file_in_the_way},
          {.code = Code::errInvalidDatabase,
           .guard =
               [](const Context& c) {
                 return may_if(names_folder(c) || (overwrites(c) && (is_foreign(c) || is_damaged(c))));
               },
           .readings = documented_only,
           .reason = "what stands there, or is to be overwritten, is no database; the engine does not look"},
          {.code = Code::errDatabaseInvalidPath,
           .guard = [](const Context& c) { return must_if(names_folder(c)); },
           .readings = documented_only,
           .name = "Folder",
           .reason = "what stands there is a folder; for the engine the operating system answers"},
          {.code = Code::errDatabaseInvalidPath,
           .guard = missing_folder,
           .readings = documented_only,
           .name = "NoFolder",
           .reason = "the engine gives InvalidPath"},
          {.code = Code::errInvalidPath,
           .guard = missing_folder,
           .readings = engine_only,
           .basis = Basis::engine,
           .reason = "the folder is missing; the create was logged before, so that all data are withdrawn",
           .effect = withdraw_of_session},
          {.code = Code::errOneDatabasePerSession,
           .guard =
               [](const Context& c) { return must_if(one_database_per_session(c) && has_another_open(c, nullptr)); },
           .readings = documented_only,
           .reason = "the engine looks at it in JetOpenDatabase only"},
          {.code = Code::errDatabaseNotFound,
           .guard = [](const Context& c) { return may_if(asks_read_only(c) && attached_here(c) == nullptr); },
           .readings = documented_only,
           .reason = "what is only to be read cannot be made, and is not attached; the engine drops the bit"},
          {.code = Code::wrnFileOpenReadOnly,
           .guard =
               [](const Context& c) {
                 const Database* database = attached_here(c);
                 return may_if(database != nullptr && database->read_only && !asks_read_only(c) &&
                               attached_by_this(c) != Holds::no);
               },
           .readings = documented_only,
           .reason = "what the session has attached for reading is opened like that; the engine refuses",
           .effect = open_what_is_attached},
          {.code = Code::errFileAccessDenied,
           .guard = [](const Context& c) { return file_there(c) == Holds::may ? Holds::may : Holds::no; },
           .readings = documented_only,
           .basis = Basis::rule,
           .name = "Leftover",
           .reason = "what a call that failed has left of the file may be in the way"},
          {.code = Code::errOutOfMemory, .guard = memory_refused, .effect = fail_create_for_memory},
      }),
      failing_files(fail_create), clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = create_database}}));
}

constexpr auto create_database_clauses =
    create_clauses(never, "the row is that of JetCreateDatabase2: this form has no argument for a size");

constexpr auto create_database2_clauses =
    create_clauses([](const Context& c) { return must_if((c.call[2].number & 0xffffffff) > 0x7ffffffe); },
                   "no check of the engine's is known for it");

// --- Attach ---

/// The grbit is the last argument of both forms.
template <std::size_t position>
std::uint64_t attach_bits(const Call& call) {
  return call[position].number;
}

template <std::size_t grbit>
void attach(World& world, const Call& call, Produced&) {
  const bool read_only = (attach_bits<grbit>(call) & bit::DbReadOnly) != 0;
  attach_database(world, SessionId{call[0].handle.id}, path_of(call), read_only);
}

/// Instances may share a file that each of them only reads, as processes may.
template <std::size_t grbit>
Holds taken_by_other(const Context& c) {
  const Database* elsewhere = attached_here(c) == nullptr ? attached_elsewhere(c) : nullptr;
  if (elsewhere != nullptr && elsewhere->read_only && (attach_bits<grbit>(c.call) & bit::DbReadOnly) != 0)
    return c.profile.reading == Reading::documented ? Holds::may : Holds::must;
  return attached_by_other(c);
}

Holds no_such_file(const Context& c) {
  if (!names_file(c.call) || attached_here(c) != nullptr || attached_elsewhere(c) != nullptr) return Holds::no;
  switch (file_there(c)) {
    case Holds::no: return Holds::must;
    case Holds::may: return Holds::may;
    case Holds::must: return Holds::no;
  }
  return Holds::no;
}

constexpr std::string_view where_damage_is = "what the damaged bytes were part of, only the library knows";

/// The engine looks at other instances in its own lists, and asks the system for the rest.
Holds opened_by_others(const Context& c) {
  if (c.profile.reading != Reading::documented) return may_if(is_held(c));
  return may_if(attached_elsewhere(c) != nullptr || is_held(c) || names_folder(c));
}

template <std::size_t grbit>
constexpr auto attach_clauses() {
  return join(
      outside_table(session_gate),
      clauses({
          {.code = Code::errInTransaction,
           .guard =
               [](const Context& c) {
                 const bool inside = in_transaction(c) != Holds::no;
                 return c.profile.reading == Reading::documented ? may_if(inside) : must_if(inside);
               },
           .basis = Basis::silent,
           .reason = contradicts_create},
          {.code = Code::errCannotDisableVersioning,
           .guard = [](const Context& c) { return must_if((attach_bits<grbit>(c.call) & versioning_off) != 0); },
           .readings = engine_only,
           .basis = Basis::engine,
           .reason = header_only},
          {.code = Code::errDatabaseInvalidPath, .guard = no_path},
          {.code = Code::errInvalidGrbit,
           .guard =
               [](const Context& c) {
                 const std::uint64_t bits = attach_bits<grbit>(c.call);
                 constexpr std::uint64_t both = bit::DbReadOnly | bit::DbDeleteCorruptIndexes;
                 if (c.profile.reading != Reading::documented)
                   return must_if((bits & bit::DbReadOnly) != 0 && (bits & 0x400) != 0);
                 return may_if((bits & ~both) != 0 || (bits & both) == both);
               },
           .basis = Basis::silent,
           .reason = "no code is listed for an unknown bit; the engine knows one that may not stand beside ReadOnly"},
          {.code = Code::errDatabaseInvalidPath,
           .guard =
               [](const Context& c) { return may_if(names_file(c.call) && (!folder_exists(c) || names_folder(c))); },
           .readings = documented_only,
           .name = "NoFolder",
           .reason = "a path that leads to no file is hardly valid; the engine says FileNotFound"},
          {.code = Code::errFileNotFound, .guard = no_such_file},
          {.code = Code::errDatabaseFileReadOnly,
           .guard =
               [](const Context& c) {
                 const DatabaseFile* file = known_file(c);
                 const bool writes = (attach_bits<grbit>(c.call) & bit::DbReadOnly) == 0;
                 return may_if(file != nullptr && file->read_only && writes);
               },
           .readings = documented_only,
           .reason = "whether its mode keeps an administrator from a file, the system says; no recording has the case"},
          {.code = Code::errBackupInProgress, .guard = backup_runs},
          {.code = Code::wrnDatabaseAttached,
           .guard =
               [](const Context& c) {
                 if (c.profile.reading == Reading::documented) return attached_by_this(c);
                 return must_if(attached_here(c) != nullptr);
               },
           .reason = "for the engine any session of the instance counts as this one"},
          {.code = Code::errDatabaseSharingViolation,
           .guard = taken_by_other<grbit>,
           .readings = documented_only,
           .reason = "for the engine only another instance counts"},
          {.code = Code::errDatabaseSharingViolation,
           .guard = [](const Context& c) { return must_if(attached_elsewhere(c) != nullptr); },
           .readings = engine_only,
           .name = "Instance",
           .reason = "for the engine only another instance counts"},
          {.code = Code::errTooManyAttachedDatabases,
           .guard = too_many_attached,
           .reason =
               "seven by the pages of create and attach, six by creating-databases: with six both are allowed; the "
               "engine takes six"},
          {.code = Code::errDatabaseInUse,
           .guard = [](const Context& c) { return may_if(is_held(c)); },
           .readings = documented_only,
           .reason =
               "the page has another code as well for a file that another process has; the engine gives that one"},
          {.code = Code::errFileAccessDenied,
           .guard = opened_by_others,
           .reason = "a file that is in use elsewhere, or none at all"},
          {.code = Code::errPrimaryIndexCorrupted,
           .guard = [](const Context& c) { return may_if(is_damaged(c)); },
           .readings = documented_only,
           .reason = where_damage_is},
          {.code = Code::errSecondaryIndexCorrupted,
           .guard = [](const Context& c) { return may_if(is_damaged(c)); },
           .readings = documented_only,
           .reason = where_damage_is},
          {.code = Code::errReadVerifyFailure,
           .guard = [](const Context& c) { return may_if(is_damaged(c)); },
           .basis = Basis::silent,
           .reason = "the list of all errors: a page that fails its check"},
          {.code = Code::errInvalidDatabase,
           .guard = [](const Context& c) { return is_foreign(c) ? Holds::must : may_if(is_damaged(c)); },
           .basis = Basis::silent,
           .reason = "the pages of create and open say it of a file that is no database"},
          failing_environment[0],
          failing_environment[1],
          failing_environment[2],
          failing_environment[3],
      }));
}

constexpr auto attach_success(Effect effect) {
  return clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = effect}});
}

constexpr auto attach_database_clauses = join(attach_clauses<2>(), attach_success(attach<2>));

/// Its page lists only the codes that are met most.
constexpr auto attach_database2_clauses =
    join(outside_table(attach_clauses<3>(), Code::errFileAccessDenied), attach_success(attach<3>));

template <const auto& list>
constexpr FunctionModel model_of(Function function) {
  return {function, Addressing::session, &evaluate<Addressing::session, list>, list};
}

}  // namespace

std::span<const FunctionModel> attaching_functions() {
  static constexpr std::array functions{
      model_of<create_database_clauses>(Function::JetCreateDatabase),
      model_of<create_database2_clauses>(Function::JetCreateDatabase2),
      model_of<attach_database_clauses>(Function::JetAttachDatabase),
      model_of<attach_database2_clauses>(Function::JetAttachDatabase2),
  };
  return functions;
}

}  // namespace esentcheck::model
