#include "reports/verdict.hpp"

#include <fmt/format.h>

#include <string_view>

namespace esentcheck::reports {
namespace {

/// Collects "3 cells not tried, 1 scenario invalid", leaving out what there is none of.
class Reasons {
 public:
  void add(std::uint64_t how_many, std::string_view one, std::string_view several) {
    if (how_many == 0) return;
    if (!text_.empty()) text_ += ", ";
    text_ += fmt::format("{} {}", how_many, how_many == 1 ? one : several);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

std::string what_deviates(const Result& result) {
  Reasons reasons;
  reasons.add(result.findings.size(), "finding", "findings");
  reasons.add(count(result.cells).deviates, "cell deviates", "cells deviate");
  reasons.add(count(result.scenarios).failed, "scenario failed", "scenarios failed");
  reasons.add(result.generated.deviations, "generated sequence deviates", "generated sequences deviate");
  reasons.add(result.races.deviations, "generated race deviates", "generated races deviate");
  reasons.add(result.faults.deviations, "failure deviates", "failures deviate");
  return reasons.text();
}

std::string what_is_missing(const Result& result) {
  const CellCounts cells = count(result.cells);
  Reasons reasons;
  reasons.add(cells.not_tried, "cell not tried", "cells not tried");
  reasons.add(count(result.scenarios).invalid, "scenario invalid", "scenarios invalid");
  // Scenarios without a cell of their own are a run of some files, whose claims need not be about a documented code.
  const bool only_scenarios = cells.total() == 0 && count(result.scenarios).passed > 0;
  if (reasons.text().empty() && cells.reached == 0 && !only_scenarios) return "no cell was reached";
  return reasons.text();
}

}  // namespace

void CellCounts::add(CellStatus status) {
  switch (status) {
    case CellStatus::reached:
      ++reached;
      break;
    case CellStatus::deviates:
      ++deviates;
      break;
    case CellStatus::unreachable:
      ++unreachable;
      break;
    case CellStatus::not_tried:
      ++not_tried;
      break;
  }
}

CellCounts count(const std::vector<Cell>& cells) {
  CellCounts counts;
  for (const Cell& cell : cells) counts.add(cell.status);
  return counts;
}

ScenarioCounts count(const std::vector<ScenarioResult>& scenarios) {
  ScenarioCounts counts;
  for (const ScenarioResult& scenario : scenarios) {
    switch (scenario.status) {
      case ScenarioStatus::passed:
        ++counts.passed;
        break;
      case ScenarioStatus::failed:
        ++counts.failed;
        break;
      case ScenarioStatus::skipped:
        ++counts.skipped;
        break;
      case ScenarioStatus::invalid:
        ++counts.invalid;
        break;
    }
  }
  return counts;
}

Verdict judge(const Result& result) {
  if (!what_deviates(result).empty()) return Verdict::deviates;
  if (!what_is_missing(result).empty()) return Verdict::incomplete;
  return Verdict::conforms;
}

std::string because(const Result& result) {
  switch (judge(result)) {
    case Verdict::deviates:
      return what_deviates(result);
    case Verdict::incomplete:
      return what_is_missing(result);
    case Verdict::conforms:
      break;
  }
  const CellCounts cells = count(result.cells);
  if (cells.total() == 0) return "every claim that was played is shown";
  return cells.unreachable == 0
             ? "every documented code is reached"
             : "every documented code is reached or has a reason why it cannot be";
}

}  // namespace esentcheck::reports
