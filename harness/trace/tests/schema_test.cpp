// The JSON Schema accepts every recorded line and what the reader accepts, and refuses what it refuses, as far as a schema
// can.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "harness/trace/tests/support.hpp"
#include "harness/trace/text_lines.hpp"
#include "reports/tests/schema_check.hpp"

namespace esentcheck::trace::testing {
namespace {

using nlohmann::json;

bool accepts(const std::string& line) {
  static const SchemaCheck schema(SCHEMA);
  return schema.objections(json::parse(line)).empty();
}

TEST(TraceSchema, AcceptsTheRecordings) {
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(RECORDINGS)) {
    if (entry.path().extension() != ".xz") continue;
    const auto lines = lines_of(entry.path());
    ASSERT_TRUE(lines);
    // Lines of a family are alike; every twentieth shows each kind.
    for (std::size_t i = 0; i < lines->size(); i += 20) EXPECT_TRUE(accepts((*lines)[i])) << (*lines)[i];
    ++files;
  }
  EXPECT_GT(files, 50U);
}

TEST(TraceSchema, RefusesWhatTheReaderRefuses) {
  for (const std::string line : {
           R"({"call":"JetGetVersion","args":{},"code":0})",
           R"({"thread":"one","call":"JetGetVersion","args":{},"code":0})",
           R"({"thread":"T1","call":"JetGetVersion","args":{}})",
           R"({"thread":"T1","call":"JetGetVersion","args":{},"code":0,"crash":true})",
           R"({"thread":"T1","call":"JetGetVersion","args":{},"code":0,"end":2})",
           R"({"thread":"T1","call":"JetGetVersion","args":{},"code":0,"result":2})",
           R"({"engine":"slow","mkdir":{"text":"a"}})",
           R"({"n":1})",
       }) {
    EXPECT_FALSE(accepts(line)) << line;
    EXPECT_NE(complaint({line}), "") << line;
  }
}

}  // namespace
}  // namespace esentcheck::trace::testing
