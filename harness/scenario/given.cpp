#include "harness/scenario/given.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <utility>

#include "harness/scenario/names.hpp"

namespace esentcheck::scenario {
namespace {

using plan::Symbol;
using plan::SymbolKind;

constexpr std::array<std::string_view, 4> instance_keys{"instance", "parameters", "initialized", "sessions"};

/// A call by names, as the steps of a file have it.
void call(Builder& builder, const YAML::Node& at, std::string_view name,
          std::initializer_list<std::pair<std::string_view, Symbol>> arguments) {
  plan::Step step;
  step.function = spec::function_named(name).value();
  const auto rows = spec::row(step.function).arguments;
  for (const auto& argument : arguments) {
    const auto found = std::find_if(rows.begin(), rows.end(),
                                    [&](const spec::ArgumentRow& row) { return row.name == argument.first; });
    assert(found != rows.end());
    step.arguments[static_cast<std::size_t>(found - rows.begin())] = argument.second;
  }
  Expectation success;
  success.codes.push_back(static_cast<spec::Code>(0));
  builder.add(at, step, std::move(success));
}

Symbol number(std::uint64_t value) { return {SymbolKind::number, 0, value}; }
Symbol address(plan::Variable variable) { return {SymbolKind::address, 0, variable}; }
Symbol value(plan::Variable variable) { return {SymbolKind::value, 0, variable}; }

bool is_text(spec::ParameterType type) {
  using spec::ParameterType;
  return type == ParameterType::text || type == ParameterType::folder || type == ParameterType::path;
}

std::string read_name(Source& source, const YAML::Node& node, std::string_view what) {
  std::string name = source.text(node, what);
  if (!source.failed() && !is_variable_name(name, false))
    source.complain(node, fmt::format("\"{}\" is no name for a variable", name));
  return name;
}

void set_text(Builder& builder, const YAML::Node& at, plan::Variable instance, spec::Parameter parameter,
              std::string_view text) {
  call(builder, at, "JetSetSystemParameter",
       {{"pinstance", address(instance)},
        {"paramid", number(static_cast<std::uint64_t>(parameter))},
        {"szParam", plan::text_symbol(builder.plan(), text)}});
}

void set_parameter(Builder& builder, const Field& field, plan::Variable instance) {
  Source& source = builder.source();
  const auto parameter = spec::parameter_named(field.key);
  if (!parameter) {
    source.complain(field.key_node, fmt::format("no parameter is called \"{}\"{}", field.key,
                                                hint(spec::nearest_parameter(field.key))));
    return;
  }
  if (is_text(spec::row(*parameter)->type)) {
    const std::string text = source.text_or_empty(field.value, field.key);
    if (!source.failed()) set_text(builder, field.key_node, instance, *parameter, text);
    return;
  }
  const std::uint64_t setting = source.number(field.value, field.key, 0, ~std::uint64_t{0});
  if (source.failed()) return;
  call(builder, field.key_node, "JetSetSystemParameter",
       {{"pinstance", address(instance)},
        {"paramid", number(static_cast<std::uint64_t>(*parameter))},
        {"lParam", number(setting)}});
}

/// A folder of its own for each instance, unless the file chooses one.
void set_paths(Builder& builder, const YAML::Node& at, const std::string& name, plan::Variable instance,
               const Fields& chosen) {
  builder.add_directory(name);
  for (const auto& [parameter, path] :
       {std::pair{"JET_paramSystemPath", name + "/"}, std::pair{"JET_paramLogFilePath", name + "/"},
        std::pair{"JET_paramTempPath", name + "/tmp.edb"}})
    if (chosen.find(parameter) == nullptr)
      set_text(builder, at, instance, spec::parameter_named(parameter).value(), path);
}

void read_instance(Builder& builder, const YAML::Node& node) {
  Source& source = builder.source();
  const Fields fields = source.fields(node, "an element of given", instance_keys);
  if (source.failed()) return;
  const Field* named = fields.find("instance");
  if (named == nullptr) return source.complain(node, "an element of given lacks the key \"instance\"");
  const YAML::Node& at = named->key_node;
  const std::string name = read_name(source, named->value, "instance");
  const plan::Variable instance = builder.writing(named->value, name);
  const Field* chosen = fields.find("parameters");
  const Fields parameters = chosen == nullptr ? Fields(at) : source.fields(chosen->value, "parameters");
  if (source.failed()) return;

  const Symbol instance_name = plan::text_symbol(builder.plan(), name);
  call(builder, at, "JetCreateInstance", {{"pinstance", address(instance)}, {"szInstanceName", instance_name}});
  set_paths(builder, at, name, instance, parameters);
  for (const Field& parameter : parameters.all()) set_parameter(builder, parameter, instance);

  const Field* initialized = fields.find("initialized");
  const Field* sessions = fields.find("sessions");
  if (initialized != nullptr && !source.boolean(initialized->value, "initialized")) {
    if (sessions != nullptr) source.complain(sessions->key_node, "an instance that is not initialized has no sessions");
    return;
  }
  call(builder, at, "JetInit", {{"pinstance", address(instance)}});
  if (sessions == nullptr) return;
  for (const YAML::Node& each : source.list(sessions->value, "sessions")) {
    const std::string session = read_name(source, each, "a session");
    if (source.failed()) return;
    call(builder, each, "JetBeginSession",
         {{"instance", value(instance)}, {"psesid", address(builder.writing(each, session))}});
  }
}

}  // namespace

void read_given(Builder& builder, const YAML::Node& node) {
  for (const YAML::Node& each : builder.source().list(node, "given")) {
    if (builder.source().failed()) return;
    read_instance(builder, each);
  }
}

}  // namespace esentcheck::scenario
