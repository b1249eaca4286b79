// Tests the tester. Each seeded subject is libesent with one visible defect: it must be found, by a scenario and by the
// sequences that conform generates, brought down to its shortest trace, blamed on the right function and clause, and
// written to a file that shows the defect again on the same subject and nothing on libesent. Right subjects that answer
// in unusual ways must not be accused.
//
// The numbers of steps are minimal by argument: fewer steps do not lead to a world where the deviation is one. They count
// a process that JetInit alone puts into single-instance mode.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>

#include "harness/check/findings.hpp"
#include "harness/check/words.hpp"
#include "harness/generate/shape.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;
using enum spec::Function;

const model::Profile documented;

/// How a finding about a defect has to read.
struct Expected {
  spec::Function function{};
  FindingKind kind{};
  std::string clause;
  std::size_t steps = 0;
  std::optional<std::int32_t> code;  ///< that was returned, where the function alone leaves a choice
};

struct Defect {
  std::string name;                    ///< of the subject
  std::vector<std::string> scenarios;  ///< files or folders, one of which finds it
  std::optional<Expected> by_scenarios;
  std::optional<Expected> by_sequences;
};

/// As many as conform plays when nobody says how many.
constexpr std::size_t most_sequences = 300;

constexpr auto wrong_code = FindingKind::wrong_code;

const std::vector<Defect>& defects() {
  static const std::vector<Defect> all{
      {"limit_one_too_many",
       {"JetDupSession/begin-and-dup-share-one-limit.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/OutOfSessions", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/OutOfSessions", 4}},
      {"limit_one_too_few",
       {"JetDupSession/begin-and-dup-share-one-limit.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 4}},
      {"refused_dup_leaks_a_slot",
       {"JetDupSession/refused-dup-uses-up-no-session.yaml", "JetDupSession/ended-session-makes-room-for-one-dup.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 7},
       Expected{JetBeginSession, wrong_code, "JetBeginSession/Success", 6}},
      {"refused_dup_leaves_a_handle",
       {"JetDupSession/begin-and-dup-share-one-limit.yaml"},
       Expected{JetDupSession, FindingKind::usable_handle, "JetDupSession/OutOfSessions", 4},
       Expected{JetDupSession, FindingKind::usable_handle, "JetDupSession/OutOfSessions", 4}},
      {"dup_accepts_an_ended_session",
       {"JetDupSession/ended-session-is-refused.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/InvalidSesid", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/InvalidSesid", 4}},
      {"out_of_sessions_is_out_of_memory",
       {"JetDupSession/begin-and-dup-share-one-limit.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/OutOfSessions", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/OutOfSessions", 4}},
      {"instances_share_one_limit",
       {"JetDupSession/full-instance-leaves-room-in-another.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 11},
       Expected{JetBeginSession, wrong_code, "JetBeginSession/Success", 10}},
      {"ended_session_keeps_its_slot",
       {"JetDupSession/ended-session-makes-room-for-one-dup.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 6},
       Expected{JetBeginSession, wrong_code, "JetBeginSession/Success", 5}},
      {"dup_inherits_the_transaction",
       {"JetDupSession/dup-does-not-inherit-the-transaction.yaml"},
       Expected{JetCommitTransaction, wrong_code, "JetCommitTransaction/NotInTransaction", 5},
       Expected{JetCommitTransaction, wrong_code, "JetCommitTransaction/NotInTransaction", 5}},
      {"dup_gives_its_source_again",
       {"JetDupSession/dup-starts-a-usable-session.yaml"},
       Expected{JetDupSession, FindingKind::duplicate_handle, "JetDupSession/Success", 3},
       Expected{JetDupSession, FindingKind::duplicate_handle, "JetDupSession/Success", 3}},
      {"session_ends_twice",
       {"JetEndSession"},
       Expected{JetEndSession, wrong_code, "JetEndSession/InvalidSesid", 4},
       Expected{JetEndSession, wrong_code, "JetEndSession/InvalidSesid", 4}},
      {"null_psesid_crashes",
       {"JetDupSession/null-out-pointer-is-an-invalid-parameter.yaml"},
       Expected{JetDupSession, FindingKind::crash, "JetDupSession/InvalidParameter.NullOut", 1},
       Expected{JetDupSession, FindingKind::crash, "JetDupSession/InvalidParameter.NullOut", 1}},
      {"end_follows_garbage",
       {"JetEndSession"},
       Expected{JetEndSession, FindingKind::crash, "JetEndSession/InvalidSesid", 1},
       Expected{JetEndSession, FindingKind::crash, "JetEndSession/InvalidSesid", 1}},
      {"dup_ignores_the_stop",
       {"JetDupSession/stopped-instance-refuses-dup.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/ClientRequestToStopJetService", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/ClientRequestToStopJetService", 4}},
      {"term_leaves_sessions_usable",
       {"JetDupSession/session-of-a-terminated-instance-is-refused.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/InvalidSesid", 4},
       Expected{JetDupSession, wrong_code, "JetDupSession/InvalidSesid", 4, 0}},
      {"commit_swallows_a_failed_sync",
       {"JetDupSession/failed-log-sync-refuses-dup-for-good.yaml"},
       Expected{JetCommitTransaction, wrong_code, "JetCommitTransaction/InstanceUnavailable.LogFails", 4},
       std::nullopt},
      {"second_thread_wins_the_context",
       {"JetSetSessionContext"},
       Expected{JetSetSessionContext, wrong_code, "JetSetSessionContext/SessionContextAlreadySet", 4},
       Expected{JetSetSessionContext, wrong_code, "JetSetSessionContext/SessionContextAlreadySet", 4}},
      {"any_thread_commits",
       {"JetBeginTransaction"},
       Expected{JetCommitTransaction, wrong_code, "JetCommitTransaction/SessionSharingViolation", 4},
       Expected{JetCommitTransaction, wrong_code, "JetCommitTransaction/SessionSharingViolation", 4}},
      {"eighth_level",
       {"JetBeginTransaction"},
       Expected{JetBeginTransaction, wrong_code, "JetBeginTransaction/TransTooDeep", 10},
       Expected{JetBeginTransaction, wrong_code, "JetBeginTransaction/TransTooDeep", 10}},
      {"limit_changes_after_init",
       {"JetDupSession/limit-is-frozen-by-init.yaml"},
       Expected{JetSetSystemParameter, wrong_code, "JetSetSystemParameter/AlreadyInitialized", 2},
       Expected{JetSetSystemParameter, wrong_code, "JetSetSystemParameter/AlreadyInitialized", 2}},
      {"parameter_reads_wrong",
       {"JetGetSystemParameter"},
       Expected{JetGetSystemParameter, FindingKind::wrong_value, "JetGetSystemParameter/Success", 1},
       Expected{JetGetSystemParameter, FindingKind::wrong_value, "JetGetSystemParameter/Success", 1}},
      {"dup_hangs_while_restoring",
       {"JetDupSession/restore-in-progress-inside-its-callback.yaml"},
       Expected{JetDupSession, FindingKind::hang, "JetDupSession/RestoreInProgress", 9},
       std::nullopt},
      {"no_dup_session",
       {"JetDupSession/dup-starts-a-usable-session.yaml"},
       Expected{JetDupSession, FindingKind::not_implemented, "", 1},
       Expected{JetDupSession, FindingKind::not_implemented, "", 1}},
      {"term_exits",
       {"JetTerm"},
       Expected{JetTerm, FindingKind::crash, "JetTerm/InvalidParameter.BadInstance", 1},
       std::nullopt},
      {"refused_memory_leaks_a_slot",
       {"JetDupSession/first-allocation-refused.yaml"},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 5},
       Expected{JetDupSession, wrong_code, "JetDupSession/Success", 5}},
  };
  return all;
}

void PrintTo(const Defect& defect, std::ostream* out) { *out << defect.name; }

std::string name_of_defect(const testing::TestParamInfo<Defect>& defect) { return defect.param.name; }

std::chrono::milliseconds patience_with(const Defect& defect) {
  // Each try of the shrinker waits for a call that hangs.
  return defect.name == "dup_hangs_while_restoring" ? std::chrono::seconds(2) : std::chrono::seconds(60);
}

class SeededDefect : public testing::TestWithParam<Defect> {
 protected:
  SeededDefect() : subject(open(seeded_path(GetParam().name), patience_with(GetParam()))) {}

  std::unique_ptr<subject::Subject> subject;
  TemporaryFolder folder;
  Findings findings{*subject, documented, folder.path(), "esentcheck replay --subject " + GetParam().name};

  static bool is_it(const reports::Finding& finding, const Expected& expected) {
    return finding.kind == expected.kind && finding.function == spec::row(expected.function).name;
  }

  void check(const Expected& expected) {
    std::string seen;
    for (const reports::Finding& finding : findings.all()) {
      seen += finding.title + " (" + std::to_string(finding.trace.size()) + " steps)\n";
      for (const reports::TraceLine& line : finding.trace)
        seen += "    " + line.thread + " " + line.call + " -> " + line.observed + "\n";
    }
    const auto found =
        std::ranges::find_if(findings.all(), [&](const reports::Finding& f) { return is_it(f, expected); });
    ASSERT_NE(found, findings.all().end()) << "found instead:\n" << seen;
    EXPECT_EQ(found->clause, expected.clause);
    EXPECT_EQ(found->trace.size(), expected.steps) << seen;
    EXPECT_EQ(found->page, spec::row(expected.function).page);
    check_trace(*found);
  }

  /// The trace's file shows the defect again, and shows nothing on the library that is right.
  void check_trace(const reports::Finding& finding) {
    const std::filesystem::path file = folder.path() / finding.trace_file;
    EXPECT_NE(finding.replay.find(file.string()), std::string::npos) << finding.replay;
    const auto read = scenario::read_scenarios(file.string(), clauses_of_the_model());
    ASSERT_TRUE(read) << read.error().sentence();
    ASSERT_EQ(read->size(), 1u);
    const Play again = play_on(*subject, read->front(), documented);
    EXPECT_EQ(again.status, PlayStatus::deviates) << again.detail;
    EXPECT_EQ(again.performed.size(), finding.trace.size());
    ASSERT_TRUE(again.deviation);
    EXPECT_EQ(again.deviation->kind, finding.kind);
    const Play right = play_on(*open(libesent), read->front(), documented);
    EXPECT_NE(right.status, PlayStatus::deviates) << right.detail;
    EXPECT_NE(right.status, PlayStatus::not_started) << right.detail;
  }
};

std::string text_of(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  if (text.str().empty()) ADD_FAILURE() << path << " is empty";
  return text.str();
}

class FoundByScenarios : public SeededDefect {};

TEST_P(FoundByScenarios, AndShrunkToItsShortestTrace) {
  Ledger ledger(documented);
  play_suite(suite_of(GetParam().scenarios), *subject, documented, ledger, findings, {});
  check(*GetParam().by_scenarios);
  EXPECT_TRUE(std::ranges::any_of(ledger.cells(), [](const reports::Cell& cell) {
    return cell.status != reports::CellStatus::reached && cell.status != reports::CellStatus::not_tried;
  })) << "the matrix does not show it";
}

class FoundBySequences : public SeededDefect {
 protected:
  /// The first generated sequence that deviates in the expected way.
  std::optional<Sequence> find(const Expected& expected) {
    const subject::Capabilities& has = subject->describe().capabilities;
    std::string others;
    for (const generate::Shape& shape : generate::shapes(1, most_sequences, has.memory_faults, has.threads)) {
      Sequence sequence = run_sequence(*subject, shape, documented);
      if (!sequence.deviation) continue;
      if (sequence.deviation->kind == expected.kind && sequence.deviation->function == expected.function &&
          sequence.deviation->code == expected.code.value_or(sequence.deviation->code))
        return sequence;
      others += plan::spell(sequence.plan, sequence.plan.steps.back()) + "\n";
    }
    ADD_FAILURE() << "not found; found instead:\n" << others;
    return std::nullopt;
  }
};

TEST_P(FoundBySequences, AndShrunkToItsShortestTraceTheSameEachTime) {
  const std::optional<Sequence> found = find(*GetParam().by_sequences);
  if (!found) return;
  findings.add(*found, generated);
  check(*GetParam().by_sequences);

  Findings again(*subject, documented, folder.path() / "again", "esentcheck replay");
  again.add(*found, generated);
  const std::string& file = findings.all().at(0).trace_file;
  EXPECT_EQ(text_of(folder.path() / file), text_of(folder.path() / "again" / file));
}

std::vector<Defect> with(std::optional<Expected> Defect::*way) {
  std::vector<Defect> result;
  std::ranges::copy_if(defects(), std::back_inserter(result), [&](const Defect& d) { return (d.*way).has_value(); });
  return result;
}

INSTANTIATE_TEST_SUITE_P(Seeded, FoundByScenarios, testing::ValuesIn(with(&Defect::by_scenarios)), name_of_defect);
INSTANTIATE_TEST_SUITE_P(Seeded, FoundBySequences, testing::ValuesIn(with(&Defect::by_sequences)), name_of_defect);

/// How the program ends when it replays the file on the library.
int exit_of_replay(const std::string& library, const std::filesystem::path& file) {
  const int status = std::system(
      ("\"" ESENTCHECK "\" replay --subject \"" + library + "\" \"" + file.string() + "\" >/dev/null").c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ReplayOfATrace, ExitsWithOneOnTheSubjectThatDeviatesAndWithZeroOnTheOneThatDoesNot) {
  const std::string wrong = seeded_path("limit_one_too_many");
  const auto subject = open(wrong);
  const TemporaryFolder folder;
  Ledger ledger(documented);
  Findings findings(*subject, documented, folder.path(), "esentcheck replay");
  play_suite(suite_of({"JetDupSession/begin-and-dup-share-one-limit.yaml"}), *subject, documented, ledger, findings,
             {});
  ASSERT_FALSE(findings.all().empty());
  const std::filesystem::path trace = folder.path() / findings.all().front().trace_file;
  EXPECT_EQ(exit_of_replay(wrong, trace), 1);
  EXPECT_EQ(exit_of_replay(libesent, trace), 0);
}

// --- What no page defines ---

TEST(SubjectThatFollowsGarbage, IsNotAccusedWhereItDoesNotClaimToValidateHandles) {
  const auto subject = open(seeded_path("dup_follows_garbage"));
  EXPECT_FALSE(subject->describe().capabilities.validates_handles);
  Ledger ledger(documented);
  Findings findings(*subject, documented, {}, "replay");
  const auto results = play_suite(suite_of({"JetDupSession"}), *subject, documented, ledger, findings, {});
  for (const reports::Finding& finding : findings.all()) ADD_FAILURE() << finding.title;
  EXPECT_TRUE(std::ranges::any_of(results, [](const reports::ScenarioResult& result) {
    return result.status == reports::ScenarioStatus::skipped && result.detail == "for lack of validates-handles";
  }));
}

TEST(SubjectThatFollowsGarbage, CrashesAloneAndInTwoSteps) {
  const auto subject = open(seeded_path("dup_follows_garbage"));
  for (const generate::Shape& shape : generate::shapes(1, 20, false, false)) {
    const Sequence sequence = run_sequence(*subject, shape, documented);
    if (!sequence.deviation) continue;
    ASSERT_EQ(sequence.deviation->kind, FindingKind::crash);
    EXPECT_EQ(sequence.deviation->function, JetDupSession);
    EXPECT_EQ(shrink(*subject, sequence, documented).plan.steps.size(), 2u);
    return;
  }
  FAIL() << "no sequence made it crash";
}

// --- Right in unusual ways ---

/// The files that call only what the subject exports: the forwarding layer hands on the functions around sessions.
std::vector<ScenarioFile> playable(std::vector<ScenarioFile> files, const subject::Subject& subject) {
  const std::vector<spec::Function>& missing = subject.describe().not_implemented;
  std::erase_if(files, [&](const ScenarioFile& file) {
    return file.scenarios && std::ranges::any_of(file.scenarios->front().plan.steps, [&](const plan::Step& step) {
             return step.kind == plan::StepKind::call && std::ranges::find(missing, step.function) != missing.end();
           });
  });
  return files;
}

class RightInItsOwnWay : public testing::TestWithParam<std::string> {};

TEST_P(RightInItsOwnWay, IsNotAccusedByScenarios) {
  const auto subject = open(seeded_path(GetParam()));
  EXPECT_TRUE(subject->describe().capabilities.validates_handles);
  Ledger ledger(documented);
  Findings findings(*subject, documented, {}, "replay");
  const auto results =
      play_suite(playable(suite_of({"JetDupSession", "JetBeginSession", "JetEndSession", "JetCreateInstance",
                                    "JetRestoreInstance", "JetBackupInstance", "JetSetSessionContext", "handles"}),
                          *subject),
                 *subject, documented, ledger, findings, {});
  EXPECT_GT(results.size(), 100u);
  for (const reports::Finding& finding : findings.all()) ADD_FAILURE() << finding.title << ": " << finding.scenario;
  for (const reports::ScenarioResult& result : results)
    EXPECT_TRUE(result.status == reports::ScenarioStatus::passed || result.status == reports::ScenarioStatus::skipped)
        << result.file << ": " << result.detail;
}

TEST_P(RightInItsOwnWay, IsNotAccusedBySequences) {
  const auto subject = open(seeded_path(GetParam()));
  for (const generate::Shape& shape : generate::shapes(1, 60, true, true)) {
    const Sequence sequence = run_sequence(*subject, shape, documented);
    ASSERT_FALSE(sequence.problem);
    if (sequence.deviation)
      FAIL() << describe(sequence.plan, sequence.plan.steps.back(), *sequence.deviation) << "\n"
             << testing::PrintToString(spelled(shrink(*subject, sequence, documented).plan));
  }
}

INSTANTIATE_TEST_SUITE_P(Subject, RightInItsOwnWay,
                         testing::Values("faithful", "leaves_out_untouched", "zeroes_out", "checks_in_another_order",
                                         "handles_of_its_own", "handles_that_never_come_back"),
                         [](const auto& subject) { return subject.param; });

TEST(SubjectWithAnotherOrderOfChecks, ReallyAnswersOtherwise) {
  // Otherwise the tests above would prove nothing: a scenario that passes on libesent is not shown here, and not failed.
  const auto subject = open(seeded_path("checks_in_another_order"));
  const scenario::Scenario scenario = scenario_of(R"(format: 1
claim: c
proves: [JetDupSession/ClientRequestToStopJetService]
given:
  - {instance: i, parameters: {JET_paramMaxSessions: 1}, sessions: [s]}
steps:
  - JetStopServiceInstance: {instance: i}
  - {JetDupSession: {sesid: s, psesid: t}, expect: JET_errClientRequestToStopJetService}
)");
  EXPECT_EQ(play_on(*open(libesent), scenario, documented).status, PlayStatus::shown);
  EXPECT_EQ(play_on(*subject, scenario, documented).status, PlayStatus::other_answer);
}

}  // namespace
}  // namespace esentcheck::check
