#include "harness/trace/json_line.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace esentcheck::trace {

using nlohmann::json;

JsonLine::JsonLine(std::string file, std::uint32_t number, const std::string& text)
    : file_(std::move(file)), number_(number), text_(text) {
  try {
    object_ = json::parse(text);
  } catch (const json::parse_error& error) {
    complain_at(std::max<std::size_t>(error.byte, 1), "this is not JSON: each line must hold one JSON object");
  }
  if (!object_.is_object()) complain_at(1, "each line must hold one JSON object");
}

const json* JsonLine::find(const char* name) const {
  const auto found = object_.find(name);
  return found == object_.end() ? nullptr : &*found;
}

const json& JsonLine::required(const char* name) const {
  const json* found = find(name);
  if (found == nullptr) complain({}, fmt::format("the field \"{}\" is missing", name));
  return *found;
}

void JsonLine::allow_only(std::initializer_list<std::string_view> names) const {
  for (const auto& [name, value] : object_.items())
    if (std::ranges::find(names, name) == names.end())
      complain(name, fmt::format("a line of this kind has no field \"{}\"", name));
}

std::string JsonLine::text(const char* name) const {
  const json& value = required(name);
  if (!value.is_string()) complain(name, fmt::format("\"{}\" must be a text", name));
  return value.get<std::string>();
}

bool JsonLine::flag(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return false;
  if (!value->is_boolean()) complain(name, fmt::format("\"{}\" must be true or false", name));
  return value->get<bool>();
}

bool JsonLine::ending(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return false;
  if (*value != true && !value->is_string()) complain(name, fmt::format("\"{}\" must be true or a text", name));
  return true;
}

std::uint64_t JsonLine::stamp(const char* name) const {
  const json* value = find(name);
  if (value == nullptr) return 0;
  if (!value->is_number_unsigned() || *value == 0)
    complain(name, fmt::format("\"{}\" must be a whole number from 1", name));
  return value->get<std::uint64_t>();
}

void JsonLine::complain(std::string_view member, std::string message) const {
  const std::size_t at = member.empty() ? std::string::npos : text_.find(fmt::format("\"{}\":", member));
  complain_at(at == std::string::npos ? 1 : at + 1, std::move(message));
}

void JsonLine::complain_at(std::size_t column, std::string message) const {
  throw Complaint{fmt::format("{}:{}:{}", file_, number_, column), std::move(message)};
}

}  // namespace esentcheck::trace
