// JetTerm and JetTerm2: an instance ends, and all its sessions with it.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"
#include "model/functions/instance_paths.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
namespace bit = spec::bit;

constexpr std::uint64_t known_bits = bit::TermComplete | bit::TermAbrupt | bit::TermStopBackup | bit::TermDirty;

constexpr std::uint64_t contradiction = bit::TermComplete | bit::TermAbrupt;

/// JetTerm has no grbit; argument 1 of its calls is zero, and no page states its default mode.
std::uint64_t term_bits(const Context& c) { return c.call[1].number; }

bool odd_bits(const Context& c) {
  return (term_bits(c) & ~known_bits) != 0 || (term_bits(c) & contradiction) == contradiction;
}

Holds backup_in_the_way(const Context& c) {
  return must_if(c.instance != nullptr && c.instance->backup_running && (term_bits(c) & bit::TermStopBackup) == 0);
}

Holds transactions_in_the_way(const Context& c) {
  if (c.instance == nullptr || c.instance->open_transactions == 0) return Holds::no;
  if (c.profile.reading == Reading::documented) {
    if (c.call.function == Function::JetTerm) return Holds::may;
    return must_if((term_bits(c) & bit::TermComplete) != 0);
  }
  return must_if((term_bits(c) & bit::TermDirty) == 0 && c.instance->availability == Availability::available);
}

/// The engine waits for the sessions that are inside a call before it looks.
Holds refused_after_waiting(const Context& c) {
  return c.profile.reading == Reading::documented ? Holds::no : transactions_in_the_way(c);
}

void remove_addressed(World& world, const Call& call, Produced&) {
  if (const Instance* instance = served_instance(world, call[0].handle))
    remove_instance(world, id_of(world, *instance));
}

/// An instance that was never initialised is destroyed: that takes a moment, too, which calls made meanwhile may see.
void begin_term(World& world, const Call& call, Produced&) {
  const Instance* instance = served_instance(world, call[0].handle);
  if (instance == nullptr || (instance->phase != Phase::running && instance->phase != Phase::created)) return;
  Instance& ending = world.instances[static_cast<std::uint32_t>(id_of(world, *instance))];
  ending.never_ran = ending.phase == Phase::created;
  ending.phase = Phase::terminating;
}

void refuse_term(World& world, const Call& call, Produced&) {
  const Instance* addressed = served_instance(world, call[0].handle);
  if (addressed == nullptr) return;
  Instance& instance = world.instances[static_cast<std::uint32_t>(id_of(world, *addressed))];
  instance.term_was_refused = true;
  if (instance.phase == Phase::terminating && !instance.never_ran) instance.phase = Phase::running;
}

constexpr std::string_view not_of_usage = "any error but one of usage still shuts the instance down";

/// `from` is the phase in which the call has something to shut down: as one step, an instance that runs; at its end,
/// the one that it began with. In any other the call is refused, and must not take the instance from whoever has it.
template <Phase from>
constexpr auto ends_all_the_same() {
  return clauses({
      {.code = Code::errTooManyActiveUsers,
       .guard = [](const Context& c) { return in_phase(c, from) ? refused_after_waiting(c) : Holds::no; },
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "AfterWaiting",
       .reason = "the engine refuses whatever the bits, but for TermDirty, and waits before it looks",
       .effect = refuse_term},
      {.code = Code::errDirtyShutdown,
       .guard =
           [](const Context& c) {
             if (!in_phase(c, from) || (term_bits(c) & bit::TermDirty) == 0) return Holds::no;
             return c.profile.reading == Reading::documented ? Holds::may : Holds::must;
           },
       .basis = Basis::silent,
       .reason = "the header has the code, the page names none; the engine returns it",
       .effect = remove_addressed},
      {.code = Code::errLogWriteFail,
       .guard =
           [](const Context& c) {
             return must_if(in_phase(c, from) && c.instance->log_stopped && uses_log(c.instance->parameters));
           },
       .readings = engine_only,
       .basis = Basis::engine,
       .name = "LogStopped",
       .reason = "JetStopServiceInstance2 has stopped the log of the instance",
       .effect = remove_addressed},
      {.code = Code::errLogWriteFail,
       .guard = [](const Context& c) { return in_phase(c, from) ? file_fails(c) : Holds::no; },
       .basis = Basis::prose,
       .reason = not_of_usage,
       .effect = remove_addressed},
      {.code = Code::errDiskIO,
       .guard = [](const Context& c) { return in_phase(c, from) ? file_fails(c) : Holds::no; },
       .basis = Basis::prose,
       .reason = not_of_usage,
       .effect = remove_addressed},
      {.code = Code::errDiskFull,
       .guard = [](const Context& c) { return in_phase(c, from) ? disk_full(c) : Holds::no; },
       .basis = Basis::prose,
       .reason = not_of_usage,
       .effect = remove_addressed},
      {.code = Code::errSuccess, .guard = nullptr, .effect = remove_addressed},
  });
}

constexpr auto term_end_clauses = join(
    clauses({
        {.code = Code::errTooManyActiveUsers,
         .guard = [](const Context& c) { return may_if(transactions_in_the_way(c) != Holds::no); },
         .readings = documented_only,
         .reason = "no page says that a refusal takes no time: others may have seen the instance shut down meanwhile",
         .effect = refuse_term},
    }),
    ends_all_the_same<Phase::terminating>());

constexpr auto term_clauses = join(
    since_release(instance_handle, Code::errInvalidParameter, spec::Release::windows_xp),
    clauses({
        {.code = Code::errInvalidGrbit,
         .guard = [](const Context& c) { return may_if(odd_bits(c)); },
         .readings = documented_only,
         .basis = Basis::silent,
         .reason =
             "no code is listed for an unknown bit, or for two that contradict each other; the engine ignores them"},
        {.code = Code::errInvalidParameter,
         .guard =
             [](const Context& c) { return may_if(odd_bits(c) || (c.instance != nullptr && c.instance->init_failed)); },
         .readings = documented_only,
         .basis = Basis::silent,
         .name = "InitFailed",
         .reason = "after a failed JetInit3 the handle must not be passed to JetTerm"},
        {.code = Code::errInternalError,
         .guard = [](const Context& c) { return must_if(c.instance != nullptr && c.world.lock_kept); },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "LockKept",
         .reason = "an earlier JetGetSystemParameter with a bad handle has kept a lock of the process",
         .ending = Ending::hangs},
        {.code = Code::errTermInProgress, .guard = lock_of_term},
        {.code = Code::errRestoreInProgress, .guard = restoring},
        {.code = Code::errInitInProgress,
         .guard = initializing,
         .readings = documented_only,
         .basis = Basis::silent,
         .reason = says_just_this},
        {.code = Code::errNotInitialized, .guard = initializing},
        {.code = Code::errNotInitialized,
         .guard = [](const Context& c) { return may_if(in_phase(c, Phase::created)); },
         .readings = documented_only,
         .name = "Created",
         .reason = "listed, although the page also says that an uninitialised instance is destroyed"},
        {.code = Code::errBackupInProgress,
         .guard = backup_in_the_way,
         .readings = documented_only,
         .reason = "the engine waits for the backup instead"},
        {.code = Code::errTooManyActiveUsers,
         .guard = transactions_in_the_way,
         .readings = documented_only,
         .reason = "JetTerm lists it, and has no bits to ask for it",
         .effect = refuse_term},
    }),
    ends_all_the_same<Phase::running>());

constexpr FunctionModel model_of(Function function) {
  return {function,        Addressing::instance, &evaluate<Addressing::instance, term_clauses>,
          term_clauses,    begin_term,           &evaluate<Addressing::instance, term_end_clauses>,
          term_end_clauses};
}

}  // namespace

std::span<const FunctionModel> term_functions() {
  static constexpr std::array functions{model_of(Function::JetTerm), model_of(Function::JetTerm2)};
  return functions;
}

}  // namespace esentcheck::model
