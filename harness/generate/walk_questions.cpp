// Parameters, and what the engine can be asked.
#include "harness/generate/walk.hpp"

namespace esentcheck::generate {

using model::Function;
using plan::ReadAs;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using plan::Variable;
using spec::Parameter;
namespace level = spec::level;

void Walk::make_question(Action action, Step& step, Luck luck) {
  auto& arguments = step.arguments;
  if (action == Action::get_version) {
    step.function = Function::JetGetVersion;
    arguments[0] = any_session(luck);
    arguments[1] = address(value_);
    return;
  }
  if (action == Action::idle) {
    constexpr std::array<std::uint32_t, 6> bits{0, 1, 2, 4, 7, 0x10};
    step.function = Function::JetIdle;
    arguments[0] = any_session(luck);
    arguments[1] = one_of(bits);
    return;
  }
  switch (random_.below(4)) {
    case 0:
      step.function = Function::JetGetInstanceInfo;
      arguments[0] = bad(luck) ? null() : address(value_);
      arguments[1] = bad(luck) ? null() : address(list_);
      // Where the call fails the variable holds nothing.
      if (arguments[1].kind == SymbolKind::address) {
        Step& free = script_.emplace_back();
        free.function = Function::JetFreeBuffer;
        free.thread = step.thread;
        free.arguments[0] = value(list_);
      }
      return;
    case 1: {
      constexpr std::array<std::uint32_t, 4> levels{level::InstanceMiscInfoLogSignature, 0, 1, 99};
      const std::uint32_t size = luck.chance(800) ? 28 : 8;
      step.function = Function::JetGetInstanceMiscInfo;
      arguments[0] = any_instance(luck);
      arguments[1] = bad(luck) ? null() : result(size);
      arguments[2] = number(size);
      arguments[3] = one_of(levels);
      return;
    }
    case 2:
      step.function = Function::JetFreeBuffer;
      arguments[0] = null();
      return;
    default: {
      constexpr std::array<std::int32_t, 4> errors{static_cast<std::int32_t>(spec::Code::errOutOfSessions), 0, 99999,
                                                   1};
      const std::uint32_t size = luck.chance(800) ? 152 : 100;
      const auto error = static_cast<std::uint32_t>(errors[random_.below(errors.size())]);
      step.function = Function::JetGetErrorInfoW;
      arguments[0] = bad(luck) ? null() : memory(error, 4);
      arguments[1] = bad(luck) ? null() : result(size, {.as = ReadAs::number, .bytes = 4, .at = 4});
      arguments[2] = number(size);
      arguments[3] = number(bad(luck) ? 2 : level::ErrorInfoSpecificErr);
      arguments[4] = number(bad(luck) ? 1 : 0);
    }
  }
}

void Walk::make_parameter_call(Action action, Step& step, Luck luck) {
  constexpr std::array<Parameter, 10> numbers{Parameter::MaxSessions,
                                              Parameter::MaxSessions,
                                              Parameter::MaxSessions,
                                              Parameter::MaxSessions,
                                              Parameter::CircularLog,
                                              Parameter::MaxInstances,
                                              Parameter::OneDatabasePerSession,
                                              Parameter::CreatePathIfNotExist,
                                              Parameter::KeyMost,
                                              Parameter{9999}};
  auto& arguments = step.arguments;
  if (action == Action::session_parameter) {
    constexpr std::array<std::uint32_t, 4> ids{level::sesparamCommitDefault, level::sesparamCommitDefault,
                                               level::sesparamTransactionLevel, 7};
    arguments[0] = busy_session(luck);
    arguments[1] = one_of(ids);
    const std::uint32_t size = bad(luck) ? 2 : 4;
    if (luck.chance(500)) {
      step.function = Function::JetSetSessionParameter;
      arguments[2] = bad(luck) ? null() : memory(luck.chance(800) ? random_.below(2) : 0x400, size);
      arguments[3] = number(size);
    } else {
      step.function = Function::JetGetSessionParameter;
      arguments[2] =
          bad(luck) ? null() : result(size, {.as = ReadAs::number, .bytes = static_cast<std::uint8_t>(size)});
      arguments[3] = number(size);
      if (luck.chance(300)) arguments[4] = address(value_);
    }
    return;
  }
  const bool by_session = luck.chance(100);
  if (by_session) arguments[1] = any_session(luck);
  const Parameter which = numbers[random_.below(numbers.size())];
  arguments[2] = parameter(which);
  const Symbol instance = by_session || which == Parameter::MaxInstances ? null() : any_instance(luck);
  if (action == Action::get_parameter) {
    step.function = Function::JetGetSystemParameter;
    arguments[0] = instance;
    if (luck.chance(200)) {
      arguments[2] = parameter(Parameter::BaseName);
      const std::uint32_t size = luck.chance(700) ? 64 : 3;
      arguments[4] = result(size, {.as = ReadAs::text});
      arguments[5] = number(size);
      return;
    }
    arguments[3] = bad(luck) ? null() : address(value_);
    return;
  }
  step.function = Function::JetSetSystemParameter;
  if (instance.kind == SymbolKind::value) arguments[0] = address(static_cast<Variable>(instance.number));
  const bool limit = which == Parameter::MaxSessions;
  arguments[3] = number(limit ? (bad(luck) ? 30001 : random_.below(40)) : random_.below(4));
}

}  // namespace esentcheck::generate
