// The JSON Schema of the scenarios folder says the same as the reader, as far as a schema can.
#include <yaml-cpp/yaml.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "harness/scenario/names.hpp"
#include "harness/scenario/tests/refused_cases.hpp"
#include "harness/scenario/tests/support.hpp"
#include "reports/tests/schema_check.hpp"

namespace esentcheck::scenario {
namespace {

using nlohmann::json;

/// YAML as an editor sees it: plain scalars have types.
json to_json(const YAML::Node& node) {
  if (node.IsSequence()) {
    json list = json::array();
    for (const auto& each : node) list.push_back(to_json(each));
    return list;
  }
  if (node.IsMap()) {
    json object = json::object();
    for (const auto& each : node) object[each.first.Scalar()] = to_json(each.second);
    return object;
  }
  if (node.IsNull()) return nullptr;
  const std::string& text = node.Scalar();
  if (node.Tag() == "!") return text;
  if (text == "true" || text == "false") return text == "true";
  if (json number = json::parse(text, nullptr, false); number.is_number()) return number;
  return text;
}

json schema_document() { return json::parse(std::ifstream(SCENARIOS "/scenario.schema.json")); }

std::string objections(const std::string& yaml) {
  static const SchemaCheck schema(SCENARIOS "/scenario.schema.json");
  return schema.objections(to_json(YAML::Load(yaml)));
}

class SchemaAndReader : public testing::TestWithParam<RefusedCase> {};

TEST_P(SchemaAndReader, AgreeOnWhatIsWrong) {
  const RefusedCase& each = GetParam();
  if (each.schema == Schema::not_yaml) {
    EXPECT_FALSE(read_scenarios_from(each.text, "t.yaml", two_clauses()));
    return;
  }
  const std::string said = objections(each.text);
  EXPECT_EQ(said.empty(), each.schema == Schema::accepts) << each.text << said;
}

INSTANTIATE_TEST_SUITE_P(, SchemaAndReader, testing::ValuesIn(refused_cases().begin(), refused_cases().end()),
                         [](const auto& each) { return each.param.name; });

TEST(Schema, AcceptsWhatTheReaderAccepts) {
  for (const std::string& text : {
           head + "steps: [JetStopService: ]\n",
           head +
               "page: p\nwhy: w\nprofiles: [engine]\nneeds: [restart]\ndirectories: [d]\nvariables: [v]\n"
               "examples: {n: [1, -2, off, \"3\"]}\ngiven: [{instance: i, sessions: [s], initialized: true, "
               "parameters: {JET_paramMaxSessions: \"${n}\", JET_paramRecovery: off}}]\n"
               "steps:\n  - JetDupSession: {sesid: s, psesid: \"t#\"}\n    repeat: \"${n}\"\n    expect: any\n"
               "  - JetTerm: {instance: i}\n    thread: w\n    until: blocked\n  - finish: w\n    expect: \"${n}\"\n"
               "  - restart: process\n  - JetStopService: {}\n    fault: {memory: each}\n    expect: [JET_errSuccess]\n"
               "  - JetStopService: {}\n    fault: {sync: \"${n}\", as: interrupted, chance: 5, draw: 3}\n    until: "
               "returned\n"
               "    gives: 1\n",
           head + "examples: [{a: 1, b: x}]\nsteps:\n  - JetRestoreInstance: {instance: i}\n    until: callback\n"
                  "    session: r\n",
       })
    EXPECT_EQ(objections(text), "") << text;
}

/// The first YAML block of the scenarios folder's README, a whole scenario.
std::string example_of_the_readme() {
  std::ifstream stream(SCENARIOS "/README.md");
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  const std::string fence = "```yaml\n";
  const std::size_t begin = text.find(fence) + fence.size();
  return text.substr(begin, text.find("```", begin) - begin);
}

TEST(Readme, ShowsAScenarioThatIsAccepted) {
  const std::string text = example_of_the_readme();
  EXPECT_EQ(objections(text), "");
  const auto scenarios = read_all(text);
  EXPECT_EQ(scenarios.size(), 7U);
  EXPECT_EQ(scenarios[0].example, "limit=2");
}

template <class Rows>
std::set<std::string> names_of(const Rows& rows) {
  std::set<std::string> names;
  for (const auto& row : rows) names.insert(std::string(row.name));
  return names;
}

TEST(Schema, KnowsTheFunctionsOfTheSpecification) {
  const json document = schema_document();
  std::set<std::string> functions;
  for (const auto& [key, value] : document["definitions"]["call"]["properties"].items())
    if (key.rfind("Jet", 0) == 0) functions.insert(key);
  EXPECT_EQ(functions, names_of(spec::functions()));
}

TEST(Schema, KnowsTheNeedsAndProfiles) {
  const json document = schema_document();
  EXPECT_EQ(document["definitions"]["need"]["enum"].get<std::set<std::string>>(), names_of(need_names()));
  EXPECT_EQ(document["properties"]["profiles"]["items"]["enum"].get<std::set<std::string>>(),
            names_of(profile_names()));
}

}  // namespace
}  // namespace esentcheck::scenario
