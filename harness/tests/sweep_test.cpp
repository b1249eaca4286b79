// What a refused allocation leaves behind is found by a sweep, and nothing is where nothing is left.
#include "harness/check/sweep.hpp"

#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;

/// The scenarios of a folder, swept until something deviates.
std::optional<Sequence> sweep_folder(subject::Subject& subject, const std::string& folder, SweepFigures& figures) {
  std::optional<Sequence> first;
  for (const ScenarioFile& file : suite_of({folder})) {
    const scenario::Scenario& scenario = file.scenarios->front();
    if (!can_be_swept(scenario) || !why_not(scenario, subject.describe().capabilities, {}).empty()) continue;
    sweep(subject, scenario, {}, 100'000, figures, [&](const Sequence& found) {
      if (!first) first = found;
    });
    if (first) break;
  }
  return first;
}

std::string path(const std::string& name) { return SEEDED_SWEEPS "/" + name + ".so"; }

TEST(Sweep, FindsAPlaceThatTheSecondRefusalLoses) {
  const auto subject = open(path("dup_leaks_on_its_second_allocation"));
  SweepFigures figures;
  const auto found = sweep_folder(*subject, "JetDupSession", figures);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deviation->kind, FindingKind::wrong_code);
  EXPECT_EQ(found->deviation->code, static_cast<std::int32_t>(spec::Code::errOutOfSessions));
  Findings findings(*subject, {}, {}, "replay");
  findings.add(*found, "sweep");
  ASSERT_EQ(findings.all().size(), 1u);
  EXPECT_LE(findings.all().front().trace.size(), 6u);
}

TEST(Sweep, FindsALockThatARefusalLeavesHeld) {
  const auto subject = open(path("refused_dup_keeps_its_lock"), std::chrono::seconds(5));
  SweepFigures figures;
  const auto found = sweep_folder(*subject, "JetDupSession", figures);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deviation->kind, FindingKind::hang);
  EXPECT_EQ(found->deviation->function, spec::Function::JetDupSession);
}

TEST(Sweep, FindsNothingInLibesentAndTakesAllOfIt) {
  const auto subject = open(libesent);
  SweepFigures figures;
  const auto found = sweep_folder(*subject, "JetDupSession", figures);
  EXPECT_FALSE(found);
  EXPECT_TRUE(figures.complete);
  EXPECT_GT(figures.points, 100u);
}

TEST(Sweep, StopsWhereItWasToldTo) {
  const auto subject = open(libesent);
  SweepFigures figures;
  for (const ScenarioFile& file : suite_of({"JetDupSession/begin-and-dup-share-one-limit.yaml"}))
    sweep(*subject, file.scenarios->front(), {}, 7, figures, [](const Sequence&) { ADD_FAILURE(); });
  EXPECT_EQ(figures.points, 7u);
  EXPECT_FALSE(figures.complete);
}

}  // namespace
}  // namespace esentcheck::check
