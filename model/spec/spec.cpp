#include "model/spec/spec.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "model/spec/edit_distance.hpp"
#include "model/spec/tables.hpp"

namespace esentcheck::spec {
namespace {

constexpr std::array<std::string_view, 6> release_names = {
    "windows-2000", "windows-xp", "windows-server-2003", "windows-vista", "windows-7", "windows-8"};
static_assert(release_names.size() == static_cast<std::size_t>(newest_release) + 1);

/// The row of that name, by binary search in the name order; nullptr when there is none.
template <typename Row>
const Row* find_name(std::span<const Row> rows, std::span<const std::uint16_t> by_name,
                     std::string_view name) {
  const auto name_of_row = [&](std::uint16_t i) { return rows[i].name; };
  const auto found = std::ranges::lower_bound(by_name, name, {}, name_of_row);
  return found != by_name.end() && rows[*found].name == name ? &rows[*found] : nullptr;
}

template <typename Row, typename Key>
const Row* find_number(std::span<const Row> rows, Key Row::*key, Key wanted) {
  const auto found = std::ranges::lower_bound(rows, wanted, {}, key);
  return found != rows.end() && (*found).*key == wanted ? &*found : nullptr;
}

/// Near means at most a third of the letters after the prefix, which is the same for every name, and two at
/// least.
template <typename Row>
std::string_view nearest(std::span<const Row> rows, std::span<const std::uint16_t> by_name,
                         std::string_view misspelt, std::string_view prefix) {
  const std::size_t letters = misspelt.size() - std::min(misspelt.size(), prefix.size());
  std::size_t limit = std::max<std::size_t>(2, letters / 3);
  std::string_view result;
  for (const std::uint16_t i : by_name) {
    const std::size_t distance = edit_distance(misspelt, rows[i].name);
    if (distance < limit || (distance == limit && result.empty())) {
      limit = distance;
      result = rows[i].name;
    }
  }
  return result;
}

}  // namespace

std::string_view name_of(Release release) {
  return release_names[static_cast<std::size_t>(release)];
}

std::optional<Release> release_named(std::string_view name) {
  const auto found = std::ranges::find(release_names, name);
  if (found == release_names.end()) return std::nullopt;
  return static_cast<Release>(found - release_names.begin());
}

std::span<const FunctionRow> functions() {
  return tables::functions;
}
std::span<const CodeRow> codes() {
  return tables::codes;
}
std::span<const ParameterRow> parameters() {
  return tables::parameters;
}
std::span<const BitRow> bits() {
  return tables::bits;
}

const FunctionRow& row(Function function) {
  return tables::functions[static_cast<std::size_t>(function)];
}

const ParameterRow* row(Parameter parameter) {
  return find_number(tables::parameters, &ParameterRow::parameter, parameter);
}

const CodeRow* row(Code code) {
  return find_number(tables::codes, &CodeRow::code, code);
}

std::optional<Function> function_named(std::string_view name) {
  const auto* found = find_name(tables::functions, tables::functions_by_name, name);
  return found ? std::optional(found->function) : std::nullopt;
}

std::optional<Code> code_named(std::string_view name) {
  const auto* found = find_name(tables::codes, tables::codes_by_name, name);
  return found ? std::optional(found->code) : std::nullopt;
}

std::optional<Parameter> parameter_named(std::string_view name) {
  const auto* found = find_name(tables::parameters, tables::parameters_by_name, name);
  return found ? std::optional(found->parameter) : std::nullopt;
}

std::optional<std::uint32_t> bit_named(std::string_view name) {
  const auto* found = find_name(tables::bits, tables::bits_by_name, name);
  return found ? std::optional(found->value) : std::nullopt;
}

std::string_view name_of(Code code, std::span<char, 12> buffer) {
  if (const CodeRow* known = row(code)) return known->name;
  const auto [end, error] =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), static_cast<std::int32_t>(code));
  return {buffer.data(), end};  // 11 characters are enough for any number, so there is no error
}

std::string_view nearest_function(std::string_view misspelt) {
  return nearest(tables::functions, tables::functions_by_name, misspelt, "Jet");
}

std::string_view nearest_code(std::string_view misspelt) {
  return nearest(tables::codes, tables::codes_by_name, misspelt, "JET_err");
}

std::string_view nearest_parameter(std::string_view misspelt) {
  return nearest(tables::parameters, tables::parameters_by_name, misspelt, "JET_param");
}

}  // namespace esentcheck::spec
