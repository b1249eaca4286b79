// The life of instances, and what stops them.
#include "harness/generate/new_instance.hpp"
#include "harness/generate/walk.hpp"

namespace esentcheck::generate {

using model::Function;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using plan::Variable;
namespace bit = spec::bit;

/// Instances need folders of their own before they can run beside one another.
void Walk::script_new_instance(Variable instance) {
  const std::size_t index = instance - instances_.origin;
  for (Step step : steps_of({.variable = instance,
                   .name = shape_.single_instance ? Symbol{} : names_[index],
                   .folder = folders_[index],
                   .recovery_off = shape_.logging ? Symbol{} : recovery_off_,
                   .limit = shape_.limit})) {
    step.thread = thread_;
    script_.push_back(step);
  }
}

/// Behind a pointer, or no pointer at all, which means the one of single-instance mode.
Symbol Walk::some_instance() {
  if (instances_.live == 0) return null();
  return address(instances_.variables[random_.below(static_cast<std::uint32_t>(instances_.live))]);
}

void Walk::make_instance_call(Action action, Step& step, Luck luck) {
  auto& arguments = step.arguments;
  switch (action) {
    case Action::create_instance:
      if (instances_.live < instances_.variables.size()) {
        script_new_instance(instances_.variables[instances_.live]);
        return take_scripted(step);
      }
      step.function = luck.chance(500) ? Function::JetCreateInstance : Function::JetCreateInstance2;
      arguments[0] = luck.chance(100) ? null() : address(value_);
      arguments[1] = luck.chance(100) ? null() : names_[random_.below(shape_.instances)];
      return;
    case Action::init: {
      constexpr std::array functions{Function::JetInit, Function::JetInit, Function::JetInit2, Function::JetInit3};
      step.function = functions[random_.below(functions.size())];
      arguments[0] = some_instance();
      if (step.function == Function::JetInit) return;
      const std::size_t grbit = step.function == Function::JetInit2 ? 1 : 2;
      arguments[grbit] = number(bad(luck) ? 1 : luck.chance(150) ? bit::RecoveryWithoutUndo : 0);
      if (grbit == 2) arguments[1] = some_callback(SymbolKind::restart_info);
      return;
    }
    case Action::term: {
      constexpr std::array<std::uint32_t, 10> bits{0, 1, 1, 2, 2, 2, 3, 4, 6, 0x10};
      arguments[0] = any_instance(luck);
      step.function = luck.chance(250) ? Function::JetTerm : Function::JetTerm2;
      if (step.function == Function::JetTerm2) arguments[1] = one_of(bits);
      return;
    }
    case Action::stop_service: {
      constexpr std::array<std::uint32_t, 6> bits{bit::StopServiceAll, 2, 4, 6, 8, bit::StopServiceResume};
      constexpr std::array functions{Function::JetStopService, Function::JetStopServiceInstance,
                                     Function::JetStopServiceInstance2, Function::JetStopServiceInstance2};
      step.function = functions[random_.below(functions.size())];
      if (step.function == Function::JetStopService) return;
      arguments[0] = any_instance(luck);
      if (step.function == Function::JetStopServiceInstance2) arguments[1] = one_of(bits);
      return;
    }
    default:
      step.function = Function::JetEnableMultiInstance;
      if (settings_.kind == SymbolKind::absent || luck.chance(500)) return;
      arguments[0] = settings_;
      arguments[1] = number(settings_.count);
      if (luck.chance(500)) arguments[2] = address(value_);
  }
}

/// Succeeds, mostly, where there is one.
Symbol Walk::some_callback(SymbolKind kind) {
  if (random_.chance(700)) return null();
  const auto failure = static_cast<std::uint64_t>(static_cast<std::int64_t>(spec::Code::errOutOfBuffers));
  return {kind, 0, random_.chance(700) ? 0 : failure};
}

Symbol Walk::some_folder() {
  return backups_[random_.chance(700) ? 0 : random_.below(static_cast<std::uint32_t>(backups_.size()))];
}

void Walk::make_backup_call(Action action, Step& step, Luck luck) {
  constexpr std::array<std::uint32_t, 8> bits{0, 0, 0, bit::BackupIncremental, bit::BackupAtomic, 5, 0x10, 0x20};
  auto& arguments = step.arguments;
  const bool legacy = luck.chance(shape_.single_instance ? 500 : 100);
  if (action == Action::stop_backup) {
    step.function = legacy ? Function::JetStopBackup : Function::JetStopBackupInstance;
    if (!legacy) arguments[0] = any_instance(luck);
    return;
  }
  const std::size_t first = legacy ? 0 : 1;
  if (!legacy) arguments[0] = any_instance(luck);
  arguments[first] = some_folder();
  if (action == Action::backup) {
    step.function = legacy ? Function::JetBackup : Function::JetBackupInstance;
    arguments[first + 1] = one_of(bits);
    arguments[first + 2] = some_callback(SymbolKind::callback);
    return;
  }
  const bool elsewhere = !legacy || luck.chance(500);
  step.function = !legacy ? Function::JetRestoreInstance : elsewhere ? Function::JetRestore2 : Function::JetRestore;
  if (elsewhere) arguments[first + 1] = luck.chance(700) ? null() : some_folder();
  arguments[first + (elsewhere ? 2 : 1)] = some_callback(SymbolKind::callback);
}

}  // namespace esentcheck::generate
