// From a step's symbols to a call as the model takes it. What a variable denotes is the caller's business: the referee
// knows it from the words that the subject gave out, foresight from its own account.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "harness/plan/plan.hpp"
#include "model/call.hpp"

namespace esentcheck::check {

/// What an argument's type says, asked for at every call.
struct Role {
  model::HandleKind handle = model::HandleKind::zero;           ///< session, instance, or zero: it is no handle
  plan::SymbolKind usual = plan::SymbolKind::number;            ///< how it is mostly spelled …
  model::ArgumentKind given = model::ArgumentKind::number;      ///< … and what it then is
  model::ArgumentKind otherwise = model::ArgumentKind::number;  ///< what it is where nothing is given
};

/// What resolving needs of a function's page, in one place.
struct Signature {
  std::uint8_t count = 0;
  std::int8_t output = -1;  ///< position of the argument through which it gives something back, or -1
  bool takes_settings = false;
  std::array<spec::ArgumentType, model::most_arguments> types{};
  std::array<Role, model::most_arguments> roles{};
};

extern const std::array<Signature, spec::function_count> signatures;

inline const Signature& signature_of(model::Function function) {
  return signatures[static_cast<std::size_t>(function)];
}

inline bool is_output(spec::ArgumentType type) {
  return type == spec::ArgumentType::instance_out || type == spec::ArgumentType::instance_inout ||
         type == spec::ArgumentType::session_out || type == spec::ArgumentType::database_out ||
         type == spec::ArgumentType::integer_out;
}

/// What a handle argument of that type denotes; zero: it is none.
inline model::HandleKind handle_kind(spec::ArgumentType type) {
  using enum spec::ArgumentType;
  switch (type) {
    case session:
    case session_out: return model::HandleKind::session;
    case instance:
    case instance_out:
    case instance_inout: return model::HandleKind::instance;
    case database:
    case database_out: return model::HandleKind::database;
    default: return model::HandleKind::zero;
  }
}

inline bool is_handle(spec::ArgumentType type) { return handle_kind(type) != model::HandleKind::zero; }

/// The kind of a handle spelled without a variable.
inline model::Handle literal_handle(const plan::Symbol& symbol) {
  if (symbol.kind == plan::SymbolKind::nil) return {model::HandleKind::nil, 0};
  if (symbol.kind == plan::SymbolKind::garbage) return {model::HandleKind::garbage, 0};
  return {};
}

/// One argument of the call that the step makes. `Variables` answers handle(v, kind, session) and value(v); `session` is
/// the call's first argument, which a database id depends on. `argument` may be what it was in another call of the same
/// function.
template <class Variables>
void resolve(model::Argument& argument, const plan::Plan& plan, const plan::Symbol& symbol, Role role,
             const Variables& variables, const model::Handle& session) {
  using model::ArgumentKind;
  using plan::SymbolKind;
  const auto variable = static_cast<plan::Variable>(symbol.number);
  if (role.handle != model::HandleKind::zero) [[likely]] {
    const bool usual = symbol.kind == role.usual;
    argument.kind = usual ? role.given : role.otherwise;
    const bool names_variable = usual || symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address;
    argument.handle = names_variable ? variables.handle(variable, role.handle, session) : literal_handle(symbol);
    return;
  }
  argument.kind = role.otherwise;
  argument.number = 0;
  argument.text = {};
  if (symbol.kind == SymbolKind::absent) return;
  argument.kind = ArgumentKind::number;
  if (symbol.kind == SymbolKind::number) [[likely]] {
    argument.number = symbol.number;
    return;
  }
  switch (symbol.kind) {
    case SymbolKind::nil: argument.number = ~std::uint64_t{0}; return;
    case SymbolKind::value: argument.number = variables.value(variable); return;
    case SymbolKind::text:
      argument.kind = ArgumentKind::text;
      argument.text = plan.text_at(symbol.number);
      return;
    case SymbolKind::callback:
    case SymbolKind::restart_info:
      argument.kind = ArgumentKind::callback;
      argument.number = symbol.number;
      return;
    case SymbolKind::memory: argument.number = symbol.number; [[fallthrough]];
    case SymbolKind::address:
    case SymbolKind::buffer:
    case SymbolKind::parameter_list: argument.kind = ArgumentKind::pointer; return;
    default: argument.kind = role.otherwise;
  }
}

/// The elements of a parameter array, put where they outlive the call.
void resolve_settings(model::Call&, const plan::Plan&, const plan::Symbol& list,
                      std::vector<model::ParameterSetting>& settings);

/// The whole call but for what the environment does to it. `call` is a fresh one, or an earlier one of the same function:
/// then only what changes from call to call is written.
template <class Variables>
inline void resolve(model::Call& call, const plan::Plan& plan, const plan::Step& step, const Variables& variables,
                    std::vector<model::ParameterSetting>& settings) {
  const Signature& signature = signature_of(step.function);
  call.function = step.function;
  call.thread = model::ThreadId{step.thread};
  for (std::size_t i = 0; i < signature.count; ++i)
    resolve(call.arguments[i], plan, step.arguments[i], signature.roles[i], variables, call.arguments[0].handle);
  if (signature.takes_settings) [[unlikely]]
    resolve_settings(call, plan, step.arguments[0], settings);
}

}  // namespace esentcheck::check
