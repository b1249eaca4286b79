#include "harness/scenario/yaml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "harness/scenario/names.hpp"

namespace esentcheck::scenario {
namespace {

bool has_placeholder(const YAML::Node& node) {
  return node.IsScalar() && node.Scalar().find("${") != std::string::npos;
}

/// At most so much of somebody's text is repeated in a sentence.
std::string excerpt(std::string_view text) {
  constexpr std::size_t longest = 60;
  std::string shown;
  for (const char c : text.substr(0, longest)) shown += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  return text.size() > longest ? shown + "…" : shown;
}

}  // namespace

std::string Example::label() const {
  std::string label;
  for (const auto& [name, value] : values) label += fmt::format("{}{}={}", label.empty() ? "" : " ", name, value);
  return label;
}

const Field* Fields::find(std::string_view key) const {
  for (const Field& field : fields_)
    if (field.key == key) return &field;
  return nullptr;
}

std::optional<Number> parse_number(std::string_view text) {
  Number number;
  if (!text.empty() && text.front() == '-') {
    number.negative = true;
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text.remove_prefix(2);
  }
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number.value, base);
  if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
  if (number.negative) {
    if (number.value > std::uint64_t{1} << 63) return std::nullopt;
    number.value = ~number.value + 1;
    if (number.value == 0) number.negative = false;
  }
  return number;
}

std::string kind_of(const YAML::Node& node) {
  if (node.IsSequence()) return "a list";
  if (node.IsMap()) return "a mapping";
  if (node.IsScalar()) return fmt::format("\"{}\"", excerpt(node.Scalar()));
  return "empty";
}

bool is_quoted(const YAML::Node& node) { return node.IsScalar() && node.Tag() == "!" && !has_placeholder(node); }
int line_of(const YAML::Node& node) { return std::max(node.Mark().line, 0) + 1; }
int column_of(const YAML::Node& node) { return std::max(node.Mark().column, 0) + 1; }

void Source::complain(const YAML::Mark& at, std::string message) {
  if (complaint_) return;
  complaint_ = Diagnostic{fmt::format("{}:{}:{}", file_, std::max(at.line, 0) + 1, std::max(at.column, 0) + 1),
                          std::move(message)};
}

void Source::complain(const YAML::Node& at, std::string message) {
  if (has_placeholder(at) && !example_.values.empty()) message += fmt::format(" (with {})", example_.label());
  for (const auto& [value, key] : empty_values_)
    if (value.is(at)) return complain(key, std::move(message));
  complain(at.Mark(), std::move(message));
}

Fields Source::fields(const YAML::Node& node, std::string_view what) {
  Fields fields(node);
  if (!node.IsMap()) {
    complain(node, fmt::format("{} must be a mapping, not {}", what, kind_of(node)));
    return fields;
  }
  for (const auto& entry : node) {
    const YAML::Node& key = entry.first;
    if (!key.IsScalar()) {
      complain(key, fmt::format("a key of {} must be a word, not {}", what, kind_of(key)));
      continue;
    }
    if (const Field* first = fields.find(key.Scalar()))
      complain(key, fmt::format("\"{}\" is given twice; the first is on line {}", excerpt(key.Scalar()),
                                line_of(first->key_node)));
    constexpr std::size_t most_fields = 1000;
    if (fields.fields_.size() == most_fields) {
      complain(key, fmt::format("{} has more than {} keys", what, most_fields));
      break;
    }
    fields.fields_.push_back({key.Scalar(), key, entry.second});
    if (entry.second.IsNull()) empty_values_.emplace_back(entry.second, key.Mark());
  }
  return fields;
}

Fields Source::fields(const YAML::Node& node, std::string_view what, std::span<const std::string_view> keys) {
  Fields fields = this->fields(node, what);
  for (const Field& field : fields.fields_) {
    if (std::find(keys.begin(), keys.end(), field.key) != keys.end()) continue;
    const std::string_view meant = nearest(field.key, keys);
    complain(field.key_node, fmt::format("{} has no key \"{}\"{}", what, excerpt(field.key),
                                         meant.empty() ? fmt::format("; it takes {}", enumerate(keys)) : hint(meant)));
  }
  return fields;
}

std::vector<YAML::Node> Source::list(const YAML::Node& node, std::string_view what) {
  if (!node.IsSequence()) {
    complain(node, fmt::format("{} must be a list, not {}", what, kind_of(node)));
    return {};
  }
  return {node.begin(), node.end()};
}

std::string Source::text_or_empty(const YAML::Node& node, std::string_view what) {
  if (!node.IsScalar()) {
    complain(node, fmt::format("{} must be a text, not {}", what, kind_of(node)));
    return {};
  }
  std::string text = replaced(node);
  if (text.find('\0') != std::string::npos) complain(node, fmt::format("{} must not hold a zero byte", what));
  return text;
}

std::string Source::text(const YAML::Node& node, std::string_view what) {
  std::string text = text_or_empty(node, what);
  if (text.empty()) complain(node, fmt::format("{} must not be empty", what));
  return text;
}

std::uint64_t Source::number(const YAML::Node& node, std::string_view what, std::uint64_t smallest,
                             std::uint64_t largest) {
  if (node.IsScalar()) {
    const std::string text = replaced(node);
    const std::optional<Number> number = parse_number(text);
    if (number && !number->negative && number->value >= smallest && number->value <= largest) return number->value;
    complain(node,
             fmt::format("{} must be a number from {} to {}, not \"{}\"", what, smallest, largest, excerpt(text)));
    return smallest;
  }
  complain(node, fmt::format("{} must be a number from {} to {}, not {}", what, smallest, largest, kind_of(node)));
  return smallest;
}

bool Source::boolean(const YAML::Node& node, std::string_view what) {
  if (node.IsScalar() && !is_quoted(node)) {
    const std::string text = replaced(node);
    if (text == "true" || text == "false") return text == "true";
  }
  complain(node, fmt::format("{} must be true or false, not {}", what, kind_of(node)));
  return false;
}

std::string Source::replaced(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (!has_placeholder(node)) return text;
  std::string result;
  std::size_t at = 0;
  for (std::size_t open; (open = text.find("${", at)) != std::string::npos;) {
    if (open > at && text[open - 1] == '$') {  // $${ stands for ${ itself
      result.append(text, at, open - 1 - at).append("${");
      at = open + 2;
      continue;
    }
    result.append(text, at, open - at);
    const std::size_t close = text.find('}', open);
    if (close == std::string::npos) {
      complain(node, fmt::format("\"{}\" has no closing brace", excerpt(text)));
      return {};
    }
    result += value_of(node, std::string_view(text).substr(open + 2, close - open - 2));
    at = close + 1;
  }
  return result.append(text, at);
}

std::string Source::value_of(const YAML::Node& at, std::string_view inside) {
  const std::size_t sign = inside.find_first_of("+-");
  const std::string_view name = inside.substr(0, sign);
  std::vector<std::string_view> names;
  for (const auto& [known, value] : example_.values) {
    names.push_back(known);
    if (known != name) continue;
    if (sign == std::string_view::npos) return value;
    constexpr std::uint64_t most = 1'000'000'000'000;  // so that no sum overflows
    const std::optional<Number> left = parse_number(value);
    const std::optional<Number> right = parse_number(inside.substr(sign + 1));
    const auto fits = [](const Number& n) { return (n.negative ? ~n.value + 1 : n.value) <= most; };
    if (!right || right->negative || !fits(*right)) break;
    if (!left || !fits(*left)) {
      complain(at, fmt::format("${{{}}} needs a number, and {} is \"{}\"", inside, name, excerpt(value)));
      return {};
    }
    const auto a = static_cast<std::int64_t>(left->value), b = static_cast<std::int64_t>(right->value);
    return std::to_string(inside[sign] == '+' ? a + b : a - b);
  }
  if (!is_variable_name(name, false) || std::find(names.begin(), names.end(), name) != names.end())
    complain(at.Mark(),
             fmt::format("\"${{{}}}\" is not of the form ${{name}}, ${{name+1}} or ${{name-1}}", excerpt(inside)));
  else
    complain(at.Mark(), fmt::format("no example is called \"{}\"{}", name, hint(nearest(name, names))));
  return {};
}

}  // namespace esentcheck::scenario
