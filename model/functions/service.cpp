// JetStopService, JetStopServiceInstance, JetStopServiceInstance2: most later calls on the instance are
// refused.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;
using spec::Release;
namespace bit = spec::bit;

Holds multi(const Context& c) { return must_if(c.world.mode == Mode::multi); }

Instance& served(World& world, const Call& call) {
  return world.instances[static_cast<std::uint32_t>(id_of(world, *served_instance(world, call[0].handle)))];
}

/// The engine stops what only a start has made.
Holds created_only(const Context& c) { return must_if(in_phase(c, Phase::created)); }

constexpr std::string_view stops_nothing =
    "undefined: the engine stops what an instance has only once it is initialised";

constexpr auto created_clause = clauses({
    {.code = Code::errInternalError,
     .guard = created_only,
     .readings = engine_only,
     .basis = Basis::engine,
     .name = "Created",
     .reason = stops_nothing,
     .ending = Ending::crashes},
});

void stop(World& world, const Call& call, Produced&) {
  if (const Instance* instance = served_instance(world, call[0].handle))
    world.instances[static_cast<std::uint32_t>(id_of(world, *instance))].service_stopped = true;
}

constexpr auto state_clauses = join(clauses({
                                        {.code = Code::errInvalidParameter,
                                         .guard = not_running,
                                         .readings = documented_only,
                                         .since = Release::windows_xp,
                                         .name = "NotRunning",
                                         .reason = names_running_only},
                                    }),
                                    instance_not_ready);

constexpr auto stop_service_clauses =
    join(clauses({
             {.code = Code::errInvalidParameter,
              .guard = no_instance,
              .basis = Basis::silent,
              .name = "NoInstance",
              .reason = "the page lists no code for a process without an instance"},
             {.code = Code::errNotInitialized,
              .guard = no_instance,
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "NoInstance",
              .reason = "the page lists no code for a process without an instance"},
             {.code = Code::errRunningInMultiInstanceMode, .guard = multi, .since = Release::windows_xp},
         }),
         outside_table(state_clauses, Code::errInvalidParameter),
         clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = stop}}));

constexpr auto stop_service_instance_clauses =
    join(outside_table(instance_handle, Code::errNotInitialized), state_clauses, created_clause,
         clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = stop}}));

// --- JetStopServiceInstance2 ---

constexpr std::uint64_t documented_bits =
    bit::StopServiceBackgroundUserTasks | bit::StopServiceQuiesceCaches | bit::StopServiceResume;
constexpr std::uint64_t engine_stop_bits = documented_bits | 8;

std::uint64_t stop_bits(const Context& c) { return c.call[1].number & 0xffffffff; }

Holds resume_after_all(const Context& c) {
  if (c.instance == nullptr || stop_bits(c) != bit::StopServiceResume) return Holds::no;
  const bool documented = c.profile.reading == Reading::documented;
  return must_if(documented ? c.instance->service_stopped : c.instance->stopped_all);
}

void stop2(World& world, const Call& call, Produced& produced) {
  if ((call[1].number & 0xffffffff) != bit::StopServiceAll) return;
  stop(world, call, produced);
  if (served_instance(world, call[0].handle) != nullptr) served(world, call).stopped_all = true;
}

constexpr std::uint64_t stop_and_emit_log = 8;

void stop_log(World& world, const Call& call, Produced&) { served(world, call).log_stopped = true; }

constexpr auto stop_service_instance2_clauses = join(
    outside_table(outside_table(instance_handle, Code::errInvalidParameter), Code::errNotInitialized),
    clauses({
        {.code = Code::errInvalidGrbit,
         .guard =
             [](const Context& c) {
               if (c.profile.reading == Reading::documented) return may_if((stop_bits(c) & ~documented_bits) != 0);
               return must_if((stop_bits(c) & ~engine_stop_bits) != 0 ||
                              ((stop_bits(c) & 8) != 0 && stop_bits(c) != 8));
             },
         .basis = Basis::silent,
         .reason = "the page lists success only"},
    }),
    outside_table(state_clauses, Code::errInvalidParameter),
    clauses({
        {.code = Code::errClientRequestToStopJetService,
         .guard = resume_after_all,
         .basis = Basis::prose,
         .name = "Resume",
         .reason = "a resume after a stop of everything fails, with a code that the page does not name"},
        {.code = Code::errInvalidParameter,
         .guard = resume_after_all,
         .readings = documented_only,
         .basis = Basis::prose,
         .name = "Resume",
         .reason = "a resume after a stop of everything fails, with a code that the page does not name"},
        {.code = Code::errInvalidGrbit,
         .guard = resume_after_all,
         .readings = documented_only,
         .basis = Basis::prose,
         .name = "Resume",
         .reason = "a resume after a stop of everything fails, with a code that the page does not name"},
        {.code = Code::errInternalError,
         .guard =
             [](const Context& c) {
               const bool harmless =
                   (stop_bits(c) & ~std::uint64_t{bit::StopServiceBackgroundUserTasks | bit::StopServiceResume}) == 0 &&
                   stop_bits(c) != bit::StopServiceAll;
               return harmless ? Holds::no : created_only(c);
             },
         .readings = engine_only,
         .basis = Basis::engine,
         .name = "Created",
         .reason = stops_nothing,
         .ending = Ending::crashes},
        {.code = Code::wrnCallbackNotRegistered,
         .guard = [](const Context& c) { return must_if(stop_bits(c) == stop_and_emit_log); },
         .readings = engine_only,
         .basis = Basis::engine,
         .reason = "what stopping the log alone comes to",
         .effect = stop_log},
        {.code = Code::errSuccess, .guard = nullptr, .effect = stop2},
    }));

}  // namespace

std::span<const FunctionModel> service_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetStopService, Addressing::only_instance,
                    &evaluate<Addressing::only_instance, stop_service_clauses>, stop_service_clauses},
      FunctionModel{Function::JetStopServiceInstance, Addressing::instance,
                    &evaluate<Addressing::instance, stop_service_instance_clauses>, stop_service_instance_clauses},
      FunctionModel{Function::JetStopServiceInstance2, Addressing::instance,
                    &evaluate<Addressing::instance, stop_service_instance2_clauses>, stop_service_instance2_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
