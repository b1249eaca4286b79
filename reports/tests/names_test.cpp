#include "reports/names.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace esentcheck::reports {
namespace {

TEST(Names, OfCellStatuses) {
  EXPECT_EQ(name(CellStatus::reached), "reached");
  EXPECT_EQ(name(CellStatus::deviates), "deviates");
  EXPECT_EQ(name(CellStatus::unreachable), "unreachable");
  EXPECT_EQ(name(CellStatus::not_tried), "not-tried");
}

TEST(Names, OfVerdicts) {
  EXPECT_EQ(name(Verdict::conforms), "conforms");
  EXPECT_EQ(name(Verdict::deviates), "deviates");
  EXPECT_EQ(name(Verdict::incomplete), "incomplete");
}

TEST(Names, OfScenarioStatuses) {
  EXPECT_EQ(name(ScenarioStatus::passed), "passed");
  EXPECT_EQ(name(ScenarioStatus::failed), "failed");
  EXPECT_EQ(name(ScenarioStatus::skipped), "skipped");
  EXPECT_EQ(name(ScenarioStatus::invalid), "invalid");
}

TEST(Names, OfFindingKindsAreDistinct) {
  const std::set<std::string_view> names{
      name(FindingKind::wrong_code),       name(FindingKind::wrong_value),   name(FindingKind::usable_handle),
      name(FindingKind::duplicate_handle), name(FindingKind::crash),         name(FindingKind::hang),
      name(FindingKind::not_implemented),  name(FindingKind::stuck_callback),
      name(FindingKind::race),             name(FindingKind::deadlock),      name(FindingKind::no_progress),
      name(FindingKind::lock_misuse),      name(FindingKind::leak),
      name(FindingKind::not_durable),      name(FindingKind::nondeterminism)};
  EXPECT_EQ(names.size(), 15U);
  EXPECT_EQ(names.count("unknown"), 0U);
}

}  // namespace
}  // namespace esentcheck::reports
