// The programs that are raced in a simulation, on the machine's own threads: a cross-check of the simulation, and what
// ThreadSanitizer looks at.
#include "harness/check/race_campaign.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

constexpr std::uint64_t programs = 150;
constexpr std::size_t runs = 5;

/// The first deviation of so many programs; where they show it, all of them are run.
std::optional<Sequence> first_deviation(subject::Subject& subject, RaceFigures& figures) {
  for (std::uint64_t n = 0; n < programs; ++n) {
    Sequence race = generated_race(subject, {}, 1, n, Threads::at_large, runs, figures);
    EXPECT_FALSE(race.problem) << race.problem->sentence();
    if (race.deviation) return race;
  }
  return std::nullopt;
}

TEST(RacesAtLarge, FindNothingInLibesent) {
  const auto subject = open(libesent);
  RaceFigures figures;
  const auto found = first_deviation(*subject, figures);
  EXPECT_FALSE(found) << found->deviation->detail;
  EXPECT_EQ(figures.programs, programs);
  EXPECT_EQ(figures.schedules, programs * runs);
  EXPECT_EQ(figures.undecided, 0u);
}

TEST(RacesAtLarge, AreStoppedByThreadSanitizerAtADataRace) {
#ifndef __SANITIZE_THREAD__
  GTEST_SKIP() << "nobody looks for data races in this build";
#endif
  const auto subject = open(SEEDED_RACES "/counts_without_a_lock.so");
  RaceFigures figures;
  const auto found = first_deviation(*subject, figures);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deviation->kind, reports::FindingKind::crash);
}

}  // namespace
}  // namespace esentcheck::check
