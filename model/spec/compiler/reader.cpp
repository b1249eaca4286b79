#include "model/spec/compiler/reader.hpp"

#include <yaml-cpp/yaml.h>

#include <fstream>
#include <string_view>
#include <utility>

#include "model/spec/compiler/mapping.hpp"

namespace esentcheck::spec::compiler {
namespace {

constexpr std::string_view code_fields[] = {"name", "number", "meaning"};
constexpr std::string_view argument_fields[] = {"name", "c_type", "type", "direction", "optional"};
constexpr std::string_view documented_code_fields[] = {"code", "when", "since", "until", "unreachable"};
constexpr std::string_view function_fields[] = {"name",     "page",      "tier",       "group",      "introduced_in",
                                                "open_set", "wide_form", "on_success", "on_failure", "arguments",
                                                "codes",    "mentioned", "remarks"};
constexpr std::string_view parameter_fields[] = {"name",
                                                 "number",
                                                 "type",
                                                 "scope",
                                                 "range",
                                                 "choices",
                                                 "default",
                                                 "settable_after_create",
                                                 "settable_after_init",
                                                 "protected",
                                                 "read_only",
                                                 "since",
                                                 "page",
                                                 "note"};
constexpr std::string_view bit_fields[] = {"name", "number", "functions"};

// Written into the tables as enumerators of spec.hpp, so that a word that is missing there does not compile.
constexpr std::string_view argument_types[] = {
    "instance",     "instance_out", "instance_inout", "session",       "session_out",   "grbit",          "integer",
    "integer_out",  "text",         "text_out",       "callback",      "restart_info",  "parameter_list", "database",
    "database_out", "memory",       "result",         "instance_list", "engine_memory", "other"};
constexpr std::string_view directions[] = {"in", "out", "inout"};
constexpr std::string_view tiers[] = {"core", "adjacent"};
constexpr std::string_view parameter_types[] = {"integer", "boolean", "grbit", "text", "folder", "path", "pointer"};
constexpr std::string_view scopes[] = {"instance", "global", "instance_or_session"};

/// The rows of a file: the list under its only key, empty when there is something to complain about.
YAML::Node rows_of(const std::string& file, std::string_view key, Complaints& complaints) {
  const YAML::Node nothing(YAML::NodeType::Sequence);
  std::ifstream stream(file);
  if (!stream) {
    complaints.add({file, 1, 1}, "cannot be opened.");
    return nothing;
  }
  try {
    const std::string_view keys[] = {key};
    const Mapping top(YAML::Load(stream), file, "this file", keys, complaints);
    if (top.valid() && !top.has(key)) {
      complaints.add(top.place(), "this file needs the list '" + std::string(key) + "'.");
    }
    return top.sequence(key);
  } catch (const YAML::Exception& error) {
    complaints.add({file, error.mark.line + 1, error.mark.column + 1}, "not YAML: " + error.msg + ".");
    return nothing;
  }
}

Code read_code(const YAML::Node& node, const std::string& file, Complaints& complaints) {
  const Mapping row(node, file, "a code", code_fields, complaints);
  return {row.word("name"), row.number("number", INT32_MIN, INT32_MAX), row.text("meaning")};
}

Argument read_argument(const YAML::Node& node, const std::string& file, Complaints& complaints) {
  const Mapping row(node, file, "an argument", argument_fields, complaints);
  return {row.word("name"), row.text("c_type"), row.one_of("type", argument_types), row.one_of("direction", directions),
          row.flag("optional", false)};
}

DocumentedCode read_documented_code(const YAML::Node& node, const std::string& file, bool in_table,
                                    Complaints& complaints) {
  const Mapping row(node, file, "a documented code", documented_code_fields, complaints);
  DocumentedCode result;
  result.code = row.word("code");
  result.when = row.text("when");
  result.since = {row.one_of("since", releases, ""), row.place_of_value("since")};
  result.until = {row.one_of("until", releases, releases.back()), row.place_of_value("until")};
  result.in_table = in_table;
  result.unreachable = row.text_or("unreachable", "");
  return result;
}

Function read_function(const YAML::Node& node, const std::string& file, Complaints& complaints) {
  const Mapping row(node, file, "a function", function_fields, complaints);
  Function result;
  result.name = row.word("name");
  result.page = row.text("page");
  result.tier = row.one_of("tier", tiers);
  result.group = row.text("group");
  result.introduced_in = row.one_of("introduced_in", releases);
  result.open_set = row.flag("open_set", false);
  result.wide_form = row.flag("wide_form", false);
  result.on_success = row.text("on_success");
  result.on_failure = row.text("on_failure");
  for (const auto& argument : row.sequence("arguments")) {
    result.arguments.push_back(read_argument(argument, file, complaints));
  }
  for (const auto& code : row.sequence("codes")) {
    result.codes.push_back(read_documented_code(code, file, true, complaints));
  }
  for (const auto& code : row.sequence("mentioned")) {
    result.codes.push_back(read_documented_code(code, file, false, complaints));
  }
  for (Word& remark : row.words("remarks")) result.remarks.push_back(std::move(remark.text));
  return result;
}

Parameter read_parameter(const YAML::Node& node, const std::string& file, Complaints& complaints) {
  const Mapping row(node, file, "a parameter", parameter_fields, complaints);
  Parameter result;
  result.name = row.word("name");
  result.number = row.number("number", 0, UINT32_MAX);
  result.type = row.one_of("type", parameter_types);
  result.scope = row.one_of("scope", scopes);
  result.range_place = row.place_of_value("range");
  if (row.has("range")) {
    const auto bounds = row.naturals("range");
    if (bounds.size() == 2) {
      result.minimum = bounds.front();
      result.maximum = bounds.back();
    } else {
      complaints.add(result.range_place, "the field 'range' takes two whole numbers, smallest and largest.");
    }
  }
  result.choices = row.naturals("choices");
  result.default_place = row.place_of_value("default");
  if (result.type == "text" || result.type == "folder" || result.type == "path") {
    result.default_text = row.text_or("default", "");
  } else {
    result.default_number = row.natural("default");
  }
  result.settable_after_create = row.flag("settable_after_create", true);
  result.settable_after_init = row.flag("settable_after_init", false);
  result.is_protected = row.flag("protected", false);
  result.read_only = row.flag("read_only", false);
  result.since = row.one_of("since", releases, releases.front());
  result.page = row.text("page");
  result.note = row.text_or("note", "");
  return result;
}

Bit read_bit(const YAML::Node& node, const std::string& file, Complaints& complaints) {
  const Mapping row(node, file, "a bit", bit_fields, complaints);
  return {row.word("name"), row.number("number", 0, UINT32_MAX), row.words("functions")};
}

}  // namespace

Documentation read(const InputFiles& files, Complaints& complaints) {
  Documentation result;
  for (const auto& node : rows_of(files.functions, "functions", complaints)) {
    result.functions.push_back(read_function(node, files.functions, complaints));
  }
  for (const auto& node : rows_of(files.codes, "codes", complaints)) {
    result.codes.push_back(read_code(node, files.codes, complaints));
  }
  for (const auto& node : rows_of(files.parameters, "parameters", complaints)) {
    result.parameters.push_back(read_parameter(node, files.parameters, complaints));
  }
  for (const auto& node : rows_of(files.bits, "bits", complaints)) {
    result.bits.push_back(read_bit(node, files.bits, complaints));
  }
  return result;
}

}  // namespace esentcheck::spec::compiler
