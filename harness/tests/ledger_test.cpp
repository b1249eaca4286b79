// What becomes of a (function, code) pair, by what was entered for it.
#include <gtest/gtest.h>

#include <algorithm>

#include "harness/check/ledger.hpp"

namespace esentcheck::check {
namespace {

using reports::CellStatus;
using enum spec::Function;
using enum spec::Code;

reports::Cell cell_of(const Ledger& ledger, const std::string& function, const std::string& code) {
  const std::vector<reports::Cell> cells = ledger.cells();
  const auto found = std::ranges::find_if(
      cells, [&](const reports::Cell& cell) { return cell.function == function && cell.code == code; });
  if (found != cells.end()) return *found;
  ADD_FAILURE() << "no cell " << function << " " << code;
  return {};
}

reports::Cell out_of_sessions(const Ledger& ledger) { return cell_of(ledger, "JetDupSession", "JET_errOutOfSessions"); }

TEST(Ledger, HasOneCellForEachOfTheNineCodesOfJetDupSession) {
  const std::vector<reports::Cell> cells = Ledger({}).cells();
  EXPECT_EQ(std::ranges::count(cells, "JetDupSession", &reports::Cell::function), 9);
}

TEST(Ledger, APairThatNobodyTriedSaysSo) {
  const reports::Cell cell = out_of_sessions(Ledger({}));
  EXPECT_EQ(cell.status, CellStatus::not_tried);
  EXPECT_EQ(cell.clause, "JetDupSession/OutOfSessions");
  EXPECT_FALSE(cell.reason.empty());
}

TEST(Ledger, AReachedPairNamesEachScenarioOnceAndInOrder) {
  Ledger ledger({});
  for (const char* name : {"b.yaml", "a.yaml", "b.yaml"}) ledger.reached(JetDupSession, errOutOfSessions, name);
  const reports::Cell cell = out_of_sessions(ledger);
  EXPECT_EQ(cell.status, CellStatus::reached);
  EXPECT_EQ(cell.scenarios, (std::vector<std::string>{"a.yaml", "b.yaml"}));
}

TEST(Ledger, OneDeviationOutweighsEveryScenarioThatReachedThePair) {
  Ledger ledger({});
  ledger.reached(JetDupSession, errOutOfSessions, "a.yaml");
  ledger.deviated(JetDupSession, errOutOfSessions, "b.yaml");
  ledger.reached(JetDupSession, errOutOfSessions, "c.yaml");
  const reports::Cell cell = out_of_sessions(ledger);
  EXPECT_EQ(cell.status, CellStatus::deviates);
  EXPECT_EQ(cell.scenarios, std::vector<std::string>{"b.yaml"});
}

TEST(Ledger, AWithheldPairIsUnreachableForItsFirstReason) {
  Ledger ledger({});
  ledger.withheld(JetDupSession, errOutOfSessions, "for lack of threads");
  ledger.withheld(JetDupSession, errOutOfSessions, "for lack of restart");
  const reports::Cell cell = out_of_sessions(ledger);
  EXPECT_EQ(cell.status, CellStatus::unreachable);
  EXPECT_EQ(cell.reason, "for lack of threads");
}

TEST(Ledger, AWithheldPairThatSomethingElseReachedIsReached) {
  Ledger ledger({});
  ledger.withheld(JetDupSession, errOutOfSessions, "for lack of threads");
  ledger.reached(JetDupSession, errOutOfSessions, generated);
  EXPECT_EQ(out_of_sessions(ledger).status, CellStatus::reached);
}

TEST(Ledger, WhatIsEnteredForOneFunctionIsNothingToAnother) {
  Ledger ledger({});
  ledger.reached(JetBeginSession, errOutOfSessions, "a.yaml");
  EXPECT_EQ(out_of_sessions(ledger).status, CellStatus::not_tried);
}

TEST(Ledger, ACodeThatTheReleaseDoesNotHaveIsUnreachable) {
  const Ledger ledger({.release = spec::Release::windows_2000});
  const reports::Cell cell = cell_of(ledger, "JetDupSession", "JET_errInstanceUnavailable");
  EXPECT_EQ(cell.status, CellStatus::unreachable);
  EXPECT_EQ(cell.reason.find("only from "), 0u) << cell.reason;
}

TEST(Ledger, ACodeThatTheEngineNeverGivesIsUnreachableUnderItsProfile) {
  const Ledger ledger({.reading = model::Reading::engine});
  const reports::Cell cell = cell_of(ledger, "JetDupSession", "JET_errOutOfMemory");
  EXPECT_EQ(cell.status, CellStatus::unreachable);
  EXPECT_NE(cell.reason.find("never under profile engine"), std::string::npos) << cell.reason;
}

}  // namespace
}  // namespace esentcheck::check
