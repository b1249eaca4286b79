// JetBeginTransaction, JetBeginTransaction2, JetCommitTransaction, JetRollback: levels of one session.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/instance_paths.hpp"
#include "model/functions/ownership.hpp"
#include "model/limits.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;

Session& session_of(World& world, const Call& call) { return world.sessions[call[0].handle.id]; }
Instance& instance_of(World& world, const Session& session) {
  return world.instances[static_cast<std::uint32_t>(session.instance)];
}

Holds on_wrong_thread(const Context& c) { return c.session == nullptr ? Holds::no : owned_by_another(c); }

// --- Begin ---

void begin_transaction(World& world, const Call& call, Produced&) {
  Session& session = session_of(world, call);
  if (session.depth++ > 0) return;
  session.owner = call.thread;
  session.begun_in_context = session.has_context;
  session.begun_context = session.context;
  ++instance_of(world, session).open_transactions;
}

constexpr std::string_view log_was_stopped = "JetStopServiceInstance2 has stopped the log of the instance";

/// What the transaction has changed cannot be logged any more, neither its commit nor its undo.
Holds log_is_stopped(const Context& c) {
  return must_if(c.session != nullptr && c.session->updated && c.instance->log_stopped &&
                 uses_log(c.instance->parameters));
}

constexpr auto begin_transaction_clauses =
    join(session_gate,
         clauses({
             {.code = Code::errTransTooDeep,
              .guard =
                  [](const Context& c) {
                    return must_if(c.session != nullptr && c.session->depth >= deepest_level(c.profile));
                  }},
             {.code = Code::errRollbackError,
              .guard = [](const Context& c) { return must_if(c.session != nullptr && c.session->undo_failed); },
              .readings = engine_only,
              .basis = Basis::engine,
              .reason = "an earlier rollback of the session has failed"},
             {.code = Code::errSessionSharingViolation, .guard = on_wrong_thread, .since = Release::windows_xp},
             {.code = Code::errSessionSharingViolation,
              .guard =
                  [](const Context& c) {
                    return may_if(c.session != nullptr && c.session->depth == 0 && c.session->has_context &&
                                  c.session->context_thread != c.call.thread);
                  },
              .readings = documented_only,
              .basis = Basis::prose,
              .since = Release::windows_xp,
              .name = "ForeignContext",
              .reason = "a session bound to one thread, begun on another: forbidden in general, no code assigned"},
             {.code = Code::errOutOfMemory,
              .guard = memory_refused,
              .readings = documented_only,
              .basis = Basis::rule,
              .reason = any_allocation},
             {.code = Code::errSuccess, .guard = nullptr, .effect = begin_transaction},
         }));

/// Of the forms with a grbit, which stands at another place in each.
template <std::size_t position>
Holds unknown_begin_bits(const Context& c) {
  return may_if((c.call[position].number & ~std::uint64_t{spec::bit::TransactionReadOnly}) != 0);
}

template <std::size_t position>
constexpr auto begin_grbit_clauses() {
  return clauses({
      {.code = Code::errInvalidGrbit,
       .guard = unknown_begin_bits<position>,
       .readings = documented_only,
       .basis = Basis::silent,
       .reason = "no code is listed for an unknown grbit; the engine drops it"},
      {.code = Code::errInvalidParameter,
       .guard = unknown_begin_bits<position>,
       .readings = documented_only,
       .basis = Basis::silent,
       .name = "Grbit",
       .reason = "no code is listed for an unknown grbit; the engine drops it"},
  });
}

constexpr auto begin_transaction2_clauses = join(begin_grbit_clauses<1>(), begin_transaction_clauses);
constexpr auto begin_transaction3_clauses = join(begin_grbit_clauses<2>(), begin_transaction_clauses);

// --- Commit ---

constexpr std::uint64_t lazy = spec::bit::CommitLazyFlush;
constexpr std::uint64_t wait_last = spec::bit::WaitLastLevel0Commit;
constexpr std::uint64_t wait_all = spec::bit::WaitAllLevel0Commit;
constexpr std::uint64_t engine_commit_bits = 0x3b;

std::uint64_t commit_bits(const Context& c) { return c.call[1].number; }
bool waits(std::uint64_t bits) { return (bits & (wait_last | wait_all)) != 0; }

Holds bad_commit_bits(const Context& c) {
  const std::uint64_t bits = commit_bits(c);
  if (c.profile.reading != Reading::documented) {
    const bool alone = (bits & (bits - 1)) == 0;
    return must_if((bits & ~engine_commit_bits) != 0 || ((waits(bits) || (bits & 0x10) != 0) && !alone));
  }
  if ((bits & ~engine_commit_bits) != 0 || (bits & wait_last && bits & wait_all)) return Holds::must;
  // Lazy flush with a wait bit is "ignored" in one cell and illegal in another; bits without a page are open.
  return may_if((bits & ~(lazy | wait_last | wait_all)) != 0 || (waits(bits) && bits & lazy));
}

/// Alone, and looked at before the level and the thread.
bool closes_no_level_in_engine(const Context& c) {
  return c.profile.reading != Reading::documented && (waits(commit_bits(c)) || (commit_bits(c) & 0x10) != 0);
}

/// By its own bits, or by the session's or instance's default.
bool is_lazy(const Context& c) {
  if ((commit_bits(c) & lazy) != 0) return true;
  const std::uint64_t usual = c.session->has_commit_default
                                  ? c.session->commit_default
                                  : c.instance->parameters.number(spec::Parameter::CommitDefault);
  return (usual & lazy) != 0;
}

/// The outermost commit of a transaction that asks for no lazy flush must not say success unless its log is
/// on disk.
Holds commit_must_reach_log(const Context& c) {
  if (c.session == nullptr || file_fails(c) == Holds::no) return Holds::no;
  const bool writes = c.session->depth > 0 || (commit_bits(c) & (wait_last | wait_all | 0x10)) != 0;
  if (!writes) return Holds::no;
  const bool outermost = c.session->depth == 1 && !waits(commit_bits(c));
  return c.call.environment.log_fails && outermost && !is_lazy(c) ? Holds::must : Holds::may;
}

void leave_level(Session& session, Instance& instance) {
  if (--session.depth > 0) return;
  session.owner = ThreadId{};
  session.begun_in_context = false;
  session.begun_context = 0;
  session.updated = false;
  --instance.open_transactions;
}

void commit(World& world, const Call& call, Produced&) {
  Session& session = session_of(world, call);
  if (!waits(call[1].number) && session.depth > 0) leave_level(session, instance_of(world, session));
}

constexpr auto commit_clauses =
    join(session_gate, clauses({
                           {.code = Code::errInvalidGrbit, .guard = bad_commit_bits},
                           {.code = Code::errNotInTransaction,
                            .guard =
                                [](const Context& c) {
                                  if (c.session == nullptr || c.session->depth > 0) return Holds::no;
                                  if (c.profile.reading != Reading::documented)
                                    return must_if((commit_bits(c) & (wait_last | wait_all | 0x10)) == 0);
                                  return waits(commit_bits(c)) ? Holds::no : must_if((commit_bits(c) & 0x10) == 0);
                                }},
                           {.code = Code::errSessionSharingViolation,
                            .guard =
                                [](const Context& c) {
                                  const Holds wrong = on_wrong_thread(c);
                                  if (wrong != Holds::must) return wrong;
                                  if (closes_no_level_in_engine(c)) return Holds::no;
                                  return waits(commit_bits(c)) ? Holds::may : wrong;
                                },
                            .since = Release::windows_xp},
                           {.code = Code::errLogWriteFail,
                            .guard = log_is_stopped,
                            .readings = engine_only,
                            .basis = Basis::engine,
                            .name = "LogStopped",
                            .reason = log_was_stopped},
                           {.code = Code::errLogWriteFail,
                            .guard = commit_must_reach_log,
                            .basis = Basis::rule,
                            .reason = "the failing write itself, which the page leaves to the list of all errors",
                            .effect = doubt_instance},
                           {.code = Code::errInstanceUnavailable,
                            .guard = commit_must_reach_log,
                            .readings = documented_only,
                            .since = Release::windows_xp,
                            .name = "LogFails",
                            .reason = "no page says which errors are fatal; the engine gives the log's own error",
                            .effect = withdraw_of_session},
                           {.code = Code::errOutOfMemory,
                            .guard = memory_refused,
                            .readings = documented_only,
                            .basis = Basis::rule,
                            .reason = any_allocation},
                           {.code = Code::errSuccess,
                            .guard = [](const Context& c) { return must_if(closes_no_level_in_engine(c)); },
                            .readings = engine_only,
                            .basis = Basis::engine,
                            .name = "NoLevel",
                            .reason = "a bit that waits, or asks for a new log, works alone and commits nothing"},
                           {.code = Code::errSuccess, .guard = nullptr, .effect = commit},
                       }));

/// A time until the commit is durable bounds the delay of a lazy one.
Holds delay_without_laziness(const Context& c) {
  const bool delays = (c.call[2].number & 0xffffffff) != 0;
  if (c.session == nullptr || c.session->depth == 0 || !delays) return Holds::no;
  if (is_lazy(c) || (commit_bits(c) & (wait_last | wait_all | 0x10)) != 0) return Holds::no;
  return c.profile.reading == Reading::documented ? Holds::may : Holds::must;
}

constexpr auto commit2_clauses =
    insert_after(commit_clauses, Code::errNotInTransaction,
                 clauses({{.code = Code::errInvalidParameter,
                           .guard = delay_without_laziness,
                           .basis = Basis::engine,
                           .name = "Delay",
                           .reason = "a time for a commit that is not lazy; what the page makes of it is open"}}));

// --- Rollback ---

constexpr std::uint64_t rollback_all = spec::bit::RollbackAll;

/// Only what was begun can be undone, and fail to be.
Holds undo_fails(const Context& c) { return c.session == nullptr || c.session->depth == 0 ? Holds::no : file_fails(c); }

void rollback(World& world, const Call& call, Produced&) {
  Session& session = session_of(world, call);
  Instance& instance = instance_of(world, session);
  do leave_level(session, instance);
  while (session.depth > 0 && (call[1].number & rollback_all) != 0);
}

void fail_undo(World& world, const Call& call, Produced&) { session_of(world, call).undo_failed = true; }

constexpr auto rollback_clauses =
    join(session_gate_contradicted_stop,
         clauses({
             {.code = Code::errInvalidGrbit,
              .guard =
                  [](const Context& c) {
                    const std::uint64_t bits = c.call[1].number;
                    if (c.profile.reading != Reading::documented) return must_if((bits & ~std::uint64_t{0x21}) != 0);
                    return may_if((bits & ~rollback_all) != 0);
                  },
              .basis = Basis::silent,
              .reason = "no code is listed for an unknown grbit"},
             {.code = Code::errNotInTransaction,
              .guard = [](const Context& c) { return must_if(c.session != nullptr && c.session->depth == 0); }},
             {.code = Code::errSessionSharingViolation, .guard = on_wrong_thread, .since = Release::windows_xp},
             {.code = Code::errLogWriteFail,
              .guard = log_is_stopped,
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "LogStopped",
              .reason = log_was_stopped,
              .effect = fail_undo},
             {.code = Code::errRollbackError,
              .guard = undo_fails,
              .readings = documented_only,
              .reason = "the engine gives the cause itself",
              .effect = doubt_instance},
             {.code = Code::errLogWriteFail,
              .guard = undo_fails,
              .basis = Basis::rule,
              .reason = any_write,
              .effect = doubt_instance},
             {.code = Code::errSuccess, .guard = nullptr, .effect = rollback},
         }));

}  // namespace

std::span<const FunctionModel> transaction_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetBeginTransaction, Addressing::session,
                    &evaluate<Addressing::session, begin_transaction_clauses>, begin_transaction_clauses},
      FunctionModel{Function::JetBeginTransaction2, Addressing::session,
                    &evaluate<Addressing::session, begin_transaction2_clauses>, begin_transaction2_clauses},
      FunctionModel{Function::JetBeginTransaction3, Addressing::session,
                    &evaluate<Addressing::session, begin_transaction3_clauses>, begin_transaction3_clauses},
      FunctionModel{Function::JetCommitTransaction2, Addressing::session,
                    &evaluate<Addressing::session, commit2_clauses>, commit2_clauses},
      FunctionModel{Function::JetCommitTransaction, Addressing::session, &evaluate<Addressing::session, commit_clauses>,
                    commit_clauses},
      FunctionModel{Function::JetRollback, Addressing::session, &evaluate<Addressing::session, rollback_clauses>,
                    rollback_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
