#include "reports/write.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "fixtures.hpp"
#include "reports/json.hpp"
#include "reports/junit.hpp"

namespace esentcheck::reports {
namespace {

namespace fs = std::filesystem;

/// A folder of the running test's own, gone when it ends.
class WriteAll : public testing::Test {
 protected:
  WriteAll()
      : folder_(fs::path(testing::TempDir()) /
                ("esentcheck-reports-" +
                 std::string(testing::UnitTest::GetInstance()->current_test_info()->name()))) {
    fs::remove_all(folder_);
  }
  ~WriteAll() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string content(const std::string& name) const {
    std::ostringstream text;
    text << std::ifstream(folder_ / name, std::ios::binary).rdbuf();
    return text.str();
  }

  [[nodiscard]] std::set<std::string> files() const {
    std::set<std::string> names;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
      names.insert(entry.path().filename().string());
    }
    return names;
  }

  fs::path folder_;
};

TEST_F(WriteAll, WritesBothReportsIntoANewFolder) {
  const Result result = fixtures::conforming();
  EXPECT_EQ(write_all(result, folder_ / "deep" / "er"), std::nullopt);
  EXPECT_EQ(content("deep/er/report.json"), json(result));
  EXPECT_EQ(content("deep/er/junit.xml"), junit(result));
}

TEST_F(WriteAll, ReplacesOlderReports) {
  EXPECT_EQ(write_all(fixtures::deviating(), folder_), std::nullopt);
  EXPECT_EQ(write_all(fixtures::conforming(), folder_), std::nullopt);
  EXPECT_EQ(content("report.json"), json(fixtures::conforming()));
  EXPECT_EQ(files(), (std::set<std::string>{"report.json", "junit.xml"}));
}

TEST_F(WriteAll, SaysWhichFolderCannotBeMade) {
  std::ofstream(folder_) << "a file";
  const auto sentence = write_all(fixtures::conforming(), folder_);
  ASSERT_TRUE(sentence.has_value());
  EXPECT_EQ(sentence->find("cannot make the folder " + folder_.string() + ": "), 0U) << *sentence;
}

TEST_F(WriteAll, SaysWhatCannotBeReplacedAndLeavesNoHalf) {
  fs::create_directories(folder_ / "report.json" / "in the way");
  const auto sentence = write_all(fixtures::conforming(), folder_);
  ASSERT_TRUE(sentence.has_value());
  EXPECT_EQ(sentence->find("cannot replace " + (folder_ / "report.json").string() + ": "), 0U) << *sentence;
  EXPECT_EQ(files(), std::set<std::string>{"report.json"});
}

TEST_F(WriteAll, KeepsTheOldReportsWhenTheDiskIsFull) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "there is no /dev/full here";
  ASSERT_EQ(write_all(fixtures::deviating(), folder_), std::nullopt);
  fs::create_symlink("/dev/full", folder_ / "junit.xml.partial");
  const auto sentence = write_all(fixtures::conforming(), folder_);
  ASSERT_TRUE(sentence.has_value());
  EXPECT_EQ(*sentence,
            "cannot write " + (folder_ / "junit.xml.partial").string() + ": No space left on device");
  EXPECT_EQ(content("report.json"), json(fixtures::deviating()));
  EXPECT_EQ(files(), (std::set<std::string>{"report.json", "junit.xml"}));
}

}  // namespace
}  // namespace esentcheck::reports
