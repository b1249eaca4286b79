// JetSetSystemParameter and JetGetSystemParameter: parameters of the process, of an instance, of a session's
// instance.
#include "model/functions/engine_parameters.hpp"
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/parameter_values.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;
using spec::ParameterScope;
using spec::Release;

Parameter parameter(const Call& call) { return static_cast<Parameter>(call[2].number); }
const spec::ParameterRow* row(const Context& c) { return spec::row(parameter(c.call)); }

bool documented(const Context& c) { return c.profile.reading == Reading::documented; }
/// The engine reads a handle in multi-instance mode only.
bool reads_handles(const Context& c) { return documented(c) || c.world.mode == Mode::multi; }
bool gives_session(const Context& c) { return reads_handles(c) && !no_handle(c.call[1].handle); }
bool gives_instance(const Context& c) { return reads_handles(c) && !no_handle(c.call[0].handle); }

Holds bad_session_given(const Context& c) { return must_if(gives_session(c) && c.session == nullptr); }
Holds bad_instance_given(const Context& c) {
  return must_if(!gives_session(c) && gives_instance(c) && c.instance == nullptr);
}
Holds bad_handle(const Context& c) {
  return must_if(bad_session_given(c) != Holds::no || bad_instance_given(c) != Holds::no);
}

/// Listed with the words "the instance associated with the session": open where only an instance was given.
Holds if_session(const Context& c, Holds holds) {
  return holds == Holds::must && !gives_session(c) ? Holds::may : holds;
}

Holds no_such_parameter(const Context& c) {
  return must_if(documented(c) ? row(c) == nullptr : !engine::is_known(parameter(c.call)));
}

/// The engine's table of parameters is looked into before the id is checked.
Holds beyond_the_table(const Context& c) {
  return may_if(c.world.mode == Mode::single && !engine::is_known(parameter(c.call)));
}

Holds in_fast_bad_session(const Context& c) { return may_if(bad_session_given(c) == Holds::must); }

constexpr std::string_view not_looked_at = "an engine without handle validation does not look";
constexpr std::string_view read_in_multi_mode = "the engine reads the handles in multi-instance mode only";
constexpr std::string_view undefined_handle =
    "undefined without handle validation: it depends on what lies in memory there";

void keep_lock(World& world, const Call&, Produced&) { world.lock_kept = true; }

/// `refused` is what a refusal of a validating engine changes.
constexpr auto engine_handle_clauses(Effect refused) {
  return clauses({
      {.code = Code::errInvalidSesid,
       .guard = bad_session_given,
       .readings = validating_only,
       .name = "Engine",
       .reason = read_in_multi_mode,
       .effect = refused},
      {.code = Code::errInvalidInstance,
       .guard = bad_instance_given,
       .readings = validating_only,
       .since = Release::windows_vista,
       .name = "Engine",
       .reason = read_in_multi_mode,
       .effect = refused},
      {.code = Code::errInternalError,
       .guard = in_fast_bad_session,
       .readings = fast_only,
       .basis = Basis::engine,
       .name = "BadSession",
       .reason = undefined_handle,
       .ending = Ending::crashes},
      {.code = Code::errSuccess,
       .guard = bad_session_given,
       .readings = fast_only,
       .basis = Basis::engine,
       .name = "BadSession",
       .reason = undefined_handle},
      {.code = Code::errInternalError,
       .guard = [](const Context& c) { return may_if(bad_instance_given(c) == Holds::must); },
       .readings = fast_only,
       .basis = Basis::engine,
       .name = "BadInstance",
       .reason = undefined_handle,
       .ending = Ending::crashes},
      {.code = Code::errInitInProgress,
       .guard = bad_instance_given,
       .readings = fast_only,
       .basis = Basis::engine,
       .name = "BadInstance",
       .reason = undefined_handle},
      {.code = Code::errInternalError,
       .guard = beyond_the_table,
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "BeyondTheTable",
       .reason = "undefined: in single-instance mode the engine looks into its table before it checks the id",
       .ending = Ending::crashes},
  });
}

constexpr auto handle_clauses = clauses({
    {.code = Code::errInvalidSesid, .guard = bad_session_given, .readings = documented_only, .reason = not_looked_at},
    {.code = Code::errInvalidInstance,
     .guard = bad_instance_given,
     .readings = documented_only,
     .since = Release::windows_vista,
     .reason = not_looked_at},
    {.code = Code::errInvalidParameter,
     .guard = bad_handle,
     .readings = documented_only,
     .name = "BadHandle",
     .reason = "the pages call the check of handles best effort"},
    {.code = Code::errNotInitialized,
     .guard = [](const Context& c) { return must_if(bad_handle(c) != Holds::no && c.world.running_instances == 0); },
     .readings = documented_only,
     .name = "NoneRunning",
     .reason = "nothing is initialised, whatever the handle"},
});

constexpr auto parameter_state = clauses({
    {.code = Code::errClientRequestToStopJetService,
     .guard = [](const Context& c) { return if_session(c, stopped(c)); },
     .readings = documented_only,
     .reason = "the engine does not look at the state of a stopped service here"},
    {.code = Code::errInstanceUnavailable,
     .guard = [](const Context& c) { return if_session(c, unavailable(c)); },
     .readings = documented_only,
     .since = Release::windows_xp,
     .reason = "the engine does not look at the state of an unavailable instance here"},
    {.code = Code::errTermInProgress, .guard = lock_of_term},
    {.code = Code::errRestoreInProgress, .guard = restoring},
    {.code = Code::errInitInProgress, .guard = initializing},
    {.code = Code::errNotInitialized,
     .guard = [](const Context& c) { return may_if(gives_session(c) && initializing(c) != Holds::no); },
     .readings = documented_only,
     .reason = "with a session of an instance that is still initialising, both codes fit"},
});

// --- Set ---

ParameterSetting setting_of(const Call& call) { return {parameter(call), call[3].number, call[4].text}; }

const Parameters& values(const Context& c) { return c.instance != nullptr ? c.instance->parameters : c.world.globals; }

bool is_protected_now(const Context& c) {
  const Parameters& p = values(c);
  return row(c) != nullptr && row(c)->is_protected && p.number(Parameter::EnableAdvanced) == 0;
}

/// In the engine a number that is there already is no change; a text always is one.
bool changes_nothing(const Context& c) {
  if (row(c) == nullptr || is_text(row(c)->type)) return false;
  const Parameters& p = engine::is_of_instance(*row(c)) ? values(c) : c.world.globals;
  return row(c)->default_number.has_value() && p.number(parameter(c.call)) == c.call[3].number;
}

Holds frozen_in_engine(const Context& c) {
  if (is_protected_now(c) || changes_nothing(c)) return Holds::no;
  if (engine::fixed_with_mode(parameter(c.call))) return must_if(c.world.mode != Mode::undecided);
  const bool initialised = c.instance != nullptr && c.instance->phase != Phase::created;
  return must_if(initialised && !engine::settable_after_init(parameter(c.call)) &&
                 parameter(c.call) != engine::transaction_level);
}

Holds frozen(const Context& c) {
  if (!documented(c)) return frozen_in_engine(c);
  if (row(c) == nullptr) return Holds::no;
  const bool initialised = c.instance != nullptr && c.instance->phase == Phase::running;
  if (initialised && !row(c)->settable_after_init) return is_protected_now(c) ? Holds::may : Holds::must;
  // "Not settable while instances exist" has no code.
  if (!row(c)->settable_after_create && instance_count(c.world) > 0) return Holds::may;
  return may_if(row(c)->scope == ParameterScope::global && c.world.running_instances > 0);
}

/// A commit default of the session's own, or the level of its transaction.
bool is_of_session(const Context& c) {
  return c.session != nullptr && c.world.mode == Mode::multi &&
         (parameter(c.call) == Parameter::CommitDefault || parameter(c.call) == engine::transaction_level);
}

Holds refused_value(const Context& c) {
  if (!documented(c)) {
    if (parameter(c.call) == engine::transaction_level) return Holds::must;
    if (row(c) == nullptr || is_protected_now(c)) return Holds::no;
    return must_if(row(c)->read_only || (!changes_nothing(c) && !engine::value_allowed(*row(c), setting_of(c.call))));
  }
  if (row(c) == nullptr) return Holds::no;
  const SettingFault fault = fault_of(setting_of(c.call));
  if (row(c)->read_only) return Holds::must;
  const bool refused = fault == SettingFault::refused || fault == SettingFault::tuple_limits;
  // The page warns that values are checked weakly.
  return may_if(refused);
}

Holds wrong_scope(const Context& c) {
  if (row(c) == nullptr || c.world.mode == Mode::single) return Holds::no;
  const bool on_instance = c.instance != nullptr;
  const bool mismatch = on_instance ? row(c)->scope == ParameterScope::global : row(c)->scope != ParameterScope::global;
  return may_if(mismatch &&
                (c.profile.release == Release::windows_xp || c.profile.release == Release::windows_server_2003));
}

void set_parameter(World& world, const Call& call, Produced&) {
  Parameters* target = &world.globals;
  const Session* session = world.mode == Mode::single ? nullptr : find_session(world, call[1].handle);
  if (session != nullptr)
    target = &world.instances[static_cast<std::uint32_t>(session->instance)].parameters;
  else if (const Instance* instance = served_instance(world, call[0].handle))
    target = &world.instances[static_cast<std::uint32_t>(id_of(world, *instance))].parameters;
  const ParameterSetting setting = setting_of(call);
  const spec::ParameterRow* row = spec::row(setting.parameter);
  if (row == nullptr) return;
  if (row->is_protected && target->number(Parameter::EnableAdvanced) == 0) return;
  if (session != nullptr && setting.parameter == Parameter::CommitDefault) {
    Session& own = world.sessions[call[1].handle.id];
    own.has_commit_default = true;
    own.commit_default = static_cast<std::uint32_t>(setting.number);
    return;
  }
  if (row->scope == ParameterScope::global) target = &world.globals;
  store(*target, setting);
}

constexpr auto set_clauses =
    join(handle_clauses, engine_handle_clauses(nullptr), parameter_state,
         clauses({
             {.code = Code::errInvalidParameter, .guard = no_such_parameter, .name = "Unknown"},
             {.code = Code::errAlreadyInitialized, .guard = frozen},
             {.code = Code::errInvalidParameter,
              .guard = [](const Context& c) { return may_if(frozen(c) == Holds::may); },
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "InstancesExist",
              .reason = "no code is given for a parameter that may not be set while instances exist"},
             {.code = Code::errInvalidParameter, .guard = refused_value, .name = "Value"},
             {.code = Code::errInvalidParameter,
              .guard = wrong_scope,
              .readings = documented_only,
              .name = "Scope",
              .reason = "an error on Windows XP and Server 2003 only; the engine stores it where it belongs"},
             {.code = Code::errInvalidPath,
              .guard =
                  [](const Context& c) {
                    return may_if(row(c) != nullptr && fault_of(setting_of(c.call)) == SettingFault::path);
                  },
              .readings = documented_only,
              .reason = "the engine keeps any path, and looks at it when the instance starts"},
             {.code = Code::errIndexTuplesInvalidLimits,
              .guard =
                  [](const Context& c) {
                    return may_if(row(c) != nullptr && fault_of(setting_of(c.call)) == SettingFault::tuple_limits);
                  },
              .since = Release::windows_xp,
              .reason = "confined to Windows XP and Server 2003 by this page, not by the parameter's"},
             {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
             {.code = Code::errSuccess,
              .guard = [](const Context& c) { return must_if(is_of_session(c)); },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "OfSession",
              .reason = "with a session the engine sets the session's own, not its instance's",
              .effect = set_parameter},
             {.code = Code::errSuccess, .guard = nullptr, .effect = set_parameter},
         }));

// --- Get ---

bool text_parameter(const Context& c) { return is_text(row(c)->type) || parameter(c.call) == Parameter::ErrorToString; }

Holds no_place_for_number(const Context& c) {
  if (c.call[3].kind != ArgumentKind::null) return Holds::no;
  if (!documented(c) && parameter(c.call) == Parameter::ErrorToString) return Holds::must;  // it reads the error there
  return must_if(row(c) != nullptr && !text_parameter(c));
}
Holds no_place_for_text(const Context& c) {
  return must_if(row(c) != nullptr && text_parameter(c) &&
                 (c.call[4].kind == ArgumentKind::null || c.call[5].number == 0));
}

/// The value is a path as the subject spells it, or a number that it computes: its length is not known here.
Holds text_may_be_cut(const Context& c) {
  if (row(c) == nullptr || !text_parameter(c)) return Holds::no;
  const bool own_words = is_text(row(c)->type) && row(c)->type != spec::ParameterType::text;
  if (own_words || parameter(c.call) == Parameter::ErrorToString) return Holds::may;
  const Parameters& p = c.instance != nullptr ? c.instance->parameters : c.world.globals;
  return may_if(p.text(parameter(c.call)).size() + 1 > c.call[5].number);
}

Holds get_scope(const Context& c) {
  if (row(c) == nullptr || c.world.mode == Mode::single) return Holds::no;
  const bool global = row(c)->scope == ParameterScope::global;
  // Asked globally for an instance's parameter: the page refuses, while JetCreateInstance copies just these
  // values.
  return may_if(c.instance != nullptr ? global : !global);
}

void get_parameter(World& world, const Call& call, Produced& produced) {
  const spec::ParameterRow* row = spec::row(parameter(call));
  if (row == nullptr || is_text(row->type) || !row->default_number.has_value()) return;
  if (row->type == spec::ParameterType::pointer || row->read_only) return;
  const Instance* instance = served_instance(world, call[0].handle);
  if (const Session* session = find_session(world, call[1].handle))
    instance = &world.instances[static_cast<std::uint32_t>(session->instance)];
  const bool global = instance == nullptr || row->scope == ParameterScope::global;
  produced.has_number = true;
  if (const Session* session = find_session(world, call[1].handle);
      session != nullptr && session->has_commit_default && parameter(call) == Parameter::CommitDefault) {
    produced.number = session->commit_default;
    return;
  }
  produced.number = (global ? world.globals : instance->parameters).number(parameter(call));
}

/// What is known of the session's own values.
void get_of_session(World& world, const Call& call, Produced& produced) {
  const Session& session = world.sessions[call[1].handle.id];
  const Parameters& instance = world.instances[static_cast<std::uint32_t>(session.instance)].parameters;
  const bool level = parameter(call) == engine::transaction_level;
  const bool never_set = !session.has_commit_default && instance.number(Parameter::CommitDefault) == 0;
  produced.has_number = level || session.has_commit_default || never_set;
  produced.number = level ? session.depth + std::uint64_t{session.inner_levels} : session.commit_default;
}

constexpr auto get_clauses =
    join(handle_clauses, engine_handle_clauses(keep_lock), parameter_state,
         clauses({
             {.code = Code::errInvalidParameter, .guard = no_such_parameter, .name = "Unknown"},
             {.code = Code::errInvalidParameter,
              .guard =
                  [](const Context& c) {
                    return must_if(parameter(c.call) == engine::transaction_level && c.session == nullptr);
                  },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "NoSession",
              .reason = "the level of a transaction is asked of a session"},
             {.code = Code::errInvalidParameter, .guard = no_place_for_number, .name = "NullNumber"},
             {.code = Code::errInvalidParameter, .guard = no_place_for_text, .name = "NullText"},
             {.code = Code::errBufferTooSmall, .guard = text_may_be_cut, .since = Release::windows_vista},
             {.code = Code::wrnBufferTruncated,
              .guard = text_may_be_cut,
              .readings = documented_only,
              .reason = "in the table, although the remarks say that it is not returned"},
             {.code = Code::errInvalidParameter,
              .guard = get_scope,
              .readings = documented_only,
              .since = Release::windows_xp,
              .name = "Scope",
              .reason = "the engine gives the value all the same"},
             {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
             {.code = Code::errSuccess,
              .guard = [](const Context& c) { return must_if(is_of_session(c)); },
              .readings = engine_only,
              .basis = Basis::engine,
              .name = "OfSession",
              .reason = "with a session the engine gives the session's own, not its instance's",
              .effect = get_of_session},
             {.code = Code::errSuccess, .guard = nullptr, .effect = get_parameter},
         }));

}  // namespace

std::span<const FunctionModel> parameter_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetSetSystemParameter, Addressing::session_or_instance,
                    &evaluate<Addressing::session_or_instance, set_clauses>, set_clauses},
      FunctionModel{Function::JetGetSystemParameter, Addressing::session_or_instance,
                    &evaluate<Addressing::session_or_instance, get_clauses>, get_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
