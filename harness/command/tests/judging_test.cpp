// Subjects judged from end to end: what is printed, what is written, how it ends.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <pugixml.hpp>

#include "program.hpp"
#include "reports/tests/schema_check.hpp"

namespace esentcheck::command::tests {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

/// "" when the schema accepts `report`, else where it does not and why.
std::string refusal(const Json& report) { return SchemaCheck(REPORT_SCHEMA).objections(report); }

Json report_in(const fs::path& folder) {
  const Json report = Json::parse(contents(folder / "report.json"), nullptr, false);
  EXPECT_FALSE(report.is_discarded()) << "report.json is not JSON";
  EXPECT_EQ(refusal(report), "");
  pugi::xml_document junit;
  EXPECT_TRUE(junit.load_file((folder / "junit.xml").c_str())) << "junit.xml is not XML";
  EXPECT_TRUE(junit.child("testsuites"));
  return report;
}

std::size_t cells(const Json& report, const std::string& function, const std::string& status) {
  return static_cast<std::size_t>(std::ranges::count_if(report.at("cells"), [&](const Json& cell) {
    return cell.at("function") == function && cell.at("status") == status;
  }));
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  return text.substr(text.find_last_of('\n', end) + 1, end - text.find_last_of('\n', end));
}

bool says(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

fs::path subfolder(const char* name) {
  const fs::path folder = own_folder() / name;
  fs::create_directories(folder);
  return folder;
}

TEST(Conform, FindsThatOurLibraryConforms) {
  setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
  const std::vector<std::string> typed{"conform", "--subject", LIBESENT,   "--seed", "7",     "--sequences", "30",
                                       "--races", "20",        "--faults", "150",    "--out", "report"};
  const fs::path first = subfolder("first");
  const Ended ended = run(typed, first);
  EXPECT_EQ(ended.status, 0) << ended.out;
  EXPECT_EQ(last_line(ended.out), "report: report/report.json");
  EXPECT_TRUE(says(ended.out, "verdict     conforms")) << ended.out;

  const Json report = report_in(first / "report");
  EXPECT_EQ(report.at("verdict"), "conforms");
  EXPECT_EQ(report.at("seed"), 7);
  EXPECT_EQ(report.at("date"), "2023-11-14T22:13:20Z");
  EXPECT_EQ(report.at("findings"), Json::array());
  // A sanitizer's runtime owns the memory, so nothing can refuse it there; the cell then says so.
  const Json& has = report.at("subject").at("capabilities");
  const bool refuses_memory = std::ranges::find(has, "memory-faults") != has.end();
  EXPECT_EQ(cells(report, "JetDupSession", "reached"), refuses_memory ? 9U : 8U);
  EXPECT_EQ(cells(report, "JetDupSession", "unreachable"), refuses_memory ? 0U : 1U);
  for (const Json& cell : report.at("cells")) {
    if (cell.at("status") == "reached")
      EXPECT_FALSE(cell.at("scenarios").empty()) << cell;
    else
      EXPECT_NE(cell.at("reason"), "") << cell;
  }

  // The same once more, somewhere else: the same bytes.
  const fs::path second = subfolder("second");
  const Ended again = run(typed, second);
  EXPECT_EQ(again.out, ended.out);
  EXPECT_EQ(again.err, ended.err);
  EXPECT_EQ(contents(second / "report/report.json"), contents(first / "report/report.json"));
  EXPECT_EQ(contents(second / "report/junit.xml"), contents(first / "report/junit.xml"));
}

class UnderAnotherProfile : public testing::TestWithParam<const char*> {};

/// Our library does what is documented, so the real engine's readings must find it wrong, and say of what.
TEST_P(UnderAnotherProfile, OurLibraryDeviatesExplainably) {
  const Ended ended = run(
      {"conform", "--subject", LIBESENT, "--profile", GetParam(), "--budget", "quick", "--out", "out"}, own_folder());
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  const Json report = report_in(own_folder() / "out");
  EXPECT_EQ(report.at("profile"), GetParam());
  EXPECT_FALSE(report.at("findings").empty());
  for (const Json& finding : report.at("findings")) {
    EXPECT_NE(finding.at("title"), "");
    EXPECT_FALSE(finding.at("allowed").empty()) << finding;
    EXPECT_FALSE(finding.at("trace").empty()) << finding;
    EXPECT_NE(finding.at("kind"), "crash") << finding;
    EXPECT_TRUE(fs::exists(own_folder() / "out" / finding.at("trace_file").get<std::string>())) << finding;
  }
}
INSTANTIATE_TEST_SUITE_P(Profiles, UnderAnotherProfile, testing::Values("engine", "engine-fast"),
                         [](const auto& profile) { return profile.index == 0 ? "Engine" : "EngineFast"; });

TEST(Conform, ListsWhatALibraryLacksAndIsNotGreen) {
  const Ended ended =
      run({"conform", "--subject", TOYS "/only_begin_session.so", "--budget", "quick", "--out", "out"}, own_folder());
  EXPECT_NE(ended.status, 0);
  EXPECT_TRUE(says(ended.out, "JetDupSession")) << ended.out;
  const Json report = report_in(own_folder() / "out");
  EXPECT_NE(report.at("verdict"), "conforms");
  const Json& lacks = report.at("subject").at("not_implemented");
  EXPECT_NE(std::ranges::find(lacks, "JetDupSession"), lacks.end());
  EXPECT_EQ(std::ranges::find(lacks, "JetBeginSession"), lacks.end());
  EXPECT_EQ(cells(report, "JetDupSession", "reached"), 0U);
}

TEST(Conform, SurvivesASubjectThatCrashes) {
  const Ended ended = run(
      {"conform", "--subject", TOYS "/crashes_in_third_call.so", "--budget", "quick", "--out", "out"}, own_folder());
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  const Json report = report_in(own_folder() / "out");
  EXPECT_EQ(report.at("verdict"), "deviates");
}

struct Bad {
  std::string library;
  std::string kind;
};
void PrintTo(const Bad& bad, std::ostream* out) { *out << bad.kind; }

class BadSubject : public testing::TestWithParam<Bad> {};

TEST_P(BadSubject, IsAFindingThatCanBeReplayed) {
  const std::string library = GetParam().library;
  const Ended ended = run({"run", "--subject", library, "--time-limit", "1", "--out", "out",
                           SCENARIOS "/JetDupSession/dup-starts-a-usable-session.yaml"},
                          own_folder());
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  const Json report = report_in(own_folder() / "out");
  ASSERT_EQ(report.at("findings").size(), 1U);
  const Json& finding = report.at("findings")[0];
  EXPECT_EQ(finding.at("kind"), GetParam().kind);
  EXPECT_TRUE(says(finding.at("replay"), "esentcheck replay --subject " + library)) << finding.at("replay");

  const fs::path trace = own_folder() / "out" / finding.at("trace_file").get<std::string>();
  const std::vector<std::string> replay{"replay", "--subject", library, "--time-limit", "1", trace};
  const Ended replayed = run(replay, own_folder());
  EXPECT_EQ(replayed.status, 1) << replayed.out << replayed.err;
  EXPECT_TRUE(says(replayed.out, "deviates: ")) << replayed.out;
  EXPECT_EQ(run(replay, own_folder()).out, replayed.out);
}
INSTANTIATE_TEST_SUITE_P(Kinds, BadSubject,
                         testing::Values(Bad{SUBJECTS "/dup_crashes.so", "crash"},
                                         Bad{TOYS "/only_begin_session.so", "not-implemented"}),
                         [](const auto& bad) {
                           std::string name = bad.param.kind;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(Run, TakesAFolderAFileOrSeveral) {
  const std::string file = SCENARIOS "/JetDupSession/default-limit-is-sixteen.yaml";
  const auto passed = [](const std::vector<std::string>& paths) {
    std::vector<std::string> typed{"run", "--subject", LIBESENT, "--out", "out"};
    typed.insert(typed.end(), paths.begin(), paths.end());
    const Ended ended = run(typed, own_folder());
    EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
    return report_in(own_folder() / "out").at("scenarios").size();
  };
  EXPECT_EQ(passed({file}), 1U);
  const std::size_t folder = passed({SCENARIOS "/JetGetVersion"});
  EXPECT_GE(folder, 1U);
  EXPECT_EQ(passed({file, SCENARIOS "/JetGetVersion"}), folder + 1);
}

TEST(Run, WritesNothingUnlessAsked) {
  const fs::path folder = subfolder("here");
  EXPECT_EQ(run({"run", "--subject", LIBESENT, SCENARIOS "/JetGetVersion"}, folder).status, 0);
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST(Run, JudgesInThisProcessWhereAsked) {
  const Ended ended =
      run({"run", "--subject", LIBESENT, "--isolation", "none", SCENARIOS "/JetGetVersion"}, own_folder());
  EXPECT_NE(ended.status, 1) << ended.out << ended.err;
  EXPECT_GE(ended.status, 0) << ended.out << ended.err;
}

}  // namespace
}  // namespace esentcheck::command::tests
