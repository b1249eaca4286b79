// What the scenarios that come with the program prove, held against the tables of the pages.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/check/suite.hpp"
#include "harness/subject/open.hpp"

namespace esentcheck::check {
namespace {

using reports::Cell;
using reports::CellStatus;

std::vector<ScenarioFile> all_scenarios() {
  auto files = read_suite(SCENARIOS);
  if (files) return std::move(*files);
  ADD_FAILURE() << files.error().sentence();
  return {};
}

bool proves(const ScenarioFile& file, std::string_view id) {
  return file.scenarios &&
         std::ranges::find(file.scenarios->front().proves, id) != file.scenarios->front().proves.end();
}

const spec::DocumentedCode* row_of(const Cell& cell) {
  const auto function = spec::function_named(cell.function);
  for (const spec::DocumentedCode& documented : spec::row(*function).codes)
    if (spec::row(documented.code)->name == cell.code) return &documented;
  return nullptr;
}

TEST(Coverage, IsOfAllPairsOfTheCoreFunctions) {
  const std::vector<Cell> cells = Ledger({}).cells();
  EXPECT_EQ(cells.size(), 318u);
  std::size_t core = 0;
  for (const spec::FunctionRow& row : spec::functions()) {
    EXPECT_EQ(model::is_modelled(row.function), row.tier == "core") << row.name;
    core += row.tier == "core";
  }
  EXPECT_EQ(core, 48u);
}

TEST(Coverage, EveryPairHasAScenarioOrAReasonToHaveNone) {
  EXPECT_EQ(unproven_pairs(all_scenarios()), std::vector<std::string>{});
}

TEST(Coverage, APairThatLosesItsScenariosIsNamed) {
  std::vector<ScenarioFile> files = all_scenarios();
  std::erase_if(files, [](const ScenarioFile& file) { return proves(file, "JetIdle/InvalidParameter.Unknown"); });
  EXPECT_EQ(unproven_pairs(files), std::vector<std::string>{"JetIdle/JET_errInvalidParameter"});
}

TEST(Coverage, AScenarioForTheEngineOnlyProvesNothingOfThePages) {
  std::vector<ScenarioFile> files = all_scenarios();
  for (ScenarioFile& file : files)
    if (proves(file, "JetIdle/InvalidParameter.Unknown"))
      for (scenario::Scenario& scenario : *file.scenarios) scenario.profiles = {model::Reading::engine};
  EXPECT_EQ(unproven_pairs(files), std::vector<std::string>{"JetIdle/JET_errInvalidParameter"});
}

TEST(Coverage, EveryScenarioIsRightByTheModelUnderEachOfItsProfiles) {
  for (const ScenarioFile& file : all_scenarios()) {
    ASSERT_TRUE(file.scenarios) << file.scenarios.error().sentence();
    for (const scenario::Scenario& scenario : *file.scenarios)
      for (const model::Reading reading : scenario.profiles) {
        const Play play = rehearse(scenario, {.reading = reading});
        EXPECT_EQ(play.status, PlayStatus::shown)
            << file.name << " [" << scenario.example << "] " << model::name_of(reading) << ": " << play.detail;
      }
  }
}

TEST(Coverage, OfLibesentInThisProcessAccusesNothing) {
  // All in one process: what a scenario leaves behind would be the next one's trouble.
  auto subject = subject::open_subject(LIBESENT, subject::Isolation::none, {});
  ASSERT_TRUE(subject) << subject.error().sentence();
  const model::Profile profile;
  Ledger ledger(profile);
  Findings findings(**subject, profile, {}, "esentcheck");
  std::size_t passed = 0;
  for (const reports::ScenarioResult& result :
       play_suite(all_scenarios(), **subject, profile, ledger, findings, nullptr)) {
    EXPECT_NE(result.status, reports::ScenarioStatus::failed) << result.file << ": " << result.detail;
    passed += result.status == reports::ScenarioStatus::passed ? 1 : 0;
  }
  EXPECT_GT(passed, 300u);
}

TEST(Coverage, OfLibesentIsCompleteButForWhatTheRowsArgue) {
  const std::vector<ScenarioFile> files = all_scenarios();
  auto subject = subject::open_subject(LIBESENT, subject::Isolation::process, {});
  ASSERT_TRUE(subject) << subject.error().sentence();
  const model::Profile profile;
  Ledger ledger(profile);
  Findings findings(**subject, profile, {}, "esentcheck");
  for (const reports::ScenarioResult& result : play_suite(files, **subject, profile, ledger, findings, nullptr)) {
    EXPECT_NE(result.status, reports::ScenarioStatus::failed) << result.file << ": " << result.detail;
    EXPECT_NE(result.status, reports::ScenarioStatus::invalid) << result.file << ": " << result.detail;
  }
  for (const Cell& cell : ledger.cells()) {
    const bool argued = !row_of(cell)->unreachable.empty();
    EXPECT_EQ(cell.status, argued ? CellStatus::unreachable : CellStatus::reached)
        << cell.function << ' ' << cell.code << ": " << cell.reason;
  }
}

}  // namespace
}  // namespace esentcheck::check
