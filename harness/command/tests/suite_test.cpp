// The files that test the runner itself: what must be refused, and what must be judged wrong.
#include <gtest/gtest.h>

#include <algorithm>

#include "program.hpp"

namespace esentcheck::command::tests {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> files_in(const char* folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(SCENARIOS) / folder)) names.push_back(entry.path().stem());
  std::ranges::sort(names);
  return names;
}

std::string name_of(const testing::TestParamInfo<std::string>& info) {
  std::string name = info.param;
  std::ranges::replace(name, '-', '_');
  return name;
}

class Rejected : public testing::TestWithParam<std::string> {};

TEST_P(Rejected, WithTheSentenceInItsFirstLine) {
  const std::string file = GetParam() + ".yaml";
  const std::string text = contents(fs::path(SCENARIOS) / "rejected" / file);
  const std::string announced = "# expect: ";
  ASSERT_EQ(text.find(announced), 0U);
  const std::string sentence = text.substr(announced.size(), text.find('\n') - announced.size());
  const Ended ended = run({"replay", "--subject", LIBESENT, file}, fs::path(SCENARIOS) / "rejected");
  EXPECT_EQ(ended.err, "esentcheck: " + file + ":" + sentence + "\n");
  EXPECT_EQ(ended.status, 2);
}
INSTANTIATE_TEST_SUITE_P(Files, Rejected, testing::ValuesIn(files_in("rejected")), name_of);

class MustFail : public testing::TestWithParam<std::string> {};

TEST_P(MustFail, IsJudgedWrong) {
  const Ended ended = run({"run", "--subject", LIBESENT, GetParam() + ".yaml"}, fs::path(SCENARIOS) / "must-fail");
  EXPECT_TRUE(ended.status == 1 || ended.status == 3) << ended.status << "\n" << ended.out << ended.err;
}
INSTANTIATE_TEST_SUITE_P(Files, MustFail, testing::ValuesIn(files_in("must-fail")), name_of);

}  // namespace
}  // namespace esentcheck::command::tests
