// What the program says about itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "program.hpp"

namespace esentcheck::command::tests {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

Ended asked(const std::vector<std::string>& arguments) {
  Ended ended = run(arguments, own_folder());
  EXPECT_EQ(ended.status, 0);
  EXPECT_EQ(ended.err, "");
  return ended;
}

TEST(Help, NamesTheVersion) { EXPECT_EQ(asked({"--version"}).out, "esentcheck " VERSION "\n"); }

TEST(Help, NamesEveryCommandAndExitStatus) {
  const std::string help = asked({"--help"}).out;
  for (const char* word : {"conform", "run", "replay", "check", "list", "explain", "--version", "Exit status:", "  0  ",
                           "  1  ", "  2  ", "  3  ", "  4  ", "  5  "})
    EXPECT_NE(help.find(word), std::string::npos) << word << " is missing in:\n" << help;
}

TEST(Help, NamesEveryOptionOfACommand) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> commands{
      {"conform",
       {"--subject", "--profile", "--release", "--isolation", "--time-limit", "--seed", "--budget", "--sequences",
        "--scenarios", "--out"}},
      {"run", {"path", "--subject", "--profile", "--release", "--isolation", "--time-limit", "--out"}},
      {"replay", {"file", "--subject", "--profile", "--release", "--isolation", "--time-limit"}},
      {"list", {"kind", "functions, clauses, codes, scenarios", "--scenarios"}},
      {"check", {"trace", "--profile", "--release", "--untouched"}},
      {"explain", {"name", "A function, a code, a parameter or a clause"}}};
  for (const auto& [command, words] : commands) {
    const std::string help = asked({command, "--help"}).out;
    for (const std::string& word : words)
      EXPECT_NE(help.find(word), std::string::npos) << word << " is missing in the help of " << command << ":\n"
                                                    << help;
  }
}

TEST(Help, HasNoLineThatATerminalWraps) {
  for (const char* command : {"", "conform", "run", "replay", "check", "list", "explain"}) {
    std::vector<std::string> words{"--help"};
    if (*command != '\0') words.insert(words.begin(), command);
    for (const std::string& line : lines_of(asked(words).out)) EXPECT_LE(line.size(), 120U) << line;
  }
}

TEST(List, IsANameOnEachLine) {
  const std::vector<std::pair<std::string, std::string>> lists{{"functions", "JetDupSession "},
                                                               {"clauses", "JetDupSession/OutOfSessions"},
                                                               {"codes", "JET_errOutOfSessions"},
                                                               {"scenarios", "JetDupSession/"}};
  for (const auto& [kind, name] : lists) {
    const auto lines = lines_of(asked({"list", kind}).out);
    EXPECT_TRUE(std::ranges::any_of(lines, [&](const auto& line) { return line.find(name) != std::string::npos; }))
        << kind;
  }
}

TEST(Explain, KnowsEveryNameThatListPrints) {
  for (const std::string& clause : lines_of(asked({"list", "clauses"}).out)) {
    if (clause.find("JetDupSession/") != 0) continue;
    EXPECT_EQ(asked({"explain", clause}).out.find(clause), 0U);
  }
  EXPECT_NE(asked({"explain", "JetDupSession"}).out.find("JetDupSession/OutOfSessions"), std::string::npos);
  EXPECT_NE(asked({"explain", "JET_errOutOfSessions"}).out.find("JetBeginSession"), std::string::npos);
  EXPECT_NE(asked({"explain", "JET_paramMaxSessions"}).out.find("16"), std::string::npos);
}

}  // namespace
}  // namespace esentcheck::command::tests
