// The shorthand, written out.
#include "harness/scenario/tests/support.hpp"

namespace esentcheck::scenario {
namespace {

std::string expanded(const std::string& given) {
  const std::string text = steps_of(read_one("given:\n" + given + "steps:\n  - JetStopService: {}\n"));
  return text.substr(0, text.find("  - JetStopService"));
}

TEST(Given, IsAnInstanceWithFoldersOfItsOwn) {
  EXPECT_EQ(expanded("  - instance: i\n"),
            "  - JetCreateInstance: {pinstance: i, szInstanceName: \"i\"}\n"
            "  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramSystemPath, szParam: \"i/\"}\n"
            "  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramLogFilePath, szParam: \"i/\"}\n"
            "  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramTempPath, szParam: \"i/tmp.edb\"}\n"
            "  - JetInit: {pinstance: i}\n");
}

TEST(Given, MakesTheFolderOfTheInstance) {
  EXPECT_EQ(read_one("given: [{instance: i}]\ndirectories: [b]\nsteps: [JetStopService: {}]\n").plan.directories,
            (std::vector<std::string>{"b", "i"}));
  EXPECT_EQ(read_one("given: [{instance: i}]\ndirectories: [i]\nsteps: [JetStopService: {}]\n").plan.directories,
            std::vector<std::string>{"i"});
}

TEST(Given, SetsParametersAndBeginsSessions) {
  const std::string text = expanded(
      "  - instance: i\n    parameters: {JET_paramMaxSessions: 2, JET_paramRecovery: off}\n    sessions: [s, t]\n");
  EXPECT_EQ(text.substr(text.find("  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramMaxSessions")),
            "  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramMaxSessions, lParam: 2}\n"
            "  - JetSetSystemParameter: {pinstance: i, paramid: JET_paramRecovery, szParam: \"off\"}\n"
            "  - JetInit: {pinstance: i}\n"
            "  - JetBeginSession: {instance: i, psesid: s}\n"
            "  - JetBeginSession: {instance: i, psesid: t}\n");
}

TEST(Given, LeavesAChosenFolderAlone) {
  const std::string text =
      expanded("  - {instance: i, parameters: {JET_paramSystemPath: shared/}, initialized: false}\n");
  EXPECT_EQ(text.find("SystemPath, szParam: \"i/\""), std::string::npos);
  EXPECT_NE(text.find("SystemPath, szParam: \"shared/\""), std::string::npos);
  EXPECT_NE(text.find("LogFilePath, szParam: \"i/\""), std::string::npos);
}

TEST(Given, MayBeCreatedOnly) {
  EXPECT_EQ(expanded("  - {instance: i, initialized: false}\n").find("JetInit"), std::string::npos);
}

TEST(Given, PointsAtItsOwnLines) {
  const Scenario scenario = read_one("given:\n  - instance: i\n    sessions: [s]\nsteps: [JetStopService: {}]\n");
  EXPECT_EQ(scenario.expectations.front().line, 5);
  EXPECT_EQ(scenario.expectations.front().column, 5);
  EXPECT_EQ(scenario.expectations[5].line, 6);
  EXPECT_EQ(scenario.expectations[5].column, 16);
  EXPECT_EQ(scenario.expectations[5].codes, std::vector{code("JET_errSuccess")});
}

}  // namespace
}  // namespace esentcheck::scenario
