// YAML with its places: what is being read, what is wrong with it first, and typed access to nodes that complains in
// a sentence instead of throwing.
//
// Reading goes on after a complaint with harmless values (an empty text, zero, no entries), so that the readers are
// written without a branch for each failure; only the first complaint counts.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <initializer_list>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "harness/diagnostic.hpp"

namespace esentcheck::scenario {

/// The values that one example gives to the names in ${…}.
struct Example {
  std::vector<std::pair<std::string, std::string>> values;

  std::string label() const;  ///< "limit=17 begun=3"
};

/// One entry of a mapping.
struct Field {
  std::string key;
  YAML::Node key_node;
  YAML::Node value;
};

/// The entries of a mapping. Not assignable, since to assign a YAML::Node changes the document that it is a part of.
class Fields {
 public:
  explicit Fields(const YAML::Node& at) : at_(at) {}
  Fields(const Fields&) = default;
  Fields& operator=(const Fields&) = delete;

  const Field* find(std::string_view key) const;
  const std::vector<Field>& all() const { return fields_; }
  const YAML::Node& at() const { return at_; }

 private:
  friend class Source;
  YAML::Node at_;
  std::vector<Field> fields_;
};

/// A number as it was written; a negative one is kept as two's complement.
struct Number {
  std::uint64_t value = 0;
  bool negative = false;
};
/// Decimal or hexadecimal; empty for anything else and for what needs more than 64 bits.
std::optional<Number> parse_number(std::string_view);

class Source {
 public:
  explicit Source(std::string file) : file_(std::move(file)) {}

  /// The values of ${…} from here on.
  void use(Example example) { example_ = std::move(example); }

  void complain(const YAML::Node& at, std::string message);
  void complain(const YAML::Mark& at, std::string message);
  bool failed() const { return complaint_.has_value(); }
  const Diagnostic& complaint() const { return *complaint_; }

  /// The entries of a mapping, each key once. `what` is the thing read, as in "a step".
  Fields fields(const YAML::Node&, std::string_view what);
  /// The same with these keys only.
  Fields fields(const YAML::Node&, std::string_view what, std::span<const std::string_view> keys);
  std::vector<YAML::Node> list(const YAML::Node&, std::string_view what);
  /// A scalar with its ${…} replaced; not empty, and without a zero byte.
  std::string text(const YAML::Node&, std::string_view what);
  /// The same, where an empty one is fine.
  std::string text_or_empty(const YAML::Node&, std::string_view what);
  std::uint64_t number(const YAML::Node&, std::string_view what, std::uint64_t smallest, std::uint64_t largest);
  bool boolean(const YAML::Node&, std::string_view what);

 private:
  std::string replaced(const YAML::Node&);
  std::string value_of(const YAML::Node& at, std::string_view inside);

  std::string file_;
  Example example_;
  std::optional<Diagnostic> complaint_;
  /// Values that are empty, and where their keys are: YAML places such a value wherever the next thing begins.
  std::vector<std::pair<YAML::Node, YAML::Mark>> empty_values_;
};

/// "a list", "a mapping", "empty" or the text in quotes.
std::string kind_of(const YAML::Node&);
/// A scalar in quotes that holds no ${…}: a text even where it looks like a number.
bool is_quoted(const YAML::Node&);
int line_of(const YAML::Node&);
int column_of(const YAML::Node&);

}  // namespace esentcheck::scenario
