#include "reports/junit.hpp"

#include <gtest/gtest.h>

#include <pugixml.hpp>
#include <string>

#include "fixtures.hpp"

namespace esentcheck::reports {
namespace {

pugi::xml_document parsed(const Result& result) {
  pugi::xml_document document;
  EXPECT_TRUE(document.load_string(junit(result).c_str()));
  return document;
}

pugi::xml_node suite(const pugi::xml_document& document, const char* name) {
  return document.child("testsuites").find_child_by_attribute("testsuite", "name", name);
}

/// The one test of `suite` with an element `outcome`, "" if there is none or there are several.
std::string test_with(pugi::xml_node suite, const char* outcome) {
  std::string name;
  for (const pugi::xml_node test : suite.children("testcase")) {
    if (!test.child(outcome)) continue;
    if (!name.empty()) return "";
    name = test.attribute("name").value();
  }
  return name;
}

TEST(Junit, MapsScenarios) {
  const pugi::xml_document deviating = parsed(fixtures::deviating());
  const pugi::xml_node scenarios = suite(deviating, "scenarios");
  EXPECT_EQ(test_with(scenarios, "failure"),
            "The last session of the limit is given, the next refused [limit=1]");
  const pugi::xml_node failure = scenarios.child("testcase").child("failure");
  EXPECT_STREQ(failure.attribute("type").value(), "wrong-code");
  EXPECT_NE(std::string(failure.text().get()).find("replay: esentcheck replay"), std::string::npos);

  const pugi::xml_document incomplete = parsed(fixtures::incomplete());
  EXPECT_EQ(test_with(suite(incomplete, "scenarios"), "error"), "mine.yaml");
  EXPECT_EQ(suite(incomplete, "scenarios").attribute("skipped").as_int(), 2);
}

TEST(Junit, MapsTheLedger) {
  const pugi::xml_document incomplete = parsed(fixtures::incomplete());
  const pugi::xml_node ledger = suite(incomplete, "ledger");
  EXPECT_EQ(ledger.attribute("tests").as_int(), 13);
  EXPECT_EQ(ledger.attribute("failures").as_int(), 2);
  EXPECT_EQ(test_with(ledger, "skipped"), "JET_errOutOfMemory");
  const pugi::xml_document deviating = parsed(fixtures::deviating());
  EXPECT_EQ(suite(deviating, "ledger").attribute("failures").as_int(), 2);
}

TEST(Junit, ShowsEveryFindingOnce) {
  Result result = fixtures::deviating();
  result.findings.push_back(result.findings[0]);  // a second example of the same file, with the same title
  result.scenarios[1].status = ScenarioStatus::failed;
  result.scenarios[1].detail = result.findings[0].title;
  std::size_t shown = 0;
  const pugi::xml_document document = parsed(result);
  for (const auto& failure : document.select_nodes("//failure[text()]")) {
    EXPECT_FALSE(failure.node().attribute("message").empty());
    ++shown;
  }
  EXPECT_EQ(shown, result.findings.size());
}

TEST(Junit, EscapesWhatXmlTakesForMarkup) {
  const std::string text = junit(fixtures::hostile());
  EXPECT_NE(text.find("]]&gt;"), std::string::npos);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x01'), std::string::npos);
  EXPECT_EQ(text.find("&#27;"), std::string::npos);
  EXPECT_EQ(text.find('\xff'), std::string::npos);
  const pugi::xml_document document = parsed(fixtures::hostile());
  const std::string message = document.select_node("//failure").node().attribute("message").value();
  EXPECT_NE(message.find("<&>\"' ]]> "), std::string::npos) << message;
  EXPECT_NE(message.find("\xC3\xA4"), std::string::npos) << message;
}

}  // namespace
}  // namespace esentcheck::reports
