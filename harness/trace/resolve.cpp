#include "harness/trace/resolve.hpp"

#include "harness/check/resolve.hpp"

#include <algorithm>
#include <string_view>

namespace esentcheck::trace {
namespace {

using model::Argument;
using model::ArgumentKind;
using model::Handle;
using model::HandleKind;
using spec::ArgumentType;

/// Far from the numbers that calls are made with, and far from each other, since a trace may use their neighbours.
constexpr std::uint64_t first_handle = std::uint64_t{1} << 60;
constexpr std::uint64_t between_handles = std::uint64_t{1} << 20;

/// A database id depends on the session that uses it.
Handle handle_of(std::uint64_t word, ArgumentType type, const Candidate& candidate, Handle session) {
  switch (check::handle_kind(type)) {
    case HandleKind::session: return candidate.bindings.session(candidate.world, word);
    case HandleKind::database: return candidate.bindings.database(candidate.world, word, session);
    default: return candidate.bindings.instance(candidate.world, word);
  }
}

Handle literal(const Value& value) {
  if (value.kind == ValueKind::nil) return {HandleKind::nil, 0};
  if (value.kind == ValueKind::null || (value.kind == ValueKind::number && value.number == 0)) return {};
  return {HandleKind::garbage, 0};
}

/// A handle is given by value, or a variable of one by its address.
Argument handle_argument(const Value& value, ArgumentType type, const Candidate& candidate, const Variables& variables,
                         Handle session) {
  if (value.kind == ValueKind::null) return {.kind = ArgumentKind::null};
  const ArgumentKind kind = value.kind == ValueKind::address ? ArgumentKind::pointer : ArgumentKind::handle;
  const bool names_variable = kind == ArgumentKind::pointer || value.kind == ValueKind::variable ||
                              value.kind == ValueKind::offset || value.kind == ValueKind::handle;
  if (!names_variable) return {.kind = kind, .handle = literal(value), .number = value.number};
  return {.kind = kind, .handle = handle_of(word_of(value, variables), type, candidate, session)};
}

/// A structure that says how its members contradict each other; only restart information is given so.
std::uint64_t fault_of_restart_info(const Value& value) {
  const auto find = [&](std::string_view name) { return std::ranges::find(value.fields, name, &Field::name); };
  const auto size = find("cbStruct");
  const bool right_size = size == value.fields.end() || size->value.text == "right";
  return !right_size || find("crstmap") != value.fields.end() ? 1 : 0;
}

Argument plain_argument(const Value& value, const Variables& variables) {
  switch (value.kind) {
    case ValueKind::null: return {.kind = ArgumentKind::null};
    case ValueKind::number:
    case ValueKind::garbage: return {.kind = ArgumentKind::number, .number = value.number};
    case ValueKind::nil: return {.kind = ArgumentKind::number, .number = ~std::uint64_t{0}};
    case ValueKind::variable:
    case ValueKind::handle:
    case ValueKind::offset: return {.kind = ArgumentKind::number, .number = word_of(value, variables)};
    case ValueKind::text: return {.kind = ArgumentKind::text, .text = value.text};
    case ValueKind::callback: return {.kind = ArgumentKind::callback, .number = value.number};
    case ValueKind::pointed: return {.kind = ArgumentKind::pointer, .number = value.number};
    case ValueKind::structure: return {.kind = ArgumentKind::pointer, .number = fault_of_restart_info(value)};
    default: return {.kind = ArgumentKind::pointer};
  }
}

}  // namespace

std::uint64_t word_of(const Value& value, const Variables& variables) {
  switch (value.kind) {
    case ValueKind::nil: return ~std::uint64_t{0};
    case ValueKind::handle: return first_handle + value.number * between_handles;
    case ValueKind::variable:
    case ValueKind::address: return variables[value.text];
    case ValueKind::offset: return variables[value.text] + value.number;
    default: return value.number;
  }
}

std::vector<model::ParameterSetting> settings_of(const Call& call, const Variables& variables) {
  std::vector<model::ParameterSetting> settings;
  for (const Field& argument : call.arguments) {
    if (argument.value.kind != ValueKind::list) continue;
    for (const Field& element : argument.value.fields) {
      model::ParameterSetting setting;
      for (const Field& member : element.value.fields) {
        if (member.name == "paramid")
          setting.parameter = static_cast<spec::Parameter>(word_of(member.value, variables));
        else if (member.value.kind == ValueKind::text)
          setting.text = member.value.text;
        else if (member.name == "lParam")
          setting.number = word_of(member.value, variables);
      }
      settings.push_back(setting);
    }
  }
  return settings;
}

model::Call resolve(const Call& recorded, const Candidate& candidate, const Variables& variables,
                    const std::vector<model::ParameterSetting>& settings) {
  const check::Signature& signature = check::signature_of(*recorded.function);
  model::Call call;
  call.function = *recorded.function;
  call.thread = model::ThreadId{recorded.thread};
  call.environment = {.memory_refused = recorded.memory_refused, .log_fails = recorded.log_fails};
  for (std::size_t i = 0; i < signature.count; ++i) {
    const Value& value = recorded.arguments[i].value;
    call.arguments[i] = check::is_handle(signature.types[i])
                            ? handle_argument(value, signature.types[i], candidate, variables, call[0].handle)
                            : plain_argument(value, variables);
  }
  call.settings = settings;
  call.inside_callback =
      std::ranges::any_of(candidate.pending, [&](const Pending& p) { return p.line->call.thread == recorded.thread; });
  return call;
}

Handle session_of(const Call& call, const Candidate& candidate, const Variables& variables) {
  const auto argument = std::ranges::find(call.arguments, "sesid", &Field::name);
  if (argument == call.arguments.end()) return {};
  const Handle handle = candidate.bindings.session(candidate.world, word_of(argument->value, variables));
  return handle.kind == HandleKind::session ? handle : Handle{};
}

}  // namespace esentcheck::trace
