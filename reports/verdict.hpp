// From what was found out to the one word that a run ends in, and the figures behind that word.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "reports/result.hpp"

namespace esentcheck::reports {

/// How many cells have each status.
struct CellCounts {
  std::uint64_t reached = 0;
  std::uint64_t deviates = 0;
  std::uint64_t unreachable = 0;
  std::uint64_t not_tried = 0;

  [[nodiscard]] std::uint64_t total() const { return reached + deviates + unreachable + not_tried; }
  void add(CellStatus status);
};

/// How many scenarios have each status; a scenario with examples counts once for each.
struct ScenarioCounts {
  std::uint64_t passed = 0;
  std::uint64_t failed = 0;
  std::uint64_t skipped = 0;
  std::uint64_t invalid = 0;

  [[nodiscard]] std::uint64_t total() const { return passed + failed + skipped + invalid; }
};

[[nodiscard]] CellCounts count(const std::vector<Cell>& cells);
[[nodiscard]] ScenarioCounts count(const std::vector<ScenarioResult>& scenarios);

/// What the facts in `result` add up to. Does not look at `result.verdict`, which is where the answer
/// belongs.
///
/// - deviates: a finding, a deviating cell, a failed scenario or a deviating generated sequence. The last two
/// come
///   with a finding unless somebody forgot to write it down, and forgetting must not turn a run green.
/// - incomplete: otherwise, and a cell was not tried, a scenario is invalid, or no cell was reached at all (by a
///   run that has cells, or in which no scenario passed).
/// An empty
///   run is therefore incomplete: nothing tried is not success.
/// - conforms: otherwise. Unreachable cells and skipped scenarios do not stand in the way; their reasons are
/// shown.
[[nodiscard]] Verdict judge(const Result& result);

/// The facts that `judge` went by, as half a sentence: "2 findings, 1 cell deviates".
[[nodiscard]] std::string because(const Result& result);

}  // namespace esentcheck::reports
