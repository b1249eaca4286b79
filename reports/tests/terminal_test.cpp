// What holds of every page; the golden files show how one looks.
#include "reports/terminal.hpp"

#include <gtest/gtest.h>

#include <regex>
#include <sstream>
#include <string>

#include "fixtures.hpp"
#include "reports/text.hpp"

namespace esentcheck::reports {
namespace {

std::string without_escapes(const std::string& page) {
  return std::regex_replace(page, std::regex("\x1b\\[[0-9;]*m"), "");
}

std::string last_line(const std::string& page) {
  return page.substr(page.rfind('\n', page.size() - 2) + 1);
}

TEST(Terminal, EndsInTheVerdict) {
  EXPECT_EQ(last_line(terminal(fixtures::conforming(), {.width = 120})),
            "  verdict     conforms: every documented code is reached or has a reason why it cannot be\n");
  EXPECT_EQ(last_line(terminal(fixtures::incomplete(), {})),
            "  verdict     incomplete: 2 cells not tried, 1 scenario invalid\n");
}

TEST(Terminal, ColourOnlyAddsColour) {
  for (const Result& result : {fixtures::conforming(), fixtures::deviating(), fixtures::incomplete()}) {
    const std::string coloured = terminal(result, {.colour = true, .width = 100});
    const std::string plain = terminal(result, {.colour = false, .width = 100});
    EXPECT_NE(coloured, plain);
    EXPECT_EQ(without_escapes(coloured), plain);
  }
}

TEST(Terminal, KeepsToTheWidthAndLeavesNoSpacesAtTheEnd) {
  for (const int width : {80, 100, 120}) {
    for (const Result& result : {fixtures::conforming(), fixtures::deviating(), fixtures::incomplete()}) {
      std::istringstream page(terminal(result, {.colour = false, .width = width}));
      for (std::string line; std::getline(page, line);) {
        EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
        const bool to_copy = line.find("replay") != std::string::npos;
        EXPECT_TRUE(to_copy || columns(line) <= static_cast<std::size_t>(width)) << line;
      }
    }
  }
}

TEST(Terminal, TakesAnyWidth) {
  const Result result = fixtures::deviating();
  const std::string narrowest = terminal(result, {.colour = false, .width = 40});
  for (const int width : {-1, 0, 1, 39})
    EXPECT_EQ(terminal(result, {.colour = false, .width = width}), narrowest);
  EXPECT_NE(terminal(result, {.colour = false, .width = 100000}), "");
}

TEST(Terminal, InAsciiWhenAsked) {
  const std::string page = terminal(fixtures::deviating(), {.colour = false, .width = 80, .unicode = false});
  for (const char c : page) EXPECT_LT(static_cast<unsigned char>(c), 0x7F);
}

TEST(Terminal, IsNotSteeredByWhatASubjectSays) {
  const std::string page = terminal(fixtures::hostile(), {.colour = false, .width = 80});
  EXPECT_EQ(page.find('\x1b'), std::string::npos);
  EXPECT_EQ(printable(page), page);
}

TEST(Terminal, ShowsAnEmptyRun) {
  const std::string page = terminal(Result{}, {});
  EXPECT_EQ(last_line(page), "  verdict     incomplete: no cell was reached\n");
}

TEST(SkippedScenarios, NameAFileOnceForAllItsExamples) {
  Result result = fixtures::conforming();
  for (const char* example : {"limit=1", "limit=2", "limit=3"})
    result.scenarios.push_back({"a/many.yaml", example, "", ScenarioStatus::skipped, "not for this profile", 0});
  result.scenarios.push_back({"a/one.yaml", "limit=1", "", ScenarioStatus::skipped, "not for this profile", 0});
  const std::string page = terminal(result, {});
  EXPECT_NE(page.find("a/many.yaml [3 examples]\n"), std::string::npos);
  EXPECT_EQ(page.find("limit=2"), std::string::npos);
  EXPECT_NE(page.find("a/one.yaml [limit=1]\n"), std::string::npos);
}

TEST(SkippedScenarios, AreOnlyCountedWhereThereAreMany) {
  Result result = fixtures::conforming();
  for (int i = 10; i < 30; ++i)
    result.scenarios.push_back(
        {"a/" + std::to_string(i) + ".yaml", "", "", ScenarioStatus::skipped, "not for this profile", 0});
  const std::string page = terminal(result, {});
  EXPECT_NE(page.find("a/21.yaml\n"), std::string::npos);
  EXPECT_EQ(page.find("a/22.yaml"), std::string::npos);
  EXPECT_NE(page.find("and 8 more, which the report names\n"), std::string::npos);
}

}  // namespace
}  // namespace esentcheck::reports
