// Subjects that are right as long as one thread calls: what is wrong about each is found by generated races, made small,
// and shown again by its trace, every time.
#include "harness/check/race.hpp"
#include "harness/check/race_campaign.hpp"
#include "harness/check/words.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;
using enum spec::Function;

struct RacingDefect {
  std::string name;
  FindingKind kind{};
  std::vector<spec::Function> functions;  ///< one of which the finding is about; any where it is empty
  std::size_t most_steps = 0;
  std::optional<std::int32_t> code = {};  ///< that was answered, where others would be by-products
};

// What a test prints of it; its default would print an address.
void PrintTo(const RacingDefect& defect, std::ostream* out) { *out << defect.name; }

constexpr std::uint64_t most_programs = 600;
constexpr std::size_t schedules = 6;

std::string path(const std::string& name) { return SEEDED_RACES "/" + name + ".so"; }

class Race : public testing::TestWithParam<RacingDefect> {
 protected:
  void SetUp() override {
    if (!subject_->describe().capabilities.simulation) GTEST_SKIP() << "nothing is simulated under ThreadSanitizer";
  }

  std::optional<Sequence> find() {
    for (std::uint64_t n = 0; n < most_programs; ++n) {
      Sequence race = generated_race(*subject_, {}, 1, n, Threads::simulated, schedules, figures_);
      EXPECT_FALSE(race.problem);
      if (race.deviation && is_it(*race.deviation)) return race;
    }
    return std::nullopt;
  }

  static bool is_it(const Deviation& deviation) {
    const auto& functions = GetParam().functions;
    return deviation.kind == GetParam().kind && deviation.code == GetParam().code.value_or(deviation.code) &&
           (functions.empty() || std::ranges::find(functions, deviation.function) != functions.end());
  }

  std::unique_ptr<subject::Subject> subject_ = open(path(GetParam().name));
  RaceFigures figures_;
};

TEST_P(Race, IsFoundMadeSmallAndShownAgainEveryTime) {
  const std::optional<Sequence> found = find();
  ASSERT_TRUE(found) << figures_.schedules << " schedules";
  RecordProperty("schedules", static_cast<int>(figures_.schedules));
  TemporaryFolder folder;
  Findings findings(*subject_, {}, folder.path(), "esentcheck replay");
  findings.add(*found, generated);
  ASSERT_EQ(findings.all().size(), 1u);
  const reports::Finding& finding = findings.all().front();
  EXPECT_EQ(finding.kind, GetParam().kind);
  EXPECT_FALSE(finding.schedule.empty());
  std::string shown = finding.title + "\n";
  for (const reports::TraceLine& line : finding.trace)
    shown += line.thread + " " + line.call + " = " + line.observed + "\n";
  EXPECT_LE(finding.trace.size(), GetParam().most_steps) << shown;

  const auto read = scenario::read_scenarios((folder.path() / finding.trace_file).string(), clauses_of_the_model());
  ASSERT_TRUE(read) << read.error().sentence();
  for (int i = 0; i < 100; ++i) {
    const Play again = play_on(*subject_, read->front(), {});
    ASSERT_EQ(again.status, PlayStatus::deviates) << i << ": " << again.detail;
    ASSERT_EQ(again.deviation->kind, finding.kind);
  }
  EXPECT_NE(play_on(*open(libesent), read->front(), {}).status, PlayStatus::deviates) << "and not by what is right";
}

INSTANTIATE_TEST_SUITE_P(
    Seeded, Race,
    testing::Values(
        RacingDefect{"last_place_for_two", FindingKind::race, {JetBeginSession, JetDupSession}, 5, 0},
        RacingDefect{"second_end_costs_a_place", FindingKind::race, {JetBeginSession, JetDupSession}, 8},
        RacingDefect{"end_and_term_lock_each_other_out", FindingKind::deadlock, {JetEndSession, JetTerm2}, 6},
        RacingDefect{"term_misses_its_wake_up", FindingKind::deadlock, {}, 6},
        RacingDefect{"dup_reads_what_term_has_freed", FindingKind::crash, {}, 6},
        RacingDefect{"context_with_two_winners", FindingKind::race, {JetSetSessionContext, JetResetSessionContext}, 6}),
    [](const auto& each) { return each.param.name; });

class Right : public testing::TestWithParam<std::string> {};

std::string path_of_right(const std::string& name) {
#ifdef INSTRUMENTED
  if (name == "instrumented") return INSTRUMENTED;
#endif
  return name == "libesent" ? libesent : path(name);
}

TEST_P(Right, IsNotAccused) {
  const auto subject = open(path_of_right(GetParam()));
  if (!subject->describe().capabilities.simulation) GTEST_SKIP() << "nothing is simulated under ThreadSanitizer";
  RaceFigures figures;
  for (std::uint64_t n = 0; n < 60; ++n) {
    const Sequence race = generated_race(*subject, {}, 2, n, Threads::simulated, schedules, figures);
    ASSERT_FALSE(race.problem);
    if (race.deviation)
      FAIL() << describe(race.plan, race.plan.steps[race.deviation->step.value_or(0)], *race.deviation);
  }
  EXPECT_EQ(figures.undecided, 0u);
}

INSTANTIATE_TEST_SUITE_P(Subject, Right, testing::Values("libesent", "one_lock_for_all"),
                         [](const auto& subject) { return subject.param; });

#ifdef INSTRUMENTED
INSTANTIATE_TEST_SUITE_P(Instrumented, Race,
                         testing::Values(RacingDefect{
                             "last_place_by_an_atomic", FindingKind::race, {JetBeginSession, JetDupSession}, 5, 0}),
                         [](const auto& each) { return each.param.name; });
INSTANTIATE_TEST_SUITE_P(Instrumented, Right, testing::Values("instrumented"),
                         [](const auto& subject) { return subject.param; });

TEST(EverySchedule, OfLibesentWithoutItsLocksIsExplained) {
  const auto subject = open(INSTRUMENTED);
  std::uint64_t taken = 0;
  for (const ScenarioFile& file : suite_of({"races"})) {
    const scenario::Scenario& scenario = file.scenarios->front();
    if (!scenario.plan.exhaustive) continue;
    scenario::Scenario narrower = scenario;
    narrower.plan.exhaustive->preemptions = 1;  // two take minutes, and were taken by hand
    const Play play = play_on(*subject, narrower, {});
    EXPECT_EQ(play.status, PlayStatus::shown) << file.name << ": " << play.detail;
    taken += play.schedules;
  }
  EXPECT_GT(taken, 300u);
}
#endif

}  // namespace
}  // namespace esentcheck::check
