// The clauses that many functions share: what is wrong with the handle, and what state of its instance
// forbids the call. In the engine's order (its session gate and its instance gate); the documented reading
// has no order.
#pragma once

#include <algorithm>

#include "model/functions/evaluate.hpp"

namespace esentcheck::model::gates {

using spec::Release;

// --- What the guards ask ---

inline bool in_phase(const Context& c, Phase phase) { return c.instance != nullptr && c.instance->phase == phase; }

inline Holds stopped(const Context& c) { return must_if(c.instance != nullptr && c.instance->service_stopped); }

inline Holds unavailable(const Context& c) {
  if (c.instance == nullptr) return Holds::no;
  switch (c.instance->availability) {
    case Availability::available: return Holds::no;
    case Availability::in_doubt: return Holds::may;
    case Availability::withdrawn: return Holds::must;
  }
  return Holds::no;
}

/// The failing write may be the one that withdraws all data: no page says which errors are fatal.
inline void doubt_instance(World& world, const Call& call, Produced&) {
  const Session* session = find_session(world, call[0].handle);
  if (session == nullptr) return;
  Instance& instance = world.instances[static_cast<std::uint32_t>(session->instance)];
  if (instance.availability == Availability::available) instance.availability = Availability::in_doubt;
}

/// JetTerm of the engine first waits until no session is inside a call; until then it has not locked the instance.
inline bool waits_for_sessions(const Context& c) {
  return c.profile.reading != Reading::documented && is_inside(c.world, id_of(c.world, *c.instance));
}
inline Holds lock_of_term(const Context& c) {
  return must_if(in_phase(c, Phase::terminating) && !waits_for_sessions(c));
}
inline Holds terminating(const Context& c) { return must_if(in_phase(c, Phase::terminating)); }
inline Holds restoring(const Context& c) { return must_if(in_phase(c, Phase::restoring)); }
inline Holds not_running_yet(const Context& c) {
  return must_if(in_phase(c, Phase::created) || in_phase(c, Phase::initializing));
}
inline Holds initializing(const Context& c) { return must_if(in_phase(c, Phase::initializing)); }

inline Holds bad_session(const Context& c) { return must_if(c.session == nullptr); }
inline Holds bad_session_and_none_running(const Context& c) {
  return must_if(c.session == nullptr && c.world.running_instances == 0);
}
inline Holds ended_session(const Context& c) {
  return must_if(c.session == nullptr && c.call[0].handle.kind == HandleKind::ended);
}
inline bool no_handle(Handle handle) { return handle.kind == HandleKind::zero || handle.kind == HandleKind::nil; }

/// Without handle validation, whatever is not 0 or nil is taken for a session.
inline Holds dereferenced(const Context& c) { return must_if(c.session == nullptr && !no_handle(c.call[0].handle)); }
inline Holds may_be_dereferenced(const Context& c) { return may_if(dereferenced(c) == Holds::must); }
/// What an ended session's memory still says of an instance that is in some state.
template <bool (*state)(const Instance&)>
Holds remains_of(const Context& c) {
  return may_if(ended_session(c) == Holds::must && std::ranges::any_of(c.world.instances, state));
}

/// Another call is under way with the session. A status callback may use the session of its call.
inline Holds session_inside(const Context& c) {
  return must_if(c.session != nullptr && c.session->calls_inside > 0 && !c.call.inside_callback);
}

inline Holds bad_instance(const Context& c) { return must_if(c.instance == nullptr); }
inline Holds bad_instance_and_none_running(const Context& c) {
  return must_if(c.instance == nullptr && c.world.running_instances == 0);
}
/// A handle that is neither zero nor nil nor a live instance: what a validating engine looks for first.
inline Holds garbage_instance(const Context& c) {
  return must_if(!no_handle(c.call[0].handle) && find_instance(c.world, c.call[0].handle) == nullptr);
}
/// The engine looks an unknown handle up in a table that only the first instance makes.
inline Holds no_table_of_instances(const Context& c) {
  return must_if(c.world.mode == Mode::multi && garbage_instance(c) == Holds::must && instance_count(c.world) == 0);
}

/// In the engine an empty name is none.
inline bool is_nameless(const Instance& instance) {
  return instance.phase != Phase::absent && (!instance.has_name || instance.name.empty());
}

/// What can only be stopped is an instance that runs.
inline Holds not_running(const Context& c) {
  return must_if(c.instance != nullptr && c.instance->phase != Phase::running);
}
inline constexpr std::string_view names_running_only =
    "the page: the handle must name a currently running instance; the engine takes any";
/// Single-instance mode is chosen by nothing but a start, and none is there.
inline Holds no_instance(const Context& c) { return must_if(c.instance == nullptr && c.world.mode != Mode::multi); }

inline Holds memory_refused(const Context& c) { return may_if(c.call.environment.memory_refused); }
inline Holds file_fails(const Context& c) {
  return may_if(c.call.environment.log_fails || c.call.environment.file_fails);
}
inline Holds disk_full(const Context& c) { return may_if(c.call.environment.disk_full); }

// --- Why clauses stand beside the tables ---

inline constexpr std::string_view says_just_this =
    "no page gives a code for the call in this phase; of all codes this one says just this";
inline constexpr std::string_view any_allocation =
    "any function may return codes that its page does not list: a refused allocation";
inline constexpr std::string_view any_write =
    "any function may return codes that its page does not list: the operation on a file that failed";

// --- Another call is at work on the instance ---

/// For pages that say nothing of what the call gives meanwhile.
inline constexpr auto term_or_restore_at_work = clauses({
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
});
inline constexpr auto init_at_work = clauses({
    {.code = Code::errInitInProgress,
     .guard = initializing,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = says_just_this},
});
inline constexpr auto other_call_at_work = join(init_at_work, term_or_restore_at_work);

/// The same of an instance that does not run yet.
inline constexpr auto instance_not_ready = join(clauses({
                                                    {.code = Code::errNotInitialized,
                                                     .guard = not_running_yet,
                                                     .readings = documented_only,
                                                     .basis = Basis::silent,
                                                     .reason = says_just_this},
                                                }),
                                                term_or_restore_at_work);

// --- What they change ---

/// The call said that the instance is unavailable: that settles any doubt.
inline void withdraw_of_session(World& world, const Call& call, Produced&) {
  if (const Session* session = find_session(world, call[0].handle))
    world.instances[static_cast<std::uint32_t>(session->instance)].availability = Availability::withdrawn;
}
inline void withdraw_of_instance(World& world, const Call& call, Produced&) {
  if (const Instance* instance = served_instance(world, call[0].handle))
    world.instances[static_cast<std::uint32_t>(id_of(world, *instance))].availability = Availability::withdrawn;
}

// --- The session gate ---

inline constexpr std::string_view undefined_session =
    "undefined without handle validation: it depends on what lies in memory there";

/// What an engine without handle validation does with a handle that denotes no session.
inline constexpr auto unvalidated_session = clauses({
    {.code = Code::errInvalidSesid,
     .guard = [](const Context& c) { return must_if(c.session == nullptr && no_handle(c.call[0].handle)); },
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "NoHandle",
     .reason = "without handle validation only 0 and nil are looked at"},
    {.code = Code::errNotInitialized,
     .guard = [](const Context& c) { return must_if(c.session == nullptr && instance_count(c.world) == 0); },
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "NoInstance",
     .reason = "instances are counted before the session is looked at"},
    {.code = Code::errInternalError,
     .guard = may_be_dereferenced,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Dereferenced",
     .reason = undefined_session,
     .ending = Ending::crashes},
    {.code = Code::errClientRequestToStopJetService,
     .guard = remains_of<[](const Instance& i) { return i.service_stopped; }>,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Remains",
     .reason = undefined_session},
    {.code = Code::errInstanceUnavailable,
     .guard = remains_of<[](const Instance& i) { return i.availability != Availability::available; }>,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Remains",
     .reason = undefined_session},
    {.code = Code::errTermInProgress,
     .guard = remains_of<[](const Instance& i) { return i.phase == Phase::terminating; }>,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Remains",
     .reason = undefined_session},
    {.code = Code::errInvalidSesid,
     .guard = may_be_dereferenced,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Dereferenced",
     .reason = undefined_session},
    {.code = Code::errSessionSharingViolation,
     .guard = dereferenced,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Dereferenced",
     .reason = undefined_session},
});

/// What is wrong with a session handle. Few pages list a code for it, and none says which code wins.
inline constexpr auto validated_session = clauses({
    {.code = Code::errInvalidSesid,
     .guard = bad_session,
     .readings = documented_only | validating_only,
     .basis = Basis::silent,
     .reason = "a handle that denotes no session has no code on most pages; JetEndSession's names this one"},
    {.code = Code::errInvalidParameter,
     .guard = bad_session,
     .readings = documented_only,
     .basis = Basis::silent,
     .name = "BadSession",
     .reason = "the only argument error that most pages list, without a concrete case"},
    {.code = Code::errNotInitialized,
     .guard = bad_session_and_none_running,
     .readings = documented_only,
     .basis = Basis::silent,
     .name = "NoneRunning",
     .reason = "a session cannot outlive its instance: no page says what its handle then means"},
    {.code = Code::errTermInProgress,
     .guard = ended_session,
     .readings = documented_only,
     .basis = Basis::silent,
     .name = "Ended",
     .reason = "no page tells an instance that is shutting down from one that has"},
});
inline constexpr auto session_handle = join(validated_session, unvalidated_session);

inline constexpr auto stop_clause = clauses({
    {.code = Code::errClientRequestToStopJetService, .guard = stopped},
});

/// For the calls that the pages of JetStopService allow after it while their own pages list the code.
inline constexpr auto contradicted_stop_clause = clauses({
    {.code = Code::errClientRequestToStopJetService,
     .guard = [](const Context& c) { return may_if(stopped(c) == Holds::must); },
     .readings = documented_only,
     .reason = "the page lists the code, the pages of JetStopService allow the call: both are right"},
});

/// What a call may give whose operation on a file fails, whatever its page lists.
constexpr auto failing_files(Effect effect, Guard fails = file_fails, Guard full = disk_full) {
  return clauses({
      {.code = Code::errLogWriteFail, .guard = fails, .basis = Basis::rule, .reason = any_write, .effect = effect},
      {.code = Code::errDiskIO, .guard = fails, .basis = Basis::rule, .reason = any_write, .effect = effect},
      {.code = Code::errDiskFull, .guard = full, .basis = Basis::rule, .reason = any_write, .effect = effect},
  });
}

/// What a call on a session may run into that allocates and writes, whatever its page lists.
inline constexpr auto failing_environment =
    join(clauses({
             {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
         }),
         failing_files(doubt_instance));

/// Two calls at a time with one session, which no page allows and none gives a code for.
inline constexpr auto inside_clause = clauses({
    {.code = Code::errSessionSharingViolation,
     .guard = session_inside,
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "Inside",
     .reason = "another call is under way with the session"},
});

/// What the state of the session's instance forbids, in the engine's order; the stop flag stands in front of
/// it.
inline constexpr auto session_state =
    join(clauses({
             {.code = Code::errInstanceUnavailable,
              .guard = unavailable,
              .since = Release::windows_xp,
              .effect = withdraw_of_session},
             {.code = Code::errTermInProgress, .guard = terminating},
             {.code = Code::errRestoreInProgress,
              .guard = restoring,
              .readings = documented_only,
              .reason = "the engine's session gate does not look at a restore"},
             {.code = Code::errNotInitialized,
              .guard = not_running_yet,
              .readings = documented_only,
              .reason = "only a session that a status callback was given can meet it"},
         }),
         inside_clause);

/// The engine compares how many instances are terminating with how many there are at all, before anything
/// else: with one instance TermInProgress beats the stop flag, with two it loses.
inline constexpr auto all_terminating = clauses({
    {.code = Code::errTermInProgress,
     .guard =
         [](const Context& c) {
           if (c.session == nullptr) return Holds::no;
           for (const Instance& instance : c.world.instances)
             if (instance.phase != Phase::absent && instance.phase != Phase::terminating) return Holds::no;
           return Holds::must;
         },
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "AllTerminating",
     .reason = "counted over the process, ahead of every other state"},
});

inline constexpr auto session_gate = join(session_handle, all_terminating, stop_clause, session_state);
inline constexpr auto session_gate_without_stop = join(session_handle, all_terminating, session_state);
inline constexpr auto session_gate_contradicted_stop =
    join(session_handle, all_terminating, contradicted_stop_clause, session_state);

// --- The instance gate ---

inline constexpr auto no_table_clause = clauses({
    {.code = Code::errInternalError,
     .guard = no_table_of_instances,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "NoTable",
     .reason = "undefined: in multi-instance mode without any instance an unknown handle is looked up in no table",
     .ending = Ending::crashes},
});

inline constexpr auto instance_argument = clauses({
    {.code = Code::errInvalidInstance,
     .guard = garbage_instance,
     .readings = documented_only | validating_only,
     .basis = Basis::silent,
     .reason = "only the parameter calls list it; a validating engine gives it everywhere"},
    {.code = Code::errInvalidParameter,
     .guard = bad_instance,
     .name = "BadInstance",
     .reason = "the handle is not that of an instance"},
    {.code = Code::errNotInitialized,
     .guard = bad_instance_and_none_running,
     .readings = documented_only,
     .name = "NoneRunning",
     .reason = "nothing is initialised, whatever the handle"},
});

inline constexpr auto instance_handle = join(no_table_clause, instance_argument);

inline constexpr auto instance_state = clauses({
    {.code = Code::errClientRequestToStopJetService, .guard = stopped},
    {.code = Code::errInstanceUnavailable,
     .guard = unavailable,
     .since = Release::windows_xp,
     .effect = withdraw_of_instance},
    {.code = Code::errTermInProgress, .guard = lock_of_term},
    {.code = Code::errRestoreInProgress, .guard = restoring},
    {.code = Code::errInitInProgress,
     .guard = initializing,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = "only the parameter calls list it, but it says just this"},
    {.code = Code::errNotInitialized, .guard = not_running_yet},
});

inline constexpr auto instance_gate = join(instance_handle, instance_state);

}  // namespace esentcheck::model::gates
