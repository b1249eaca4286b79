// JetStopBackup and JetStopBackupInstance: a running backup is to come to an end, and no other is to begin.
#include "model/functions/function_model.hpp"
#include "model/functions/gates.hpp"

namespace esentcheck::model {
namespace {

using namespace gates;

void stop_backup(World& world, const Call& call, Produced&) {
  if (const Instance* instance = served_instance(world, call[0].handle))
    world.instances[static_cast<std::uint32_t>(id_of(world, *instance))].backup_stopped = true;
}

constexpr auto state =
    join(clauses({
             {.code = Code::errInvalidParameter,
              .guard = not_running,
              .readings = documented_only,
              .name = "NotRunning",
              .reason = names_running_only},
         }),
         instance_not_ready, clauses({{.code = Code::errSuccess, .guard = nullptr, .effect = stop_backup}}));

constexpr auto stop_backup_instance_clauses = join(outside_table(instance_handle, Code::errNotInitialized), state);

constexpr std::string_view without_instance = "the page lists no code for a process without an instance";

constexpr auto stop_backup_clauses =
    join(clauses({
             {.code = Code::errInvalidParameter,
              .guard = no_instance,
              .basis = Basis::silent,
              .name = "NoInstance",
              .reason = without_instance},
             {.code = Code::errNotInitialized,
              .guard = no_instance,
              .readings = documented_only,
              .basis = Basis::silent,
              .name = "NoInstance",
              .reason = without_instance},
             {.code = Code::errRunningInMultiInstanceMode,
              .guard = [](const Context& c) { return must_if(c.world.mode == Mode::multi); }},
         }),
         outside_table(state, Code::errInvalidParameter));

}  // namespace

std::span<const FunctionModel> stop_backup_functions() {
  static constexpr std::array functions{
      FunctionModel{Function::JetStopBackup, Addressing::only_instance,
                    &evaluate<Addressing::only_instance, stop_backup_clauses>, stop_backup_clauses},
      FunctionModel{Function::JetStopBackupInstance, Addressing::instance,
                    &evaluate<Addressing::instance, stop_backup_instance_clauses>, stop_backup_instance_clauses},
  };
  return functions;
}

}  // namespace esentcheck::model
