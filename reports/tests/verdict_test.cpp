#include "reports/verdict.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace esentcheck::reports {
namespace {

struct Row {
  std::string name = {};
  std::vector<CellStatus> cells = {};
  std::size_t findings = 0;
  std::vector<ScenarioStatus> scenarios = {};
  std::uint64_t generated_deviations = 0;
  Verdict verdict = Verdict::incomplete;
  std::string because = {};
};

Result result_of(const Row& row) {
  Result result;
  for (const CellStatus status : row.cells) result.cells.emplace_back().status = status;
  result.findings.resize(row.findings);
  for (const ScenarioStatus status : row.scenarios) result.scenarios.emplace_back().status = status;
  result.generated.deviations = row.generated_deviations;
  return result;
}

constexpr CellStatus reached = CellStatus::reached;
constexpr CellStatus wrong = CellStatus::deviates;
constexpr CellStatus unreachable = CellStatus::unreachable;
constexpr CellStatus not_tried = CellStatus::not_tried;
constexpr ScenarioStatus passed = ScenarioStatus::passed;
constexpr ScenarioStatus failed = ScenarioStatus::failed;
constexpr ScenarioStatus skipped = ScenarioStatus::skipped;
constexpr ScenarioStatus invalid = ScenarioStatus::invalid;

const std::vector<Row> table{
    {"NothingAtAll", {}, 0, {}, 0, Verdict::incomplete, "no cell was reached"},
    {"AllReached", {reached, reached}, 0, {passed}, 0, Verdict::conforms, "every documented code is reached"},
    {"SomeUnreachable",
     {reached, unreachable},
     0,
     {passed, skipped},
     0,
     Verdict::conforms,
     "every documented code is reached or has a reason why it cannot be"},
    {"ClaimsWithoutACell", {}, 0, {passed, skipped}, 0, Verdict::conforms, "every claim that was played is shown"},
    {"OnlySkippedWithoutACell", {}, 0, {skipped}, 0, Verdict::incomplete, "no cell was reached"},
    {"AllUnreachable", {unreachable}, 0, {}, 0, Verdict::incomplete, "no cell was reached"},
    {"OneNotTried", {reached, not_tried}, 0, {passed}, 0, Verdict::incomplete, "1 cell not tried"},
    {"NoneTried", {not_tried, not_tried}, 0, {}, 0, Verdict::incomplete, "2 cells not tried"},
    {"InvalidScenario", {reached}, 0, {invalid}, 0, Verdict::incomplete, "1 scenario invalid"},
    {"DeviatingCell", {reached, wrong}, 0, {}, 0, Verdict::deviates, "1 cell deviates"},
    {"Finding", {reached}, 1, {}, 0, Verdict::deviates, "1 finding"},
    {"FindingWithoutCells", {}, 2, {}, 0, Verdict::deviates, "2 findings"},
    {"FindingBeatsNotTried", {wrong, not_tried}, 1, {invalid}, 0, Verdict::deviates, "1 finding, 1 cell deviates"},
    {"FailureWithoutFinding", {reached}, 0, {failed}, 0, Verdict::deviates, "1 scenario failed"},
    {"GeneratedWithoutFinding", {reached}, 0, {}, 3, Verdict::deviates, "3 generated sequences deviate"},
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

class VerdictTable : public testing::TestWithParam<Row> {};

TEST_P(VerdictTable, Row) {
  const Result result = result_of(GetParam());
  EXPECT_EQ(judge(result), GetParam().verdict);
  EXPECT_EQ(because(result), GetParam().because);
}

TEST_P(VerdictTable, DoesNotBelieveWhatTheResultSays) {
  Result result = result_of(GetParam());
  result.verdict = Verdict::conforms;
  EXPECT_EQ(judge(result), GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(Reports, VerdictTable, testing::ValuesIn(table),
                         [](const auto& instance) { return instance.param.name; });

TEST(Counts, OfCells) {
  const CellCounts counts = count(result_of(Row{.cells = {reached, reached, wrong, unreachable, not_tried}}).cells);
  EXPECT_EQ(counts.reached, 2U);
  EXPECT_EQ(counts.deviates, 1U);
  EXPECT_EQ(counts.unreachable, 1U);
  EXPECT_EQ(counts.not_tried, 1U);
  EXPECT_EQ(counts.total(), 5U);
}

TEST(Counts, OfScenarios) {
  const ScenarioCounts counts =
      count(result_of(Row{.scenarios = {passed, failed, skipped, skipped, invalid}}).scenarios);
  EXPECT_EQ(counts.passed, 1U);
  EXPECT_EQ(counts.failed, 1U);
  EXPECT_EQ(counts.skipped, 2U);
  EXPECT_EQ(counts.invalid, 1U);
  EXPECT_EQ(counts.total(), 5U);
}

}  // namespace
}  // namespace esentcheck::reports
