#include "model/spec/compiler/mapping.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace esentcheck::spec::compiler {
namespace {

std::string in_quotes(std::string_view text) {
  return "'" + std::string(text) + "'";
}

/// "a, b or c"
std::string listed(std::span<const std::string_view> words, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) result += i + 1 == words.size() ? " " + std::string(last) + " " : ", ";
    result += words[i];
  }
  return result;
}

/// Decimal or 0x…, the whole text or nothing.
std::optional<std::uint64_t> natural_in(std::string_view text) {
  int base = 10;
  if (text.starts_with("0x")) {
    text.remove_prefix(2);
    base = 16;
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> integer_in(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const auto magnitude = natural_in(text);
  if (!magnitude || *magnitude > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    return std::nullopt;
  }
  const auto value = static_cast<std::int64_t>(*magnitude);
  return negative ? -value : value;
}

}  // namespace

Place place_of(const YAML::Node& node, const std::string& file) {
  const YAML::Mark mark = node.Mark();
  return mark.is_null() ? Place{file, 1, 1} : Place{file, mark.line + 1, mark.column + 1};
}

Mapping::Mapping(const YAML::Node& node, std::string file, std::string what,
                 std::span<const std::string_view> keys, Complaints& complaints)
    : file_(std::move(file)),
      what_(std::move(what)),
      place_(place_of(node, file_)),
      complaints_(&complaints) {
  if (!node.IsMap()) {
    complaints.add(place_, what_ + " is a mapping of fields, not this.");
    return;
  }
  valid_ = true;
  for (const auto& entry : node) {
    const std::string key = entry.first.IsScalar() ? entry.first.Scalar() : "";
    const Place where = place_of(entry.first, file_);
    if (std::ranges::find(keys, key) == keys.end()) {
      complaints.add(
          where, what_ + " has no field " + in_quotes(key) + "; its fields are " + listed(keys, "and") + ".");
    } else if (!values_.emplace(key, entry.second).second) {
      complaints.add(where, "the field " + in_quotes(key) + " stands here a second time.");
    }
  }
}

bool Mapping::has(std::string_view key) const {
  return values_.find(key) != values_.end();
}

Place Mapping::place_of_value(std::string_view key) const {
  const auto found = value(key);
  return found ? place_of(*found, file_) : place_;
}

Word Mapping::word(std::string_view key) const {
  const auto found = required(key);
  if (!found) return {};
  Word result = scalar(*found, key);
  if (found->IsScalar() && result.text.empty()) {
    complaints_->add(result.place, "the field " + in_quotes(key) + " is empty.");
  }
  return result;
}

std::string Mapping::text_or(std::string_view key, std::string_view otherwise) const {
  const auto found = value(key);
  return found ? scalar(*found, key).text : std::string(otherwise);
}

Word Mapping::word_or_none(std::string_view key) const {
  return has(key) ? word(key) : Word{"", place_};
}

std::string Mapping::one_of(std::string_view key, std::span<const std::string_view> allowed) const {
  const auto found = required(key);
  return found ? one_of(key, allowed, allowed.front()) : std::string(allowed.front());
}

std::string Mapping::one_of(std::string_view key, std::span<const std::string_view> allowed,
                            std::string_view otherwise) const {
  const auto found = value(key);
  if (!found) return std::string(otherwise);
  Word result = scalar(*found, key);
  if (found->IsScalar() && std::ranges::find(allowed, result.text) == allowed.end()) {
    complaints_->add(result.place, "the field " + in_quotes(key) + " is " + listed(allowed, "or") + ", not " +
                                       in_quotes(result.text) + ".");
    return std::string(otherwise);
  }
  return found->IsScalar() ? result.text : std::string(otherwise);
}

bool Mapping::flag(std::string_view key, bool otherwise) const {
  static constexpr std::array<std::string_view, 2> spellings = {"false", "true"};
  return one_of(key, spellings, otherwise ? "true" : "false") == "true";
}

Number Mapping::number(std::string_view key, std::int64_t minimum, std::int64_t maximum) const {
  const auto found = required(key);
  if (!found) return {0, place_};
  const Word digits = scalar(*found, key);
  const auto parsed = integer_in(digits.text);
  if (found->IsScalar() && (!parsed || *parsed < minimum || *parsed > maximum)) {
    complaints_->add(digits.place, "the field " + in_quotes(key) + " is a number from " +
                                       std::to_string(minimum) + " to " + std::to_string(maximum) + ", not " +
                                       in_quotes(digits.text) + ".");
    return {0, digits.place};
  }
  return {parsed.value_or(0), digits.place};
}

std::optional<std::uint64_t> Mapping::natural(std::string_view key) const {
  const auto found = value(key);
  return found ? natural(*found, key) : std::nullopt;
}

std::vector<std::uint64_t> Mapping::naturals(std::string_view key) const {
  std::vector<std::uint64_t> result;
  for (const auto& element : sequence(key)) {
    if (const auto parsed = natural(element, key)) result.push_back(*parsed);
  }
  return result;
}

std::vector<Word> Mapping::words(std::string_view key) const {
  std::vector<Word> result;
  for (const auto& element : sequence(key)) result.push_back(scalar(element, key));
  return result;
}

YAML::Node Mapping::sequence(std::string_view key) const {
  const auto found = value(key);
  if (!found) return YAML::Node(YAML::NodeType::Sequence);
  if (!found->IsSequence()) {
    complaints_->add(place_of(*found, file_), "the field " + in_quotes(key) + " is a list.");
    return YAML::Node(YAML::NodeType::Sequence);
  }
  return *found;
}

std::optional<YAML::Node> Mapping::value(std::string_view key) const {
  const auto found = values_.find(key);
  return found == values_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<YAML::Node> Mapping::required(std::string_view key) const {
  auto found = value(key);
  if (!found && valid_) complaints_->add(place_, what_ + " needs the field " + in_quotes(key) + ".");
  return found;
}

std::optional<std::uint64_t> Mapping::natural(const YAML::Node& node, std::string_view key) const {
  const Word digits = scalar(node, key);
  const auto parsed = natural_in(digits.text);
  if (node.IsScalar() && !parsed) {
    complaints_->add(digits.place,
                     "the field " + in_quotes(key) + " takes whole numbers, not " + in_quotes(digits.text) + ".");
  }
  return parsed;
}

Word Mapping::scalar(const YAML::Node& node, std::string_view key) const {
  Word result{"", place_of(node, file_)};
  if (node.IsScalar()) {
    result.text = node.Scalar();
  } else {
    complaints_->add(result.place, "the field " + in_quotes(key) + " takes a text or a number here.");
  }
  return result;
}

}  // namespace esentcheck::spec::compiler
