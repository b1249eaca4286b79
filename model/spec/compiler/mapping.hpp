// One YAML mapping as a row of named fields, read with a complaint for everything that does not belong there.
#pragma once

#include <yaml-cpp/yaml.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/spec/compiler/complaints.hpp"
#include "model/spec/compiler/documentation.hpp"

namespace esentcheck::spec::compiler {

Place place_of(const YAML::Node&, const std::string& file);

class Mapping {
 public:
  /// `what` names the row in complaints ("a code"); keys other than `keys` and repeated ones are complained
  /// about.
  Mapping(const YAML::Node& node, std::string file, std::string what, std::span<const std::string_view> keys,
          Complaints& complaints);

  /// False when the node was no mapping at all; every field then reads as absent without a further complaint.
  bool valid() const { return valid_; }
  Place place() const { return place_; }
  bool has(std::string_view key) const;
  Place place_of_value(std::string_view key) const;

  Word word(std::string_view key) const;  ///< required, not empty
  std::string text(std::string_view key) const { return word(key).text; }
  std::string text_or(std::string_view key, std::string_view otherwise) const;  ///< may be empty
  Word word_or_none(std::string_view key) const;
  std::string one_of(std::string_view key, std::span<const std::string_view> allowed) const;
  std::string one_of(std::string_view key, std::span<const std::string_view> allowed,
                     std::string_view otherwise) const;
  bool flag(std::string_view key, bool otherwise) const;
  Number number(std::string_view key, std::int64_t minimum, std::int64_t maximum) const;  ///< required
  std::optional<std::uint64_t> natural(std::string_view key) const;
  std::vector<std::uint64_t> naturals(std::string_view key) const;
  std::vector<Word> words(std::string_view key) const;
  YAML::Node sequence(std::string_view key) const;  ///< empty when absent

 private:
  std::optional<YAML::Node> value(std::string_view key) const;
  std::optional<YAML::Node> required(std::string_view key) const;
  std::optional<std::uint64_t> natural(const YAML::Node&, std::string_view key) const;
  Word scalar(const YAML::Node&, std::string_view key) const;

  std::map<std::string, YAML::Node, std::less<>> values_;
  std::string file_;
  std::string what_;
  Place place_;
  bool valid_ = false;
  Complaints* complaints_;
};

}  // namespace esentcheck::spec::compiler
