// What a failure leaves behind is found by a sweep, and nothing is where nothing is left.
#include "harness/check/sweep.hpp"

#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;

/// The scenarios of a folder, swept until something deviates.
std::optional<Sequence> sweep_folder(subject::Subject& subject, const std::string& folder, SweepFigures& figures) {
  const std::vector<plan::Fault> ways = ways_to_fail(subject.describe().capabilities);
  std::optional<Sequence> first;
  for (const ScenarioFile& file : suite_of({folder})) {
    const scenario::Scenario& scenario = file.scenarios->front();
    if (!can_be_swept(scenario) || !why_not(scenario, subject.describe().capabilities, {}).empty()) continue;
    sweep(subject, scenario, {}, ways,
          {.goes_on = [](const SweepFigures&) { return true; },
           .found =
               [&](const Sequence& found) {
                 if (!first) first = found;
               }},
          1, figures);
    if (first) break;
  }
  return first;
}

/// Whether the deviation comes again, each time.
bool replays(subject::Subject& subject, const Sequence& found) {
  for (int i = 0; i < 100; ++i) {
    const Sequence again = run_plan(subject, found.plan, {});
    if (!again.deviation || !alike(*again.deviation, *found.deviation)) return false;
  }
  return true;
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

/// The kind of the first deviation that a sweep of the folder finds, where that is in the function.
std::optional<FindingKind> found_in(const std::string& name, const std::string& folder, spec::Function function) {
  const auto subject = open(path(name));
  SweepFigures figures;
  const auto found = sweep_folder(*subject, folder, figures);
  if (!found || found->deviation->function != function) return std::nullopt;
  EXPECT_TRUE(replays(*subject, *found)) << name;
  return found->deviation->kind;
}

TEST(Sweep, FindsADatabaseThatAFailedWriteLeavesHalfAttached) {
  EXPECT_EQ(
      found_in("create_leaves_its_database_half_attached", "JetCreateDatabase", spec::Function::JetCreateDatabase),
      FindingKind::wrong_code);
}

TEST(Sweep, FindsACommitThatSaysSoBeforeItsSync) {
  EXPECT_EQ(found_in("commit_says_so_before_its_sync", "JetCommitTransaction", spec::Function::JetCommitTransaction),
            FindingKind::not_durable);
}

TEST(Sweep, AccusesNobodyWhoGetsToTheDiskInAnotherWay) {
  for (const char* right : {"commit_is_synced_by_a_thread", "commit_writes_through"}) {
    const auto subject = open(path(right));
    SweepFigures figures;
    const auto found = sweep_folder(*subject, "JetCommitTransaction", figures);
    EXPECT_FALSE(found) << right << ": " << found->deviation->detail;
    EXPECT_GT(figures.points(), 100u);
  }
}

TEST(Sweep, FindsByAPowerCutWhatWasNotSynced) {
  EXPECT_EQ(found_in("init_trusts_what_was_not_synced", "JetBeginSession", spec::Function::JetInit),
            FindingKind::wrong_code);
}

TEST(Sweep, FindsAFileThatAFailureLeavesOpen) {
  EXPECT_EQ(found_in("refused_init_leaves_a_file_open", "JetInit", spec::Function::JetInit), FindingKind::leak);
}

#ifdef INSTRUMENTED  // a sanitizer has the allocation functions, and its memory is not counted
TEST(Sweep, FindsMemoryThatARefusalKeeps) {
  EXPECT_EQ(found_in("refused_dup_keeps_memory", "JetDupSession", spec::Function::JetDupSession), FindingKind::leak);
}
#endif

TEST(Sweep, FindsNothingInLibesentAndTakesAllOfIt) {
  const auto subject = open(libesent);
  SweepFigures figures;
#ifdef INSTRUMENTED
  const auto found = sweep_folder(*subject, "JetDupSession", figures);
#else  // each of a thousand processes takes its time under a sanitizer
  const auto found = sweep_folder(*subject, "JetDupSession/begin-and-dup-share-one-limit.yaml", figures);
#endif
  EXPECT_FALSE(found);
  EXPECT_TRUE(figures.complete);
  EXPECT_GT(figures.points(), 100u);
}

#ifdef INSTRUMENTED  // a sanitizer leaves nothing to simulate races with
TEST(Sweep, FindsALockThatARefusalInARaceLeavesHeld) {
  const auto subject = open(path("refused_dup_keeps_its_lock"), std::chrono::seconds(5));
  SweepFigures figures;
  const auto found = sweep_folder(*subject, "races/last-session-goes-to-one.yaml", figures);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deviation->kind, FindingKind::deadlock);
  EXPECT_TRUE(found->plan.schedule);
}

TEST(Sweep, TakesRacesRestartsAndFailuresOfTheScenarioItself) {
  const auto subject = open(libesent);
  for (const char* file : {"races/one-init-of-two.yaml", "JetBackup/damaged-database-is-not-backed-up.yaml"}) {
    SweepFigures figures;
    const auto found = sweep_folder(*subject, file, figures);
    EXPECT_FALSE(found) << file << ": " << found->deviation->detail;
    EXPECT_TRUE(figures.complete);
    EXPECT_GT(figures.points(), 50u) << file;
  }
}
#endif

TEST(Sweep, StopsWhereItWasToldTo) {
  const auto subject = open(libesent);
  SweepFigures figures;
  for (const ScenarioFile& file : suite_of({"JetDupSession/begin-and-dup-share-one-limit.yaml"}))
    sweep(*subject, file.scenarios->front(), {}, ways_to_fail(subject->describe().capabilities),
          {.goes_on = [](const SweepFigures& so_far) { return so_far.points() < 7; },
           .found = [](const Sequence&) { ADD_FAILURE(); }},
          1, figures);
  EXPECT_EQ(figures.points(), 7u);
  EXPECT_FALSE(figures.complete);
}

}  // namespace
}  // namespace esentcheck::check
