#include "harness/generate/new_instance.hpp"

#include "harness/generate/symbols.hpp"

namespace esentcheck::generate {

using model::Function;
using plan::Step;
using plan::Symbol;

std::vector<Step> steps_of(const NewInstance& instance) {
  std::vector<Step> steps;
  const auto call = [&](Function function) -> Step& {
    Step& step = steps.emplace_back();
    step.function = function;
    return step;
  };
  const bool has_name = instance.name.kind != plan::SymbolKind::absent;
  const Symbol named = has_name ? address(instance.variable) : null();
  const auto set = [&](spec::Parameter which, Symbol lParam, Symbol text) {
    call(Function::JetSetSystemParameter).arguments = {named, {}, parameter(which), lParam, text};
  };
  if (has_name) call(Function::JetCreateInstance).arguments = {address(instance.variable), instance.name};
  set(spec::Parameter::SystemPath, {}, instance.folder);
  set(spec::Parameter::LogFilePath, {}, instance.folder);
  set(spec::Parameter::MaxTemporaryTables, number(0), {});
  if (instance.recovery_off.kind != plan::SymbolKind::absent) set(spec::Parameter::Recovery, {}, instance.recovery_off);
  if (instance.limit) set(spec::Parameter::MaxSessions, number(*instance.limit), {});
  call(Function::JetInit).arguments = {address(instance.variable)};
  return steps;
}

}  // namespace esentcheck::generate
