// JetDetachDatabase and JetDetachDatabase2: an instance lets go of a database file, or of all that a session attached.
#include "model/functions/database_guards.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace databases;
using namespace gates;
namespace bit = spec::bit;

/// JetDetachDatabase has no grbit; argument 2 of its calls is zero.
std::uint64_t bits(const Call& call) { return call[2].number; }
constexpr std::uint64_t force = bit::ForceDetach;
constexpr std::uint64_t close_first = bit::ForceCloseAndDetach & ~bit::ForceDetach;

/// "Every database attached through the session"; the engine takes every one of the instance. Nobody else can say whether
/// one is meant whose session has ended.
Holds meant(const Context& c, const Database& database) {
  if (!database.attached || c.instance == nullptr || database.instance != instance_id(c)) return Holds::no;
  if (names_file(c.call)) return must_if(database.path == path_of(c.call));
  if (c.profile.reading != Reading::documented || attached_by_this_session(c, database)) return Holds::must;
  return may_if(!database.attacher_is_live);
}

/// The strongest answer to a question about any of the databases that are meant.
template <class Question>
Holds of_any_meant(const Context& c, const Question& question) {
  Holds answer = Holds::no;
  for (const Database& database : c.world.databases) {
    const Holds is_meant = meant(c, database);
    if (is_meant != Holds::no && question(database)) answer = std::max(answer, is_meant);
  }
  return answer;
}

Holds none_meant(const Context& c) {
  if (c.session == nullptr) return Holds::no;
  if (of_any_meant(c, [](const Database&) { return true; }) != Holds::no) return Holds::no;
  if (names_file(c.call)) return Holds::must;
  return c.profile.reading == Reading::documented ? Holds::may : Holds::no;
}

/// A forced detach is for databases that are in use; whether it is supported depends on the release.
Holds in_use(const Context& c) {
  const Holds used = of_any_meant(c, [](const Database& database) { return database.opens > 0; });
  const bool forced = c.profile.reading == Reading::documented && (bits(c.call) & (force | close_first)) != 0;
  return forced && used == Holds::must ? Holds::may : used;
}

void detach(World& world, const Call& call, Produced&) {
  const SessionId session{call[0].handle.id};
  const InstanceId instance = world.sessions[call[0].handle.id].instance;
  const std::string path = names_file(call) ? path_of(call) : std::string();
  for (std::uint32_t i = 0; i < world.databases.size(); ++i) {
    const Database& database = world.databases[i];
    if (!database.attached || database.instance != instance) continue;
    const bool through_session = !database.attacher_is_live || database.attacher == session;
    if (names_file(call) ? database.path == path : through_session) detach_database(world, i);
  }
}

/// For the engine no session owns a database: NULL takes all of them.
void detach_all_of_instance(World& world, const Call& call, Produced&) {
  const InstanceId instance = world.sessions[call[0].handle.id].instance;
  for (std::uint32_t i = 0; i < world.databases.size(); ++i)
    if (world.databases[i].attached && world.databases[i].instance == instance) detach_database(world, i);
}

constexpr auto force_clauses = clauses({
    {.code = Code::errForceDetachNotAllowed,
     .guard =
         [](const Context& c) {
           if (c.profile.reading != Reading::documented) return must_if((bits(c.call) & force) != 0);
           return may_if((bits(c.call) & (force | close_first)) != 0);
         },
     .reason = "not supported by every release; the engine supports it in none"},
    {.code = Code::errInvalidGrbit,
     .guard = [](const Context& c) { return may_if((bits(c.call) & ~(force | close_first)) != 0); },
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = "no code is listed for an unknown bit; the engine drops it"},
});

constexpr auto common_clauses = clauses({
    {.code = Code::errInTransaction, .guard = in_transaction},
    {.code = Code::errBackupInProgress, .guard = backup_runs},
    {.code = Code::errDatabaseNotFound,
     .guard = none_meant,
     .reason = "by name it must be attached; whether all of none is an error, no page says"},
    {.code = Code::errDatabaseInUse, .guard = in_use, .reason = "a forced detach may close it first"},
    failing_environment[0],
    failing_environment[1],
    failing_environment[2],
    failing_environment[3],
    {.code = Code::errSuccess,
     .guard = [](const Context& c) { return must_if(c.session != nullptr && !names_file(c.call)); },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "All",
     .reason = "NULL or empty: every database of the instance, whoever attached it",
     .effect = detach_all_of_instance},
    {.code = Code::errSuccess, .guard = nullptr, .effect = detach},
});

/// Both pages of JetStopService allow the call, and its own lists no stop code.
constexpr auto gate = outside_table(session_gate_without_stop);

constexpr auto detach_clauses = join(gate, common_clauses);
constexpr auto detach2_clauses = join(gate, force_clauses, common_clauses);

}  // namespace

std::span<const FunctionModel> detaching_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetDetachDatabase, Addressing::session, &evaluate<Addressing::session, detach_clauses>,
                    detach_clauses},
      FunctionModel{Function::JetDetachDatabase2, Addressing::session, &evaluate<Addressing::session, detach2_clauses>,
                    detach2_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
