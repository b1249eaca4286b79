// JetBeginSession, JetDupSession, JetEndSession, JetGetVersion: sessions come and go.
//
// JetDupSession "will act in all ways as a JetBeginSession called on the instance of the session passed in"
// (jetdupsession-function), so both share the clauses behind their gates.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/ownership.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;

/// The engine adds this to JET_paramMaxSessions; four sessions of its own and a reserve are in it.
constexpr std::uint32_t engine_surplus = 65;

/// An instance has a limit once it is initialised; before, it has no session to run out of.
Holds no_session_left(const Context& c) {
  if (!in_phase(c, Phase::running) && !in_phase(c, Phase::terminating)) return Holds::no;
  const bool documented = c.profile.reading == Reading::documented;
  const std::uint32_t capacity = c.instance->session_limit + (documented ? 0 : engine_surplus);
  return must_if(c.instance->session_count >= capacity);
}

Holds no_out_pointer(const Context& c) { return must_if(c.call[1].kind == ArgumentKind::null); }

constexpr std::string_view writes_through = "undefined: the engine writes through the pointer";

constexpr auto new_session = clauses({
    {.code = Code::errInvalidParameter,
     .guard = no_out_pointer,
     .readings = documented_only,
     .name = "NullOut",
     .reason = "the engine writes through the pointer and crashes"},
    {.code = Code::errOutOfSessions,
     .guard = no_session_left,
     .reason = "the engine's limit is JET_paramMaxSessions + 65, less once a database was touched"},
    {.code = Code::errOutOfMemory,
     .guard = memory_refused,
     .readings = documented_only,
     .reason = "the engine reports a refused allocation as OutOfSessions"},
    {.code = Code::errOutOfSessions,
     .guard = memory_refused,
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "Memory",
     .reason = "the engine reports a refused allocation of a session this way"},
    {.code = Code::errInternalError,
     .guard = no_out_pointer,
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "NullOut",
     .reason = writes_through,
     .ending = Ending::crashes},
});

void begin_session(World& world, const Call& call, Produced& produced) {
  const InstanceId instance = id_of(world, *served_instance(world, call[0].handle));
  produced.handle = handle_of(add_session(world, instance, false));
}

void dup_session(World& world, const Call& call, Produced& produced) {
  produced.handle = handle_of(add_session(world, find_session(world, call[0].handle)->instance, false));
}

void end_session(World& world, const Call& call, Produced&) { remove_session(world, SessionId{call[0].handle.id}); }

constexpr auto begin_session_clauses = join(instance_gate, new_session,
                                            clauses({
                                                {.code = Code::errSuccess, .guard = nullptr, .effect = begin_session},
                                            }));

constexpr auto dup_session_clauses = join(session_gate, new_session,
                                          clauses({
                                              {.code = Code::errSuccess, .guard = nullptr, .effect = dup_session},
                                          }));

// --- JetEndSession ---

Holds internal_session(const Context& c) { return must_if(c.session != nullptr && c.session->internal); }

constexpr auto end_session_clauses = join(
    session_handle, all_terminating, contradicted_stop_clause,
    clauses({
        {.code = Code::errInstanceUnavailable,
         .guard = [](const Context& c) { return may_if(unavailable(c) != Holds::no); },
         .readings = documented_only,
         .since = Release::windows_xp,
         .reason = "listed, but a session must go away somehow: success is allowed too",
         .effect = withdraw_of_session},
        {.code = Code::errInstanceUnavailable,
         .guard = unavailable,
         .readings = engine_only,
         .since = Release::windows_xp,
         .name = "Gate",
         .reason = "the engine passes the call through its session gate"},
        {.code = Code::errTermInProgress, .guard = terminating},
        {.code = Code::errRestoreInProgress,
         .guard = restoring,
         .readings = documented_only,
         .reason = "the engine's session gate does not look at a restore"},
        {.code = Code::errNotInitialized,
         .guard = not_running_yet,
         .readings = documented_only,
         .reason = "only a session that a status callback was given can meet it"},
        inside_clause[0],
        {.code = Code::errInvalidSesid,
         .guard = internal_session,
         .basis = Basis::silent,
         .name = "Internal",
         .reason = "the session of a status callback belongs to the engine"},
        {.code = Code::errSessionInUse,
         .guard =
             [](const Context& c) {
               if (c.session == nullptr || !c.session->has_context) return Holds::no;
               if (c.profile.reading != Reading::documented) return Holds::must;
               return c.session->context_thread == c.call.thread ? Holds::may : Holds::must;
             },
         .reason = "the page: the session context was not set or reset properly; for its own thread that is open"},
        {.code = Code::errSessionInUse,
         .guard = [](const Context& c) { return may_if(c.session != nullptr && owned_by_another(c) != Holds::no); },
         .readings = documented_only,
         .name = "Transaction",
         .reason = "another thread's open transaction may or may not count as using the session"},
        {.code = Code::errSessionSharingViolation,
         .guard =
             [](const Context& c) {
               const bool documented = c.profile.reading == Reading::documented;
               if (c.session == nullptr || owned_by_another(c) == Holds::no) return Holds::no;
               return documented ? Holds::may : must_if(!c.session->begun_in_context);
             },
         .basis = Basis::silent,
         .reason = "not in the page's table, but what the other calls give for the same misuse"},
        {.code = Code::errLogWriteFail,
         .guard =
             [](const Context& c) {
               return must_if(c.session != nullptr &&
                              (c.session->undo_failed || (c.session->updated && c.instance->log_stopped)));
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "LogStopped",
         .reason = "the session's transaction cannot be undone, since its log was stopped"},
        {.code = Code::errOutOfMemory,
         .guard = memory_refused,
         .readings = documented_only,
         .reason = "the engine allocates nothing to end a session"},
        {.code = Code::errOutOfBuffers,
         .guard = memory_refused,
         .readings = documented_only,
         .reason = "page buffers are memory; the engine needs none to end a session without cursors"},
        {.code = Code::errRollbackError,
         .guard =
             [](const Context& c) { return c.session != nullptr && c.session->depth > 0 ? file_fails(c) : Holds::no; },
         .readings = documented_only,
         .basis = Basis::prose,
         .reason = "the page: errors of rolling the session's transaction back can come through",
         .effect = doubt_instance},
        {.code = Code::errInvalidParameter,
         .guard = [](const Context& c) { return may_if((c.call[1].number & ~std::uint64_t{1}) != 0); },
         .readings = documented_only,
         .name = "Grbit",
         .reason = "the grbit is reserved; whether unknown bits are refused is open"},
        {.code = Code::errSuccess, .guard = nullptr, .effect = end_session},
    }));

// --- JetGetVersion ---

Holds anything_wrong(const Context& c) {
  const bool fine =
      c.session != nullptr && in_phase(c, Phase::running) && stopped(c) == Holds::no && unavailable(c) == Holds::no;
  return may_if(!fine);
}

constexpr std::string_view no_failure_documented =
    "the page says that the call cannot fail, and takes a session all the same";
constexpr std::string_view full_gate = "the engine passes the call through its full session gate";

constexpr auto get_version_clauses = join(
    clauses({
        {.code = Code::errInvalidSesid,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errNotInitialized,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errClientRequestToStopJetService,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errInstanceUnavailable,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .since = Release::windows_xp,
         .reason = no_failure_documented},
        {.code = Code::errTermInProgress,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errRestoreInProgress,
         .guard = anything_wrong,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) { return may_if(anything_wrong(c) != Holds::no || no_out_pointer(c) != Holds::no); },
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = no_failure_documented},
        {.code = Code::errInvalidSesid,
         .guard = bad_session,
         .readings = validating_only,
         .basis = Basis::engine,
         .name = "Gate",
         .reason = full_gate},
    }),
    unvalidated_session, all_terminating,
    clauses({
        {.code = Code::errClientRequestToStopJetService,
         .guard = stopped,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Gate",
         .reason = full_gate},
        {.code = Code::errInstanceUnavailable,
         .guard = unavailable,
         .readings = engine_only,
         .basis = Basis::engine,
         .since = Release::windows_xp,
         .name = "Gate",
         .reason = full_gate,
         .effect = withdraw_of_session},
        {.code = Code::errTermInProgress,
         .guard = terminating,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Gate",
         .reason = full_gate},
        inside_clause[0],
        {.code = Code::errInternalError,
         .guard = no_out_pointer,
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "NullOut",
         .reason = writes_through,
         .ending = Ending::crashes},
        {.code = Code::errSuccess, .guard = nullptr},
    }));

}  // namespace

std::span<const FunctionModel> session_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetBeginSession, Addressing::instance,
                    &evaluate<Addressing::instance, begin_session_clauses>, begin_session_clauses},
      FunctionModel{Function::JetDupSession, Addressing::session, &evaluate<Addressing::session, dup_session_clauses>,
                    dup_session_clauses},
      FunctionModel{Function::JetEndSession, Addressing::session, &evaluate<Addressing::session, end_session_clauses>,
                    end_session_clauses},
      FunctionModel{Function::JetGetVersion, Addressing::session, &evaluate<Addressing::session, get_version_clauses>,
                    get_version_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
