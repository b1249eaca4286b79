// JetOpenDatabase, JetCloseDatabase, JetGetDatabaseInfo: a session works with an attached database. Its id is valid in the
// session that opened it, and nowhere else.
#include "model/functions/database_guards.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace databases;
using namespace gates;
namespace bit = spec::bit;
namespace level = spec::level;

// --- Open ---

std::uint64_t open_bits(const Call& call) { return call[4].number; }

bool asks_exclusive(const Context& c) { return (open_bits(c.call) & bit::DbExclusive) != 0; }

Holds unasked_read_only(const Context& c) {
  const Database* database = attached_here(c);
  return must_if(database != nullptr && database->read_only && (open_bits(c.call) & bit::DbReadOnly) == 0);
}

void open(World& world, const Call& call, Produced& produced) {
  const SessionId session{call[0].handle.id};
  const InstanceId instance = world.sessions[call[0].handle.id].instance;
  const Database* database = find_database(world, instance, path_of(call));
  if (database == nullptr) return;
  const std::uint32_t position = position_of(world, *database);
  produced.handle = handle_of(open_database(world, session, position));
  if ((open_bits(call) & bit::DbExclusive) == 0) return;
  world.databases[position].is_exclusive = true;
  world.databases[position].exclusive_to = session;
}

constexpr auto open_clauses = join(
    outside_table(session_gate),
    clauses({
        {.code = Code::errInvalidParameter,
         .guard = [](const Context& c) { return must_if(c.call[3].kind == ArgumentKind::null); },
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "NullOut",
         .reason = "a program without the id cannot close the database; the engine crashes"},
        {.code = Code::errDatabaseInvalidPath, .guard = no_path},
        {.code = Code::errInvalidGrbit,
         .guard =
             [](const Context& c) {
               return may_if((open_bits(c.call) & ~std::uint64_t{bit::DbReadOnly | bit::DbExclusive}) != 0);
             },
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = "no code is listed for an unknown bit; the engine drops it"},
        {.code = Code::errDatabaseInvalidPath,
         .guard = [](const Context& c) { return may_if(names_file(c.call) && (!folder_exists(c) || names_folder(c))); },
         .readings = documented_only,
         .name = "NoFolder",
         .reason = "the path names no valid file; it is not attached either"},
        {.code = Code::errInvalidDatabase,
         .guard =
             [](const Context& c) {
               return may_if(names_folder(c) || (attached_here(c) == nullptr && (is_foreign(c) || is_damaged(c))));
             },
         .readings = documented_only,
         .reason = "what stands there is no database; it is not attached either"},
        {.code = Code::errDatabaseNotFound,
         .guard =
             [](const Context& c) {
               return must_if(c.session != nullptr && names_file(c.call) && attached_here(c) == nullptr);
             }},
        {.code = Code::errOneDatabasePerSession,
         .guard =
             [](const Context& c) {
               const Database* database = attached_here(c);
               if (database == nullptr || !one_database_per_session(c)) return Holds::no;
               if (has_another_open(c, database)) return Holds::must;
               return may_if(c.profile.reading == Reading::documented && has_another_open(c, nullptr));
             },
         .reason = "whether the same database once more is a second one, the page leaves open"},
        {.code = Code::errDatabaseLocked,
         .guard =
             [](const Context& c) {
               const Database* database = attached_here(c);
               return must_if(database != nullptr && locked_by_another_session(c, *database));
             }},
        {.code = Code::errDatabaseInUse,
         .guard =
             [](const Context& c) {
               const Database* database = attached_here(c);
               return must_if(database != nullptr && asks_exclusive(c) && database->opens > 0);
             }},
        {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
        failing_files(nullptr)[0],
        failing_files(nullptr)[1],
        failing_files(nullptr)[2],
        {.code = Code::wrnFileOpenReadOnly,
         .guard = unasked_read_only,
         .readings = documented_only,
         .reason = "the engine computes the warning and loses it",
         .effect = open},
        {.code = Code::errSuccess, .guard = nullptr, .effect = open},
    }));

// --- Close ---

const Open* named_open(const Context& c) { return find_open(c.world, c.call[1].handle); }

bool own_open(const Context& c) {
  const Open* open = named_open(c);
  return open != nullptr && c.session != nullptr && open->session == session_id(c);
}

Holds no_own_open(const Context& c) { return must_if(c.session != nullptr && !own_open(c)); }

void close(World& world, const Call& call, Produced&) { close_database(world, OpenId{call[1].handle.id}); }

constexpr std::string_view not_told_apart =
    "the page does not tell an id that is none from one of a database that is not open: both codes are allowed";

/// The engine looks a small id up in a table whose entries exist only for ids that were given out.
constexpr auto never_given_out_clause = clauses({
    {.code = Code::errInternalError,
     .guard =
         [](const Context& c) {
           constexpr std::uint64_t table_size = 256;
           const Argument& id = c.call[1];
           return may_if(c.session != nullptr && id.handle.kind == HandleKind::garbage && id.number > 0 &&
                         id.number < table_size);
         },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "NeverGivenOut",
     .reason = "undefined: a small id that was never given out leads nowhere",
     .ending = Ending::crashes},
});

constexpr auto close_clauses =
    join(outside_table(session_gate_without_stop),
         clauses({
             {.code = Code::errInternalError,
              .guard =
                  [](const Context& c) {
                    return may_if(c.session != nullptr && c.call[1].handle.kind == HandleKind::garbage);
                  },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "NeverGiven",
              .reason = "undefined: a small number that was never given out is followed",
              .ending = Ending::crashes},
             never_given_out_clause[0],
             {.code = Code::errInvalidDatabaseId, .guard = no_own_open, .reason = not_told_apart},
             {.code = Code::errDatabaseNotFound,
              .guard = no_own_open,
              .readings = documented_only,
              .reason = not_told_apart},
             {.code = Code::errInvalidGrbit,
              .guard = [](const Context& c) { return may_if(c.call[2].number != 0); },
              .readings = documented_only,
              .basis = Basis::silent,
              .reason = "the grbit is reserved; whether bits are refused is open"},
             {.code = Code::errInvalidParameter,
              .guard = [](const Context& c) { return may_if(c.call[2].number != 0); },
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "Grbit",
              .reason = "the grbit is reserved; whether bits are refused is open"},
             {.code = Code::errSuccess, .guard = nullptr, .effect = close},
         }));

// --- Info ---

std::uint64_t info_level(const Call& call) { return call[4].number & 0xffffffff; }
std::uint64_t info_size(const Call& call) { return call[3].number & 0xffffffff; }

/// Levels whose result is a number of four bytes.
bool gives_number(std::uint64_t asked) {
  switch (asked) {
    case level::DbInfoCountry:
    case level::DbInfoLCID:
    case level::DbInfoOptions:
    case level::DbInfoTransactions:
    case level::DbInfoVersion:
    case level::DbInfoFilesize:
    case level::DbInfoSpaceOwned:
    case level::DbInfoSpaceAvailable:
    case level::DbInfoPageSize: return true;
    default: return false;
  }
}

/// Whether the buffer suits the level. A text needs at least its file's name and a zero; how a subject spells the folder
/// in front of it is its own affair, and which levels are exact about their size, no page says.
Holds unsuitable_size(const Context& c) {
  if (!own_open(c)) return Holds::no;
  const std::uint64_t asked = info_level(c.call);
  const std::uint64_t size = info_size(c.call);
  if (asked == level::DbInfoIsam) return Holds::no;
  if (gives_number(asked)) return size < 4 ? Holds::must : may_if(size != 4);
  if (asked != level::DbInfoFilename) return Holds::may;
  const std::string& path = c.world.databases[named_open(c)->database].path;
  return size < path.size() - (path.rfind('/') + 1) + 1 ? Holds::must : may_if(size < 4096);
}

bool asks_transactions(const Context& c) {
  return own_open(c) && info_level(c.call) == level::DbInfoTransactions && info_size(c.call) == 4;
}

template <std::uint64_t value>
void give(World&, const Call&, Produced& produced) {
  produced.has_value = true;
  produced.value = value;
}

void give_options(World& world, const Call& call, Produced& produced) {
  if (info_level(call) != level::DbInfoOptions) return;
  const Database& database = world.databases[world.opens[call[1].handle.id].database];
  produced.has_value = true;
  produced.value = database.is_exclusive ? bit::DbExclusive : 0;
}

constexpr std::string_view which_of_both =
    "which of the two codes depends on the level, in a way that the page does not state";
constexpr std::string_view one_above =
    "one above the deepest level: 7 up to Windows Server 2003, and later 8, as transactions.md says seven levels";

constexpr auto info_clauses = join(
    outside_table(session_gate),
    clauses({
        {.code = Code::errInvalidParameter,
         .guard = no_own_open,
         .readings = documented_only,
         .reason = "the engine tells a detached database from one that this session has not open"},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) {
               return may_if(c.session != nullptr && c.call[1].handle.kind == HandleKind::ended);
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Detached",
         .reason = "for an id of a detached database; closed ones give InvalidDatabaseId"},
        {.code = Code::errInternalError,
         .guard =
             [](const Context& c) {
               return may_if(c.session != nullptr && c.call[1].handle.kind == HandleKind::garbage);
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "NeverGiven",
         .reason = "undefined: a small number that was never given out is followed",
         .ending = Ending::crashes},
        never_given_out_clause[0],
        {.code = Code::errInvalidDatabaseId,
         .guard = no_own_open,
         .basis = Basis::silent,
         .reason = "JetCloseDatabase's page names this code for a bad id; the engine gives it here, too"},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) { return must_if(c.call[2].kind == ArgumentKind::null && info_size(c.call) > 0); },
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "NullResult",
         .reason = "there is no place for the result; the engine writes and crashes"},
        {.code = Code::errFeatureNotAvailable,
         .guard = [](const Context& c) { return must_if(own_open(c) && info_level(c.call) == level::DbInfoIsam); }},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) {
               const std::uint64_t asked = info_level(c.call);
               constexpr std::uint64_t beyond = 0x1000;
               if (!own_open(c) || gives_number(asked) || asked == level::DbInfoFilename) return Holds::no;
               return asked >= beyond ? Holds::must : may_if(asked != level::DbInfoIsam);
             },
         .name = "Level",
         .reason = "which levels the function supports, its page does not list"},
        {.code = Code::errBufferTooSmall,
         .guard = unsuitable_size,
         .readings = documented_only,
         .reason = which_of_both},
        {.code = Code::errInvalidBufferSize,
         .guard = unsuitable_size,
         .readings = documented_only,
         .reason = which_of_both},
        {.code = Code::errBufferTooSmall,
         .guard = [](const Context& c) { return gives_number(info_level(c.call)) ? Holds::no : unsuitable_size(c); },
         .readings = engine_only,
         .name = "Text",
         .reason = "texts and structures, in the engine"},
        {.code = Code::errInvalidBufferSize,
         .guard =
             [](const Context& c) {
               return must_if(own_open(c) && gives_number(info_level(c.call)) && info_size(c.call) != 4);
             },
         .readings = engine_only,
         .name = "Number",
         .reason = "numbers have just their size, in the engine"},
        {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
        {.code = Code::errSuccess,
         .guard =
             [](const Context& c) {
               return must_if(asks_transactions(c) && c.profile.release <= Release::windows_server_2003);
             },
         .readings = documented_only,
         .basis = Basis::prose,
         .name = "SevenTransactions",
         .reason = one_above,
         .effect = give<7>},
        {.code = Code::errSuccess,
         .guard =
             [](const Context& c) {
               return must_if(asks_transactions(c) && c.profile.release > Release::windows_server_2003);
             },
         .readings = documented_only,
         .basis = Basis::prose,
         .name = "EightTransactions",
         .reason = one_above,
         .effect = give<8>},
        {.code = Code::errSuccess, .guard = nullptr, .effect = give_options},
    }));

}  // namespace

std::span<const FunctionModel> opening_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetOpenDatabase, Addressing::session, &evaluate<Addressing::session, open_clauses>,
                    open_clauses},
      FunctionModel{Function::JetCloseDatabase, Addressing::session, &evaluate<Addressing::session, close_clauses>,
                    close_clauses},
      FunctionModel{Function::JetGetDatabaseInfo, Addressing::session, &evaluate<Addressing::session, info_clauses>,
                    info_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
