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
  std::uint8_t leading_handles = 0;  ///< how many arguments from the first on are handles: 0, 1 or 2
  std::int16_t output = -1;          ///< position of the argument through which it gives something back, or -1
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

/// A handle among the arguments of a call. `Variables` answers handle(v, kind, session) and value(v); `session` is the
/// call's first argument, which a database id depends on.
template <class Variables>
void resolve_handle(model::Argument& argument, const plan::Symbol& symbol, Role role, const Variables& variables,
                    const model::Handle& session) {
  using plan::SymbolKind;
  const bool usual = symbol.kind == role.usual;
  argument.kind = usual ? role.given : role.otherwise;
  if (usual || symbol.kind == SymbolKind::value || symbol.kind == SymbolKind::address) [[likely]]
    argument.handle = variables.handle(static_cast<plan::Variable>(symbol.number), role.handle, session);
  else
    argument.handle = literal_handle(symbol);
}

/// Any argument but a number or one that is not given.
template <class Variables>
[[gnu::noinline]] void resolve_other(model::Argument& argument, const plan::Plan& plan, const plan::Symbol& symbol,
                                     Role role, const Variables& variables) {
  using model::ArgumentKind;
  using plan::SymbolKind;
  argument.kind = ArgumentKind::number;
  const auto variable = static_cast<plan::Variable>(symbol.number);
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

/// Any argument of the call that the step makes. `argument` may be what it was in another call of the same function.
template <class Variables>
void resolve(model::Argument& argument, const plan::Plan& plan, const plan::Symbol& symbol, Role role,
             const Variables& variables, const model::Handle& session) {
  if (role.handle != model::HandleKind::zero) return resolve_handle(argument, symbol, role, variables, session);
  const bool is_number = symbol.kind == plan::SymbolKind::number;
  argument.kind = is_number ? model::ArgumentKind::number : role.otherwise;
  argument.number = is_number ? symbol.number : 0;
  argument.text = {};
  if (!is_number && symbol.kind != plan::SymbolKind::absent) [[unlikely]]
    resolve_other(argument, plan, symbol, role, variables);
}

/// The elements of a parameter array, put where they outlive the call.
void resolve_settings(model::Call&, const plan::Plan&, const plan::Symbol& list,
                      std::vector<model::ParameterSetting>& settings);

/// The whole call but for what the environment does to it. `call` is a fresh one, or an earlier one of the same function:
/// then only what changes from call to call is written.
template <class Variables>
inline void resolve(model::Call& call, const Signature& signature, const plan::Plan& plan, const plan::Step& step,
                    const Variables& variables, std::vector<model::ParameterSetting>& settings) {
  call.function = step.function;
  call.thread = model::ThreadId{step.thread};
  const auto resolve_handle_at = [&](std::size_t i) {
    resolve_handle(call.arguments[i], step.arguments[i], signature.roles[i], variables, call.arguments[0].handle);
  };
  // Without a loop, whose end would have to be guessed anew at each call.
  if (signature.leading_handles > 0) resolve_handle_at(0);
  if (signature.leading_handles > 1) resolve_handle_at(1);
  for (std::size_t i = signature.leading_handles; i < signature.count; ++i)
    resolve(call.arguments[i], plan, step.arguments[i], signature.roles[i], variables, call.arguments[0].handle);
  if (signature.takes_settings) [[unlikely]]
    resolve_settings(call, plan, step.arguments[0], settings);
}

}  // namespace esentcheck::check
