// From a step's symbols to a call as the model takes it. What a variable denotes is the caller's business: the referee
// knows it from the words that the subject gave out, foresight from its own account.
#pragma once

#include <array>
#include <cstdint>

#include "harness/plan/plan.hpp"
#include "model/call.hpp"

namespace esentcheck::check {

/// What resolving needs of a function's page, in one place.
struct Signature {
  std::uint8_t count = 0;
  std::int8_t output = -1;  ///< position of the argument through which it gives something back, or -1
  std::array<spec::ArgumentType, model::most_arguments> types{};
};

const Signature& signature_of(model::Function);

inline bool is_output(spec::ArgumentType type) {
  return type == spec::ArgumentType::instance_out || type == spec::ArgumentType::instance_inout ||
         type == spec::ArgumentType::session_out || type == spec::ArgumentType::integer_out;
}

inline bool is_session(spec::ArgumentType type) {
  return type == spec::ArgumentType::session || type == spec::ArgumentType::session_out;
}

inline bool is_handle(spec::ArgumentType type) {
  return is_session(type) || type == spec::ArgumentType::instance || type == spec::ArgumentType::instance_out ||
         type == spec::ArgumentType::instance_inout;
}

/// The kind of a handle spelled without a variable.
inline model::Handle literal_handle(const plan::Symbol& symbol) {
  if (symbol.kind == plan::SymbolKind::nil) return {model::HandleKind::nil, 0};
  if (symbol.kind == plan::SymbolKind::garbage) return {model::HandleKind::garbage, 0};
  return {};
}

/// The arguments of the call that the step makes. `Variables` answers session(v), instance(v) and value(v).
template <class Variables>
model::Argument resolve(const plan::Plan& plan, const plan::Symbol& symbol, spec::ArgumentType type,
                        const Variables& variables) {
  using model::ArgumentKind;
  using plan::SymbolKind;
  model::Argument argument;
  const bool names_variable = symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address;
  if (is_handle(type)) {
    const bool by_value = type == spec::ArgumentType::instance || type == spec::ArgumentType::session;
    argument.kind = by_value                                ? ArgumentKind::handle
                    : symbol.kind == SymbolKind::address ? ArgumentKind::pointer
                                                         : ArgumentKind::null;
    if (!names_variable) {
      argument.handle = literal_handle(symbol);
    } else {
      const auto variable = static_cast<plan::Variable>(symbol.number);
      argument.handle = is_session(type) ? variables.session(variable) : variables.instance(variable);
    }
    return argument;
  }
  switch (symbol.kind) {
    case SymbolKind::number: argument.number = symbol.number; return argument;
    case SymbolKind::nil: argument.number = ~std::uint64_t{0}; return argument;
    case SymbolKind::value: argument.number = variables.value(static_cast<plan::Variable>(symbol.number)); return argument;
    case SymbolKind::text:
      argument.kind = ArgumentKind::text;
      argument.text = plan.text_at(symbol.number);
      return argument;
    case SymbolKind::callback:
    case SymbolKind::restart_info:
      argument.kind = ArgumentKind::callback;
      argument.number = symbol.number;
      return argument;
    case SymbolKind::address:
    case SymbolKind::buffer:
    case SymbolKind::parameter_list: argument.kind = ArgumentKind::pointer; return argument;
    default: break;
  }
  const bool pointer = type != spec::ArgumentType::grbit && type != spec::ArgumentType::integer;
  if (pointer) argument.kind = ArgumentKind::null;
  return argument;
}

/// The whole call. `settings` is where the elements of a parameter array are put; it must outlive the call.
template <class Variables>
void resolve(model::Call& call, const plan::Plan& plan, const plan::Step& step, const Variables& variables,
             std::vector<model::ParameterSetting>& settings) {
  const Signature& signature = signature_of(step.function);
  call.function = step.function;
  call.thread = model::ThreadId{step.thread};
  for (std::size_t i = 0; i < signature.count; ++i)
    call.arguments[i] = resolve(plan, step.arguments[i], signature.types[i], variables);
  if (const plan::Symbol& list = step.arguments[0]; list.kind == plan::SymbolKind::parameter_list) {
    settings.clear();
    for (std::uint64_t i = list.number; i < list.number + list.count; ++i) {
      const plan::Setting& setting = plan.settings[i];
      settings.push_back({static_cast<spec::Parameter>(setting.parameter), setting.number.number,
                          setting.text.kind == plan::SymbolKind::text ? plan.text_at(setting.text.number) : ""});
    }
    call.settings = settings;
  }
}

}  // namespace esentcheck::check
