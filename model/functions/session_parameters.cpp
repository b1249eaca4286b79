// JetSetSessionParameter and JetGetSessionParameter. The first's table is that of JetSetSystemParameter, carried over; the
// second's page has none.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Parameter;
namespace level = spec::level;

constexpr std::uint64_t number_size = 4;
constexpr std::uint64_t longest_context = 30000;

std::uint64_t id(const Call& call) { return call[1].number & 0xffffffff; }
std::uint64_t size(const Call& call) { return call[3].number & 0xffffffff; }
bool no_memory(const Call& call) { return call[2].kind == ArgumentKind::null; }

bool is_described(std::uint64_t id) {
  return id == level::sesparamCommitDefault || id == level::sesparamCommitGenericContext ||
         id == level::sesparamTransactionLevel;
}
/// Numbers in which later releases have put parameters that no page describes.
bool may_be_later(std::uint64_t id) {
  constexpr std::uint64_t last = 4200;
  return id > level::sesparamTransactionLevel && id <= last;
}

Holds unknown(const Context& c) {
  if (is_described(id(c.call))) return Holds::no;
  return may_be_later(id(c.call)) ? Holds::may : Holds::must;
}

constexpr std::string_view of_the_header =
    "the header has a code of its own for this, which neither the page nor the list of all errors mentions";

// --- Set ---

Holds read_only(const Context& c) { return must_if(id(c.call) == level::sesparamTransactionLevel); }

/// How exact a size must be, no page says: one that cannot hold the value does not do.
Holds unsuitable_size(const Context& c) {
  const std::uint64_t given = size(c.call);
  const bool exactly = c.profile.reading != Reading::documented;
  switch (id(c.call)) {
    case level::sesparamCommitDefault:
      if (given == number_size) return Holds::no;
      return exactly || given < number_size ? Holds::must : Holds::may;
    case level::sesparamCommitGenericContext:
      return exactly ? must_if(given > longest_context) : may_if(given > longest_context);
    default: return may_if(may_be_later(id(c.call)));
  }
}

void set(World& world, const Call& call, Produced&) {
  if (id(call) != level::sesparamCommitDefault) return;
  Session& session = world.sessions[call[0].handle.id];
  session.has_commit_default = true;
  session.commit_default = static_cast<std::uint32_t>(call[2].number);
}

constexpr auto set_clauses = join(
    session_gate,
    clauses({
        {.code = Code::errInitInProgress,
         .guard = initializing,
         .readings = documented_only,
         .reason = "only a session that a status callback was given can meet it"},
        {.code = Code::errInvalidParameter,
         .guard = [](const Context& c) { return must_if(no_memory(c.call) && size(c.call) > 0); },
         .name = "NullValue"},
        {.code = Code::errInvalidParameter,
         .guard = unknown,
         .readings = documented_only,
         .name = "Unknown",
         .reason = "the engine has a code of its own"},
        {.code = Code::errInvalidSesparamId, .guard = unknown, .basis = Basis::silent, .reason = of_the_header},
        {.code = Code::errInvalidParameter,
         .guard = read_only,
         .readings = documented_only,
         .name = "ReadOnly",
         .reason = "the engine has a code of its own"},
        {.code = Code::errFeatureNotAvailable,
         .guard = read_only,
         .basis = Basis::engine,
         .reason = "what the engine says of the level of transactions, which no page describes as a parameter"},
        {.code = Code::errInvalidParameter,
         .guard = unsuitable_size,
         .readings = documented_only,
         .name = "Size",
         .reason = "the engine has a code of its own"},
        {.code = Code::errInvalidBufferSize,
         .guard = unsuitable_size,
         .basis = Basis::silent,
         .reason = "a size that does not suit the parameter; the name says it, the page does not"},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) {
               constexpr std::uint64_t commit_bits = 0x3b;
               return may_if(id(c.call) == level::sesparamCommitDefault && (c.call[2].number & ~commit_bits) != 0);
             },
         .readings = documented_only,
         .name = "Value",
         .reason = "a value outside the range; the engine takes any"},
        {.code = Code::errAlreadyInitialized,
         .guard = never,
         .readings = documented_only,
         .reason =
             "a row of JetSetSystemParameter's table: a session exists only once its instance is initialised, so that "
             "nothing of it could be set too late"},
        {.code = Code::errIndexTuplesInvalidLimits,
         .guard = never,
         .readings = documented_only,
         .reason = "a row of JetSetSystemParameter's table: no session parameter is a limit of tuple indexes"},
        {.code = Code::errInvalidPath,
         .guard = never,
         .readings = documented_only,
         .reason = "a row of JetSetSystemParameter's table: no session parameter is a path"},
        {.code = Code::errInvalidInstance,
         .guard = never,
         .readings = documented_only,
         .reason = "a row of JetSetSystemParameter's table: this function takes no instance"},
        {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
        {.code = Code::errSuccess, .guard = nullptr, .effect = set},
    }));

// --- Get ---

bool no_length(const Call& call) { return call[4].kind == ArgumentKind::null; }

Holds unsuitable_buffer(const Context& c) {
  if (c.session == nullptr) return Holds::no;
  const std::uint64_t given = size(c.call);
  switch (id(c.call)) {
    case level::sesparamCommitDefault:
    case level::sesparamTransactionLevel:
      if (given == number_size) return Holds::no;
      return c.profile.reading != Reading::documented || given < number_size ? Holds::must : Holds::may;
    default: return Holds::may;
  }
}

/// A session that has set no default has that of its instance, as it was when the session began or as it is now.
bool knows_commit_default(const Session& session, const Instance& instance, std::uint64_t& value) {
  value = session.commit_default;
  return session.has_commit_default || instance.parameters.number(Parameter::CommitDefault) == 0;
}

void get(World& world, const Call& call, Produced& produced) {
  const Session& session = world.sessions[call[0].handle.id];
  const Instance& instance = world.instances[static_cast<std::uint32_t>(session.instance)];
  if (id(call) == level::sesparamCommitDefault) {
    produced.has_value = knows_commit_default(session, instance, produced.value);
  } else if (id(call) == level::sesparamTransactionLevel) {
    produced.has_value = true;
    produced.value = std::uint64_t{session.depth} + session.inner_levels;
  } else {
    return;
  }
  produced.value_at = 0;
  produced.has_number = true;
  produced.number = number_size;
}

constexpr std::string_view no_table = "the page has no table; what its neighbours and the engine say of the instance";

/// The engine passes the call through the gate of instances, not of sessions.
constexpr auto get_state = clauses({
    {.code = Code::errClientRequestToStopJetService, .guard = stopped, .basis = Basis::silent, .reason = no_table},
    {.code = Code::errInstanceUnavailable,
     .guard = unavailable,
     .basis = Basis::silent,
     .since = Release::windows_xp,
     .reason = no_table,
     .effect = withdraw_of_session},
    {.code = Code::errTermInProgress, .guard = lock_of_term, .basis = Basis::silent, .reason = no_table},
    {.code = Code::errRestoreInProgress, .guard = restoring, .basis = Basis::silent, .reason = no_table},
    {.code = Code::errInitInProgress,
     .guard = initializing,
     .readings = documented_only,
     .basis = Basis::silent,
     .reason = says_just_this},
    {.code = Code::errNotInitialized, .guard = not_running_yet, .basis = Basis::silent, .reason = no_table},
});

/// Without validation the call reads the session and looks its instance up by what stands there.
constexpr auto unvalidated_get = clauses({
    {.code = Code::errInvalidSesid,
     .guard = [](const Context& c) { return must_if(c.session == nullptr && no_handle(c.call[0].handle)); },
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "NoHandle",
     .reason = "without handle validation only 0 and nil are looked at"},
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
    {.code = Code::errInvalidParameter,
     .guard = may_be_dereferenced,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Dereferenced",
     .reason = undefined_session},
    {.code = Code::errSuccess,
     .guard = dereferenced,
     .readings = fast_only,
     .basis = Basis::engine,
     .name = "Dereferenced",
     .reason = undefined_session},
});

constexpr std::string_view page_without_table = "the page has no table; what the name says";

constexpr auto get_clauses =
    join(outside_table(validated_session), unvalidated_get, get_state,
         clauses({
             {.code = Code::errInvalidParameter,
              .guard = [](const Context& c) { return must_if(no_memory(c.call) && no_length(c.call)); },
              .basis = Basis::engine,
              .name = "NullOuts",
              .reason = "neither a place for the value nor one for its length"},
             {.code = Code::errInvalidParameter,
              .guard = [](const Context& c) { return may_if(no_memory(c.call)); },
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "NullValue",
              .reason = "whether the length alone may be asked for, the page does not say"},
             {.code = Code::errInvalidParameter,
              .guard = unknown,
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "Unknown",
              .reason = "what the page of the call that sets says"},
             {.code = Code::errInvalidSesparamId, .guard = unknown, .basis = Basis::silent, .reason = of_the_header},
             {.code = Code::errInvalidBufferSize,
              .guard = unsuitable_buffer,
              .basis = Basis::silent,
              .reason = page_without_table},
             {.code = Code::errBufferTooSmall,
              .guard =
                  [](const Context& c) {
                    const Holds holds = unsuitable_buffer(c);
                    return c.profile.reading == Reading::documented || holds == Holds::may ? holds : Holds::no;
                  },
              .basis = Basis::silent,
              .reason = page_without_table},
             {.code = Code::errInvalidParameter,
              .guard = unsuitable_buffer,
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "Size",
              .reason = page_without_table},
             {.code = Code::errOutOfMemory, .guard = memory_refused, .basis = Basis::rule, .reason = any_allocation},
             {.code = Code::errSuccess, .guard = nullptr, .effect = get},
         }));

}  // namespace

std::span<const FunctionModel> session_parameter_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetSetSessionParameter, Addressing::session, &evaluate<Addressing::session, set_clauses>,
                    set_clauses},
      FunctionModel{Function::JetGetSessionParameter, Addressing::session, &evaluate<Addressing::session, get_clauses>,
                    get_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
