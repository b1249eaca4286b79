// The catalogue of seeded defects: of each subject in subjects/ that is wrong, what is wrong about it and how a finding has
// to read. The numbers of steps are minimal by argument: fewer steps do not lead to a world where the deviation is one.
// They count a process that JetInit alone puts into single-instance mode.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/spec/spec.hpp"
#include "reports/result.hpp"

namespace esentcheck::check {

/// What a defect is about. Each has some.
enum class Category {
  limits,
  codes,
  precedence,   ///< which of several reasons wins, where that is fixed
  left_behind,  ///< by a refused call
  handles,
  transactions,
  contexts,
  life_cycle,
  instances,
  parameters,
  databases,
  backup_and_restore,
};
inline constexpr int category_count = 12;

/// How a finding about a defect has to read.
struct Expected {
  spec::Function function{};
  reports::FindingKind kind{};
  std::string clause;
  std::size_t steps = 0;
  std::optional<std::int32_t> code;  ///< that was returned, where the function alone leaves a choice
};

struct Defect {
  std::string name;  ///< of the subject
  Category category{};
  std::vector<std::string> scenarios;  ///< files or folders, one of which finds it
  Expected by_scenarios;
  std::optional<Expected> by_sequences;  ///< as many as conform plays when nobody says how many
};

const std::vector<Defect>& defects();

/// Subjects that are right in an unusual way.
const std::vector<std::string>& right_subjects();

/// Subjects that do what no page defines.
const std::vector<std::string>& undefined_subjects();

}  // namespace esentcheck::check
