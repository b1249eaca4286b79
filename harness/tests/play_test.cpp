// How a scenario's play can end, and that a wrong scenario is told apart from a wrong subject.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "harness/check/play.hpp"
#include "harness/tests/model_subject.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using subject::Observation;
using enum spec::Function;
using enum spec::Code;

const std::string limit_of_one = R"(format: 1
claim: c
proves: [JetDupSession/OutOfSessions]
given:
  - {instance: i, parameters: {JET_paramMaxSessions: 1}, sessions: [s]}
steps:
  - {JetDupSession: {sesid: s, psesid: t}, expect: JET_errOutOfSessions}
)";

const model::Profile documented;

/// … wherever it would be refused.
void answer_dup_with(spec::Code code, const plan::Step& step, Observation& seen) {
  if (step.function != JetDupSession || seen.code == 0) return;
  seen = {.end = subject::End::returned, .code = static_cast<std::int32_t>(code)};
}

TEST(Play, IsShownWhenEveryStepAnswersAsExpected) {
  ModelSubject subject;
  const Play play = play_on(subject, scenario_of(limit_of_one), documented);
  EXPECT_EQ(play.status, PlayStatus::shown) << play.detail;
  EXPECT_TRUE(std::ranges::any_of(
      play.hits, [](const Hit& hit) { return hit.function == JetDupSession && hit.clause->code == errOutOfSessions; }));
}

TEST(Play, DeviatesWhereTheModelDoesNotAllowTheAnswer) {
  ModelSubject subject(
      [](const plan::Step& step, const Referee&, Observation& seen) { answer_dup_with(errOutOfMemory, step, seen); });
  const scenario::Scenario scenario = scenario_of(limit_of_one);
  const Play play = play_on(subject, scenario, documented);
  ASSERT_EQ(play.status, PlayStatus::deviates);
  EXPECT_EQ(play.deviation->kind, reports::FindingKind::wrong_code);
  EXPECT_EQ(play.step, scenario.plan.steps.size() - 1);
  EXPECT_EQ(play.detail, "JetDupSession(s, &t) returned JET_errOutOfMemory, which no clause allows here");
}

TEST(Play, EndsWithTheStepThatDeviates) {
  ModelSubject subject([](const plan::Step& step, const Referee&, Observation& seen) {
    if (step.function == JetInit) seen.code = static_cast<std::int32_t>(errOutOfSessions);
  });
  const Play play = play_on(subject, scenario_of(limit_of_one), documented);
  ASSERT_EQ(play.status, PlayStatus::deviates);
  EXPECT_EQ(play.performed.back().step.function, JetInit);
}

TEST(Play, WithAnotherAllowedAnswerIsNeitherShownNorADeviation) {
  // A NULL out-pointer and a handle that has ended: no page says which is told.
  const scenario::Scenario scenario = scenario_of(R"(format: 1
claim: c
proves: [JetDupSession/InvalidSesid]
needs: [validates-handles]
given:
  - {instance: i, sessions: [s]}
steps:
  - JetEndSession: {sesid: s}
  - {JetDupSession: {sesid: s, psesid: null}, expect: JET_errInvalidSesid}
)");
  for (const spec::Code code : {errInvalidSesid, errInvalidParameter}) {
    ModelSubject subject(
        [&](const plan::Step& step, const Referee&, Observation& seen) { answer_dup_with(code, step, seen); });
    const Play play = play_on(subject, scenario, documented);
    EXPECT_EQ(play.status, code == errInvalidSesid ? PlayStatus::shown : PlayStatus::other_answer) << play.detail;
  }
}

TEST(Play, OfASweepIsShownIfAnyOfTheCallsWasRefusedMemory) {
  const scenario::Scenario scenario = scenario_of(R"(format: 1
claim: c
proves: [JetEndSession/OutOfMemory]
given:
  - {instance: i}
steps:
  - repeat: 3
    steps:
      - JetBeginSession: {instance: i, psesid: s}
      - {JetEndSession: {sesid: s}, fault: {memory: each}, expect: JET_errOutOfMemory}
)");
  for (const int allocates_in : {0, 2}) {
    int round = 0;
    ModelSubject subject([&](const plan::Step& step, const Referee&, Observation& seen) {
      if (step.function != JetEndSession) return;
      if (step.fault.from == 1) ++round;
      const bool refused = round == allocates_in && step.fault.from == 1;
      seen = {.end = subject::End::returned, .code = static_cast<std::int32_t>(refused ? errOutOfMemory : errSuccess)};
      seen.faults_hit = refused ? 1 : 0;
    });
    const Play play = play_on(subject, scenario, documented);
    EXPECT_EQ(play.status, allocates_in == 0 ? PlayStatus::other_answer : PlayStatus::shown) << play.detail;
    if (allocates_in == 0) {
      EXPECT_EQ(play.detail, "the call allocated nothing, so nothing could be refused");
    }
  }
}

TEST(Play, OfASubjectThatDoesNotStartSaysWhy) {
  ModelSubject subject;
  subject.refuses_to_start = true;
  const Play play = play_on(subject, scenario_of(limit_of_one), documented);
  EXPECT_EQ(play.status, PlayStatus::not_started);
  EXPECT_EQ(play.detail, "model: does not start today");
}

// --- Rehearsal: the scenario's own expectations, before any subject is asked ---

/// libesent is right, and the scenario is not.
const std::string wrong_scenario = R"(format: 1
claim: a full instance has room for one more
proves: [JetDupSession/OutOfSessions]
given:
  - {instance: i, parameters: {JET_paramMaxSessions: 1}, sessions: [s]}
steps:
  - {JetDupSession: {sesid: s, psesid: t}, expect: JET_errSuccess}
)";

TEST(Rehearsal, AgreesWithARightScenario) {
  EXPECT_EQ(rehearse(scenario_of(limit_of_one), documented).status, PlayStatus::shown);
}

TEST(Rehearsal, DoesNotAgreeWithAScenarioThatTheModelContradicts) {
  const scenario::Scenario scenario = scenario_of(wrong_scenario);
  const Play rehearsal = rehearse(scenario, documented);
  EXPECT_EQ(rehearsal.status, PlayStatus::other_answer);
  EXPECT_EQ(rehearsal.step, scenario.plan.steps.size() - 1);
  EXPECT_NE(rehearsal.detail.find("JET_errOutOfSessions"), std::string::npos) << rehearsal.detail;
}

class OneFile : public testing::Test {
 protected:
  /// What becomes of a file with this text on that subject.
  reports::ScenarioResult play(const std::string& text, subject::Subject& subject) {
    std::ofstream(folder.path() / "one.yaml") << text;
    const auto files = read_suite(folder.path());
    if (!files) throw std::runtime_error(files.error().sentence());
    Findings found(subject, documented, {}, "replay");
    const auto results = play_suite(*files, subject, documented, ledger, found, {});
    findings = found.all();
    return results.at(0);
  }

  TemporaryFolder folder;
  Ledger ledger{documented};
  std::vector<reports::Finding> findings;
};

TEST_F(OneFile, ThatIsWrongIsInvalidAndAccusesNobody) {
  ModelSubject subject;
  const reports::ScenarioResult result = play(wrong_scenario, subject);
  EXPECT_EQ(result.status, reports::ScenarioStatus::invalid);
  EXPECT_EQ(result.detail.find("one.yaml:7:5: the model does not agree"), 0u) << result.detail;
  EXPECT_TRUE(findings.empty());
  EXPECT_EQ(subject.starts, 0u) << "nobody asks a subject what the model denies";
}

TEST_F(OneFile, ThatIsRightFailsOnAWrongSubject) {
  ModelSubject subject([](const plan::Step&, const Referee&, Observation& seen) {
    if (seen.code == static_cast<std::int32_t>(errOutOfSessions)) seen.code = static_cast<std::int32_t>(errOutOfMemory);
  });
  EXPECT_EQ(play(limit_of_one, subject).status, reports::ScenarioStatus::failed);
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].scenario, "one.yaml");
  EXPECT_EQ(findings[0].clause, "JetDupSession/OutOfSessions");
}

TEST_F(OneFile, ThatClaimsToProveWhatNoStepShowsIsInvalid) {
  ModelSubject subject;
  std::string text = limit_of_one;
  text.replace(text.find("JetDupSession/OutOfSessions"), 27, "JetDupSession/OutOfMemory");
  const reports::ScenarioResult result = play(text, subject);
  EXPECT_EQ(result.status, reports::ScenarioStatus::invalid);
  EXPECT_NE(result.detail.find("JetDupSession/OutOfMemory"), std::string::npos) << result.detail;
}

TEST_F(OneFile, ThatNeedsWhatTheSubjectLacksIsSkippedWithThatReason) {
  ModelSubject subject;
  std::string text = limit_of_one;
  text.insert(text.find("given:"), "needs: [status-callbacks]\n");
  const reports::ScenarioResult result = play(text, subject);
  EXPECT_EQ(result.status, reports::ScenarioStatus::skipped);
  EXPECT_EQ(result.detail, "for lack of status-callbacks");
}

}  // namespace
}  // namespace esentcheck::check
