#include <filesystem>
#include <fstream>

#include "harness/scenario/tests/refused_cases.hpp"
#include "harness/scenario/tests/support.hpp"

namespace esentcheck::scenario {
namespace {

class Refused : public testing::TestWithParam<RefusedCase> {};

TEST_P(Refused, SaysOneSentenceWithItsPlace) {
  const auto read = read_scenarios_from(GetParam().text, "t.yaml", two_clauses());
  ASSERT_FALSE(read) << "accepted:\n" << GetParam().text;
  EXPECT_EQ(read.error().sentence(), "t.yaml:" + GetParam().sentence) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(, Refused, testing::ValuesIn(refused_cases().begin(), refused_cases().end()),
                         [](const auto& each) { return each.param.name; });

std::string sentence_for(const std::string& path) {
  const auto read = read_scenarios(path, two_clauses());
  return read ? "accepted" : read.error().sentence();
}

TEST(RefusedFile, IsNotThere) { EXPECT_EQ(sentence_for("no/such.yaml"), "no/such.yaml: there is no such file"); }

TEST(RefusedFile, IsADirectory) {
  const std::string directory = testing::TempDir();
  EXPECT_EQ(sentence_for(directory), directory + ": this is not a file");
}

TEST(RefusedFile, IsTooLarge) {
  const std::string path = testing::TempDir() + "/esentcheck_large.yaml";
  std::ofstream(path) << std::string(most_bytes + 1, '#');
  EXPECT_EQ(sentence_for(path), path + ": the file is larger than 1048576 bytes");
  std::filesystem::remove(path);
}

TEST(RefusedFile, IsNamedInTheDiagnostic) {
  const std::string path = testing::TempDir() + "/esentcheck_empty.yaml";
  std::ofstream(path) << "";
  EXPECT_EQ(sentence_for(path), path + ":1:1: the file is empty");
  std::filesystem::remove(path);
}

TEST(RefusedFile, SurvivesAnyPrefixAndAnyLostByteOfAGoodFile) {
  const std::string good = head +
                           "examples: {n: [1, 2]}\ngiven: [{instance: i, sessions: [s]}]\nsteps:\n"
                           "  - JetDupSession: {sesid: s, psesid: \"t#\"}\n    repeat: \"${n}\"\n"
                           "    fault: {memory: each}\n    expect: [JET_errOutOfMemory]\n";
  for (std::size_t i = 0; i < good.size(); ++i) {
    for (std::string text : {good.substr(0, i), good.substr(0, i) + good.substr(i + 1)}) {
      const auto read = read_scenarios_from(text, "t.yaml", two_clauses());
      if (read) continue;
      EXPECT_EQ(read.error().sentence().find('\n'), std::string::npos) << text;
    }
  }
}

}  // namespace
}  // namespace esentcheck::scenario
