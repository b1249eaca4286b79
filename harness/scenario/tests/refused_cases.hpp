// Files that the reader refuses, with the sentence it says. Each sentence of the reader stands here at least once.
#pragma once

#include <ostream>
#include <span>
#include <string>

namespace esentcheck::scenario {

/// Whether the JSON Schema sees the mistake as well: it knows shapes and words, not meanings.
enum class Schema { refuses, accepts, not_yaml };

struct RefusedCase {
  std::string name;
  std::string text;
  std::string sentence;  ///< without the file's name in front
  Schema schema;

  friend void PrintTo(const RefusedCase& each, std::ostream* stream) { *stream << each.name; }
};

std::span<const RefusedCase> refused_cases();

}  // namespace esentcheck::scenario
