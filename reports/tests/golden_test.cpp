// What the writers write is pinned byte for byte: the golden files are the examples that a stranger reads
// first.
//
// After a change that is meant, set ESENTCHECK_REGENERATE_GOLDENS=1, run these tests once, and review the
// difference like any other change. A run that regenerates fails, so that nobody leaves the variable set.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"
#include "reports/terminal.hpp"

namespace esentcheck::reports {
namespace {

struct Golden {
  std::string file;
  Result (*fixture)();
  std::string (*write)(const Result&);
};

std::string narrow(const Result& result) {
  return terminal(result, {.colour = false, .width = 80});
}
std::string wide(const Result& result) {
  return terminal(result, {.colour = false, .width = 120});
}
std::string coloured(const Result& result) {
  return terminal(result, {.colour = true, .width = 100});
}
std::string ascii(const Result& result) {
  return terminal(result, {.colour = false, .width = 80, .unicode = false});
}

std::vector<Golden> goldens() {
  return {
      {"conforming.txt", fixtures::conforming, narrow},
      {"conforming.wide.txt", fixtures::conforming, wide},
      {"conforming.json", fixtures::conforming, json},
      {"conforming.xml", fixtures::conforming, junit},
      {"deviating.txt", fixtures::deviating, narrow},
      {"deviating.wide.txt", fixtures::deviating, wide},
      {"deviating.colour.txt", fixtures::deviating, coloured},
      {"deviating.ascii.txt", fixtures::deviating, ascii},
      {"deviating.json", fixtures::deviating, json},
      {"deviating.xml", fixtures::deviating, junit},
      {"incomplete.txt", fixtures::incomplete, narrow},
      {"incomplete.json", fixtures::incomplete, json},
      {"incomplete.xml", fixtures::incomplete, junit},
  };
}

void PrintTo(const Golden& golden, std::ostream* out) {
  *out << golden.file;
}

std::string content(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> all;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) all.push_back(line);
  return all;
}

class GoldenFile : public testing::TestWithParam<Golden> {};

TEST_P(GoldenFile, IsWrittenByteForByte) {
  const std::string path = std::string(ESENTCHECK_REPORTS_GOLDEN) + "/" + GetParam().file;
  const std::string written = GetParam().write(GetParam().fixture());
  if (std::getenv("ESENTCHECK_REGENERATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << written;
    FAIL() << "regenerated " << GetParam().file << "; unset ESENTCHECK_REGENERATE_GOLDENS and run again";
  }
  EXPECT_EQ(content(path), written);
}

TEST_P(GoldenFile, DiffersOnlyInTheDatesLineWhenOnlyTheDateDoes) {
  const Result today = GetParam().fixture();
  Result tomorrow = today;
  tomorrow.date = "2031-05-15T10:00:00Z";
  const std::vector<std::string> one = lines(GetParam().write(today));
  const std::vector<std::string> other = lines(GetParam().write(tomorrow));
  ASSERT_EQ(one.size(), other.size());
  std::size_t different = 0;
  for (std::size_t at = 0; at < one.size(); ++at) {
    if (one[at] == other[at]) continue;
    ++different;
    EXPECT_NE(one[at].find(today.date), std::string::npos) << one[at];
    EXPECT_NE(other[at].find(tomorrow.date), std::string::npos) << other[at];
  }
  EXPECT_EQ(different, 1U);
}

INSTANTIATE_TEST_SUITE_P(Reports, GoldenFile, testing::ValuesIn(goldens()), [](const auto& instance) {
  std::string name = instance.param.file;
  for (char& c : name) {
    if (c == '.') c = '_';
  }
  return name;
});

}  // namespace
}  // namespace esentcheck::reports
