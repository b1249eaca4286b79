#include "harness/trace/value_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <string_view>

#include "harness/trace/names.hpp"

namespace esentcheck::trace {
namespace {

using nlohmann::json;

std::uint64_t word_of(spec::Code code) { return static_cast<std::uint64_t>(static_cast<std::int32_t>(code)); }

std::uint64_t number_in(const JsonLine& line, const std::string& member, const json& value) {
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  if (value.is_number_integer()) return static_cast<std::uint64_t>(value.get<std::int64_t>());
  if (value.is_string() && value == "nil") return ~std::uint64_t{0};
  line.complain(member, fmt::format("\"{}\" needs a whole number", member));
}

/// The number behind the letter of a handle value: 12 in "h12".
std::optional<std::uint64_t> handle_number(std::string_view text) {
  std::uint64_t number = 0;
  if (text.size() < 2 || text.front() != 'h') return std::nullopt;
  const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Value of_text(const json& value) { return {.kind = ValueKind::text, .text = value.get<std::string>()}; }

/// {"text": …}, {"garbage": …} and so on: an object whose first member says what it is.
using Form = std::function<Value(const JsonLine&, const std::string&, const json& whole, const json& first)>;

Value of_number(ValueKind kind, const JsonLine& line, const std::string& member, const json& value) {
  return {.kind = kind, .number = number_in(line, member, value)};
}

Value of_offset(const JsonLine& line, const std::string& member, const json& value) {
  if (!value.is_array() || value.size() != 2 || !value[0].is_string())
    line.complain(member, "\"offset\" takes a variable and a number");
  return {.kind = ValueKind::offset, .number = number_in(line, member, value[1]), .text = value[0].get<std::string>()};
}

Value of_constant(const JsonLine& line, const std::string& member, const json& value) {
  const std::string name = value.is_string() ? value.get<std::string>() : value.dump();
  const auto number = constant_named(name);
  if (!number) line.complain(member, fmt::format("no constant is called \"{}\"", name));
  return {.kind = ValueKind::number, .number = *number};
}

Value of_callback(const JsonLine& line, const std::string& member, const json& whole, const json& what) {
  if (what == "ok" || what == "park") return {.kind = ValueKind::callback};
  const auto value = whole.find("value");
  if (what != "return" || value == whole.end())
    line.complain(member, "a callback is \"ok\", \"park\", or \"return\" with a \"value\"");
  return {.kind = ValueKind::callback, .number = number_in(line, member, *value)};
}

const std::map<std::string_view, Form>& forms() {
  static const std::map<std::string_view, Form> all{
      {"text",
       [](const JsonLine& line, const std::string& member, const json&, const json& v) {
         if (!v.is_string()) line.complain(member, "\"text\" needs a text");
         return of_text(v);
       }},
      {"const", [](const JsonLine& line, const std::string& member, const json&,
                   const json& v) { return of_constant(line, member, v); }},
      {"garbage", [](const JsonLine& line, const std::string& member, const json&,
                     const json& v) { return of_number(ValueKind::garbage, line, member, v); }},
      {"zeros", [](const JsonLine& line, const std::string& member, const json&,
                   const json& v) { return of_number(ValueKind::zeros, line, member, v); }},
      {"pointer_to", [](const JsonLine& line, const std::string& member, const json&,
                        const json& v) { return of_number(ValueKind::pointed, line, member, v); }},
      {"offset", [](const JsonLine& line, const std::string& member, const json&,
                    const json& v) { return of_offset(line, member, v); }},
      {"callback", of_callback},
  };
  return all;
}

Value structured(const JsonLine&, const std::string& member, const json&,
                 Value (*element)(const JsonLine&, const std::string&, const json&));

Value word_of(const std::string& text) {
  if (text == "nil") return {.kind = ValueKind::nil};
  if (text.starts_with('&')) return {.kind = ValueKind::address, .text = text.substr(1)};
  return {.kind = ValueKind::variable, .text = text};
}

Value structured(const JsonLine& line, const std::string& member, const json& value,
                 Value (*element)(const JsonLine&, const std::string&, const json&)) {
  Value result{.kind = value.is_array() ? ValueKind::list : ValueKind::structure};
  for (const auto& [name, part] : value.items())
    result.fields.push_back({value.is_array() ? std::string() : name, element(line, member, part)});
  return result;
}

}  // namespace

Value argument_of(const JsonLine& line, const std::string& member, const json& value) {
  if (value.is_null()) return {.kind = ValueKind::null};
  if (value.is_number_integer()) return of_number(ValueKind::number, line, member, value);
  if (value.is_string()) return word_of(value.get<std::string>());
  if (value.is_object() && !value.empty()) {
    for (const auto& [name, form] : forms())
      if (const auto first = value.find(std::string(name)); first != value.end())
        return form(line, member, value, *first);
    return structured(line, member, value, argument_of);
  }
  if (value.is_array()) return structured(line, member, value, argument_of);
  line.complain(member, fmt::format("\"{}\" has a value that no argument can have", member));
}

Value output_of(const JsonLine& line, const std::string& member, const json& value) {
  if (value.is_null()) return {.kind = ValueKind::null};
  if (value.is_number_integer()) return of_number(ValueKind::number, line, member, value);
  if (value.is_string()) {
    const std::string text = value.get<std::string>();
    if (text == "nil") return {.kind = ValueKind::nil};
    if (text == "unchanged") return {.kind = ValueKind::unchanged};
    if (text == "written") return {.kind = ValueKind::written};
    if (const auto number = handle_number(text)) return {.kind = ValueKind::handle, .number = *number};
    if (const auto code = spec::code_named(text)) return {.kind = ValueKind::number, .number = word_of(*code)};
    line.complain(member, fmt::format("\"{}\" is not an out-value; a handle is written h1, h2, …", text));
  }
  if (value.is_object())
    if (const auto text = value.find("text"); text != value.end() && text->is_string()) return of_text(*text);
  if (value.is_object() || value.is_array()) return structured(line, member, value, output_of);
  line.complain(member, fmt::format("\"{}\" has a value that no out-value can have", member));
}

}  // namespace esentcheck::trace
