// Tests the tester. Each seeded subject is libesent with one visible defect: it must be found, by a scenario and by the
// sequences that conform generates, brought down to its shortest trace, blamed on the right function and clause, and
// written to a file that shows the defect again on the same subject and nothing on libesent. Right subjects that answer
// in unusual ways must not be accused.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "harness/check/campaign.hpp"
#include "harness/check/findings.hpp"
#include "harness/check/words.hpp"
#include "harness/generate/shape.hpp"
#include "harness/tests/defects.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;
using enum spec::Function;

const model::Profile documented;

/// As many as conform plays when nobody says how many.
constexpr std::size_t most_sequences = 300;

}  // namespace

// Where GoogleTest looks for it.
void PrintTo(const Defect& defect, std::ostream* out) { *out << defect.name; }

namespace {

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
    if (!finding.program_file.empty()) check_program(finding);
  }

  /// So does the C program.
  void check_program([[maybe_unused]] const reports::Finding& finding) {
#ifdef C_COMPILER
    using enum reports::FindingKind;
    const int status = status_of(finding, seeded_path(GetParam().name));
    if (finding.kind == crash)  // of a signal, or by an exit
      EXPECT_TRUE(status > 128 || status == 1) << finding.title;
    else
      EXPECT_EQ(status, finding.kind == hang ? 124 : 1) << finding.title;
    const int right = status_of(finding, libesent);
    EXPECT_TRUE(right == 0 || right == 2) << finding.title;
#endif
  }

#ifdef C_COMPILER
  int status_of(const reports::Finding& finding, const std::string& library) const {
    const std::filesystem::path there = folder.path() / "program";
    std::filesystem::remove_all(there);
    std::filesystem::create_directories(there / "empty");
    const std::string build =
        fmt::format("{} -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -I {} {} {} -Wl,-rpath,{} -pthread -o {}",
                    C_COMPILER, ESENT_INCLUDE, (folder.path() / finding.program_file).string(), library,
                    std::filesystem::path(library).parent_path().string(), (there / "program").string());
    EXPECT_EQ(std::system(build.c_str()), 0) << build;
    const std::string run = fmt::format("cd {} && timeout 5 ../program >../out 2>&1", (there / "empty").string());
    const int status = std::system(run.c_str());
    return WEXITSTATUS(status);
  }
#endif
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
  check(GetParam().by_scenarios);
  EXPECT_TRUE(std::ranges::any_of(ledger.cells(), [](const reports::Cell& cell) {
    return cell.status != reports::CellStatus::reached && cell.status != reports::CellStatus::not_tried;
  })) << "the matrix does not show it";
}

class FoundBySequences : public SeededDefect {
 protected:
  /// The first generated sequence that deviates in the expected way.
  std::optional<Sequence> find(const Expected& expected) {
    std::string others;
    Campaign campaign(*subject, documented, 1, most_sequences);
    while (!campaign.over()) {
      Sequence sequence = campaign.next();
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

std::vector<Defect> found_by_sequences() {
  std::vector<Defect> result;
  std::ranges::copy_if(defects(), std::back_inserter(result),
                       [](const Defect& d) { return d.by_sequences.has_value(); });
  return result;
}

// --- The catalogue ---

TEST(Catalogue, HoldsEverySubjectOnce) {
  std::multiset<std::string> listed(right_subjects().begin(), right_subjects().end());
  listed.insert(undefined_subjects().begin(), undefined_subjects().end());
  for (const Defect& defect : defects()) listed.insert(defect.name);
  std::multiset<std::string> built;
  std::istringstream names(SEEDED_NAMES);
  for (std::string name; std::getline(names, name, ',');) built.insert(name);
  EXPECT_EQ(listed, built);
}

TEST(Catalogue, HasFortyDefectsAndSomeOfEachCategory) {
  EXPECT_GE(defects().size(), 40u);
  std::set<Category> categories;
  for (const Defect& defect : defects()) categories.insert(defect.category);
  EXPECT_EQ(categories.size(), std::size_t{category_count});
}

INSTANTIATE_TEST_SUITE_P(Seeded, FoundByScenarios, testing::ValuesIn(defects()), name_of_defect);
INSTANTIATE_TEST_SUITE_P(Seeded, FoundBySequences, testing::ValuesIn(found_by_sequences()), name_of_defect);

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

class RightInItsOwnWay : public testing::TestWithParam<std::string> {};

TEST_P(RightInItsOwnWay, IsNotAccusedByScenarios) {
  const auto subject = open(seeded_path(GetParam()));
  EXPECT_TRUE(subject->describe().capabilities.validates_handles);
  Ledger ledger(documented);
  Findings findings(*subject, documented, {}, "replay");
  auto files = suite_of({"."});
  // Where two threads call at once its small numbers go wrong: one is given away before the call that had it has returned.
  if (GetParam() == "handles_of_its_own")
    std::erase_if(files, [](const ScenarioFile& file) { return file.name.starts_with("./races/"); });
  const auto results = play_suite(files, *subject, documented, ledger, findings, {});
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

INSTANTIATE_TEST_SUITE_P(Subject, RightInItsOwnWay, testing::ValuesIn(right_subjects()),
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
