// report.schema.json accepts what the writer writes and refuses what it must not, by a validator that is not
// ours.
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <functional>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "reports/json.hpp"
#include "reports/names.hpp"
#include "reports/tests/schema_check.hpp"

namespace esentcheck::reports {
namespace {

using Json = nlohmann::json;

/// "" when the schema accepts `report`, else where it does not and why.
std::string refusal(const Json& report) {
  static const SchemaCheck schema(ESENTCHECK_REPORT_SCHEMA);
  return schema.objections(report);
}

Json report_of(const Result& result) {
  return Json::parse(json(result));
}

TEST(Schema, AcceptsEveryReport) {
  for (const Result& result :
       {fixtures::conforming(), fixtures::deviating(), fixtures::incomplete(), fixtures::hostile()}) {
    EXPECT_EQ(refusal(report_of(result)), "");
  }
}

TEST(Schema, AcceptsEverySpelling) {
  Result result = fixtures::deviating();
  for (const FindingKind kind :
       {FindingKind::wrong_code, FindingKind::wrong_value, FindingKind::usable_handle,
        FindingKind::duplicate_handle, FindingKind::crash, FindingKind::hang, FindingKind::not_implemented,
        FindingKind::stuck_callback, FindingKind::race, FindingKind::deadlock, FindingKind::no_progress,
        FindingKind::lock_misuse, FindingKind::leak, FindingKind::not_durable, FindingKind::nondeterminism}) {
    result.findings[0].kind = kind;
    EXPECT_EQ(refusal(report_of(result)), "") << name(kind);
  }
  for (const ScenarioStatus status :
       {ScenarioStatus::passed, ScenarioStatus::failed, ScenarioStatus::skipped, ScenarioStatus::invalid}) {
    result.scenarios[0].status = status;
    EXPECT_EQ(refusal(report_of(result)), "") << name(status);
  }
}

TEST(Schema, AcceptsLargeSeeds) {
  Result result = fixtures::conforming();
  result.seed = std::numeric_limits<std::uint64_t>::max();
  EXPECT_NE(json(result).find("\"seed\": 18446744073709551615"), std::string::npos);
  result.seed = std::numeric_limits<std::int64_t>::max();  // as far as this validator counts
  EXPECT_EQ(refusal(report_of(result)), "");
}

/// Every object of a report, by its place, so that no level of the schema is forgotten.
void each_object(const Json& value, const Json::json_pointer& place,
                 const std::function<void(const Json::json_pointer&)>& visit) {
  if (value.is_object()) visit(place);
  if (!value.is_structured()) return;
  for (const auto& [key, child] : value.items()) {
    if (value.is_array()) {
      each_object(child, place / std::stoul(key), visit);
    } else {
      each_object(child, place / key, visit);
    }
  }
}

TEST(Schema, RefusesAMissingKeyAtEveryPlace) {
  const Json report = report_of(fixtures::deviating());
  each_object(report, Json::json_pointer(), [&report](const Json::json_pointer& place) {
    for (const auto& [key, value] : report[place].items()) {
      Json without = report;
      without[place].erase(key);
      EXPECT_NE(refusal(without), "") << place.to_string() << "/" << key;
    }
  });
}

TEST(Schema, RefusesAnExtraKeyAtEveryPlace) {
  const Json report = report_of(fixtures::deviating());
  each_object(report, Json::json_pointer(), [&report](const Json::json_pointer& place) {
    Json with = report;
    with[place]["colour"] = "blue";
    EXPECT_NE(refusal(with), "") << place.to_string();
  });
}

struct Change {
  std::string place;
  Json value;
};

TEST(Schema, RefusesWrongValues) {
  const std::vector<Change> changes{
      {"/schema", "esentcheck-report/2"},
      {"/verdict", "fine"},
      {"/verdict", "conforms"},  // with findings
      {"/profile", "wishful"},
      {"/seed", -1},
      {"/seed", "42"},
      {"/date", "yesterday"},
      {"/subject/isolation", "prayer"},
      {"/cells/0/status", "green"},
      {"/cells/0/status", "not_tried"},
      {"/cells/0/status", "unreachable"},     // without a reason
      {"/cells/0/scenarios", Json::array()},  // reached without a proof
      {"/cells/0/code", "Success"},
      {"/findings/0/kind", "oddity"},
      {"/findings/0/trace", "JetInit"},
      {"/scenarios/0/status", "ok"},
      {"/generated/calls", 0.5},
  };
  const Json report = report_of(fixtures::deviating());
  ASSERT_EQ(refusal(report), "");
  for (const Change& change : changes) {
    Json changed = report;
    changed[Json::json_pointer(change.place)] = change.value;
    EXPECT_NE(refusal(changed), "") << change.place << " = " << change.value;
  }
}

}  // namespace
}  // namespace esentcheck::reports
