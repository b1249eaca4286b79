// check, as a user types it.
#include <gtest/gtest.h>

#include <fstream>

#include "program.hpp"

namespace esentcheck::command::tests {
namespace {

std::filesystem::path trace(const std::string& text) {
  const std::filesystem::path file = own_folder() / "trace.jsonl";
  std::ofstream(file) << text;
  return file;
}

const std::string init =
    R"({"thread":"T1","call":"JetInit","args":{"pinstance":"&i"},"code":"JET_errSuccess","out":{"i":"h1"}})"
    "\n";

std::string begin_session(const std::string& instance, const std::string& result) {
  return R"({"thread":"T1","call":"JetBeginSession","args":{"instance":)" + instance +
         R"(,"psesid":"&s","szUserName":null,"szPassword":null},)" + result + "}\n";
}

TEST(Check, ExplainsATrace) {
  const auto file = trace(init + begin_session("\"i\"", R"("code":"JET_errSuccess","out":{"s":"h2"})"));
  const Ended ended = run({"check", file.string()}, own_folder());
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_EQ(ended.out, file.string() +
                           ": 1 of 1 runs explained\n1 of 1 runs explained; 2 calls judged, 0 of other "
                           "functions\n");
}

TEST(Check, SaysWhatWasAllowedAndWhoExplainsIt) {
  const auto file = trace(init + begin_session(R"({"garbage":4096})", R"("code":"JET_errSuccess","out":{"s":"h2"})"));
  const Ended ended = run({"check", file.string(), "--profile", "engine"}, own_folder());
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  EXPECT_EQ(ended.out,
            file.string() +
                ":2: JetBeginSession returned JET_errSuccess, which no clause allows here\n"
                "  run      the trace\n"
                "  profile  engine\n"
                "  allowed  JET_errInvalidInstance (JetBeginSession/InvalidInstance) [jetbeginsession-function]\n"
                "  others   it is explained by engine-fast\n" +
                file.string() +
                ": 0 of 1 runs explained\n0 of 1 runs explained; 1 calls judged, 0 of other functions\n");
}

TEST(Check, ListsTheClausesThatExplainedNothing) {
  const Ended ended = run({"check", trace(init).string(), "--untouched"}, own_folder());
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("untouched JetDupSession/OutOfSessions\n"), std::string::npos) << ended.out;
  EXPECT_EQ(ended.out.find("untouched JetInit/Success\n"), std::string::npos) << ended.out;
}

TEST(Check, RefusesABadTrace) {
  const auto file = trace(init + "{}\n");
  const Ended ended = run({"check", file.string()}, own_folder());
  EXPECT_EQ(ended.status, 2) << ended.out << ended.err;
  EXPECT_EQ(ended.err,
            "esentcheck: " + file.string() +
                ":2:1: the line makes no call, and is no \"set\", \"mkdir\", \"release\" or \"join\" either\n");
}

TEST(Check, RefusesAnUnknownProfile) {
  const Ended ended = run({"check", "t.jsonl", "--profile", "fast"}, own_folder());
  EXPECT_EQ(ended.status, 2);
  EXPECT_EQ(ended.err, "esentcheck: --profile: \"fast\" is not one of documented, engine, engine-fast\n");
}

}  // namespace
}  // namespace esentcheck::command::tests
