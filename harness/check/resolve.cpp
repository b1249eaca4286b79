#include "harness/check/resolve.hpp"

namespace esentcheck::check {
namespace {

Role role_of(spec::ArgumentType type) {
  using enum spec::ArgumentType;
  using model::ArgumentKind;
  using plan::SymbolKind;
  if (!is_handle(type))
    return {.otherwise = type == grbit || type == integer ? ArgumentKind::number : ArgumentKind::null};
  const model::HandleKind kind = handle_kind(type);
  if (type == session || type == instance || type == database)
    return {kind, SymbolKind::value, ArgumentKind::handle, ArgumentKind::handle};
  return {kind, SymbolKind::address, ArgumentKind::pointer, ArgumentKind::null};
}

Signature make_signature(const spec::FunctionRow& row) {
  Signature signature;
  for (const spec::ArgumentRow& argument : row.arguments) {
    if (signature.count == model::most_arguments) break;
    // JetSetSystemParameter's instance pointer is marked in/out but is never written.
    const bool written = is_output(argument.type) && row.function != model::Function::JetSetSystemParameter;
    if (written) signature.output = static_cast<std::int16_t>(signature.count);
    signature.takes_settings |= argument.type == spec::ArgumentType::parameter_list;
    const bool leads = signature.leading_handles == signature.count && signature.count < 2;
    if (leads && is_handle(argument.type)) ++signature.leading_handles;
    signature.types[signature.count] = argument.type;
    signature.roles[signature.count++] = role_of(argument.type);
  }
  return signature;
}

}  // namespace

// Made before main: a function-local table would cost a test of its guard at each call.
const std::array<Signature, spec::function_count> signatures = [] {
  std::array<Signature, spec::function_count> all;
  for (const spec::FunctionRow& row : spec::functions())
    all[static_cast<std::size_t>(row.function)] = make_signature(row);
  return all;
}();

void resolve_settings(model::Call& call, const plan::Plan& plan, const plan::Symbol& list,
                      std::vector<model::ParameterSetting>& settings) {
  settings.clear();
  if (list.kind == plan::SymbolKind::parameter_list) {
    for (std::uint64_t i = list.number; i < list.number + list.count; ++i) {
      const plan::Setting& setting = plan.settings[i];
      settings.push_back({static_cast<spec::Parameter>(setting.parameter), setting.number.number,
                          setting.text.kind == plan::SymbolKind::text ? plan.text_at(setting.text.number) : ""});
    }
  }
  call.settings = settings;
}

}  // namespace esentcheck::check
