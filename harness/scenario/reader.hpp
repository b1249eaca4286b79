// From a YAML file to scenarios. Everything that is wrong with a file is found here and said in one sentence with its
// line and column, so that nobody behind this has to doubt a scenario's shape.
//
// Not found here: whether the expectations agree with the model. That is the checker's first question.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/diagnostic.hpp"
#include "harness/scenario/scenario.hpp"

namespace esentcheck::scenario {

/// How the ids under `proves` are judged. The reader does not know the model.
struct ClauseCheck {
  std::function<bool(std::string_view id)> exists;
  std::function<std::string(std::string_view id)> nearest;  ///< may give an empty text, may be empty itself
};

/// Bounds on what a file may ask for, far beyond any honest scenario.
inline constexpr std::size_t most_bytes = std::size_t{1024} * 1024;
inline constexpr std::size_t most_examples = 1000;
inline constexpr std::uint64_t most_repetitions = 100'000;
inline constexpr std::size_t most_steps = 250'000;  ///< of all examples of a file together

/// The scenarios of a file, one for each of its examples; never empty. The diagnostic is about the first thing that is
/// wrong.
Result<std::vector<Scenario>> read_scenarios(const std::string& path, const ClauseCheck& clauses);

/// The same for a text that is there already; `file` is what diagnostics call it.
Result<std::vector<Scenario>> read_scenarios_from(std::string_view text, const std::string& file,
                                                  const ClauseCheck& clauses);

}  // namespace esentcheck::scenario
