// What a step does to a file of the subject's.
#include "harness/subject/files.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

#include "harness/subject/directory.hpp"

namespace esentcheck::subject {
namespace {

namespace fs = std::filesystem;
using model::FileEvent;

class Files : public testing::Test {
 protected:
  Files() : world_(*worlds_.next({})) { std::ofstream(world_ / "a.edb") << "0123456789"; }

  /// What went wrong; empty: nothing.
  std::string becomes(FileEvent event, const std::string& file = "a.edb", std::uint64_t at = 0,
                      std::uint64_t bytes = 1) {
    plan::Plan plan;
    plan::Step step{.kind = plan::StepKind::file, .event = event};
    step.arguments[0] = plan::text_symbol(plan, file);
    step.arguments[1].number = at;
    step.arguments[2].number = bytes;
    const auto problem = worlds_.change_file(plan, step);
    return problem ? problem->sentence() : std::string();
  }

  std::string content() const {
    std::ifstream file(world_ / "a.edb", std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  bool can_be_locked() const {
    const int descriptor = open((world_ / "a.edb").c_str(), O_RDWR | O_CLOEXEC);
    const bool locked = flock(descriptor, LOCK_EX | LOCK_NB) == 0;
    close(descriptor);
    return locked;
  }

  Worlds worlds_ = std::move(*Worlds::make());
  fs::path world_;
};

TEST_F(Files, ThatAreDamagedHaveTheNamedBytesInverted) {
  EXPECT_EQ(becomes(FileEvent::damaged, "a.edb", 3, 2), "");
  EXPECT_EQ(content(), std::string("012\xcc\xcb") + "56789");
}

TEST_F(Files, AreDamagedNoFurtherThanTheirEnd) {
  EXPECT_EQ(becomes(FileEvent::damaged, "a.edb", 9, 100), "");
  EXPECT_EQ(content().size(), 10u);
  EXPECT_EQ(becomes(FileEvent::damaged, "a.edb", 10, 1), "a.edb: it has no byte 10");
}

TEST_F(Files, ThatAreForeignHoldSomethingElse) {
  EXPECT_EQ(becomes(FileEvent::foreign), "");
  EXPECT_TRUE(content().starts_with("this is no database"));
  EXPECT_EQ(becomes(FileEvent::foreign, "new.txt"), "");
  EXPECT_TRUE(fs::exists(world_ / "new.txt"));
}

TEST_F(Files, ThatAreReadOnlyLetNobodyWrite) {
  EXPECT_EQ(becomes(FileEvent::read_only), "");
  EXPECT_EQ(fs::status(world_ / "a.edb").permissions() & fs::perms(0222), fs::perms::none);
  EXPECT_EQ(becomes(FileEvent::writable), "");
  EXPECT_NE(fs::status(world_ / "a.edb").permissions() & fs::perms::owner_write, fs::perms::none);
}

TEST_F(Files, ThatAreHeldAreLockedUntilTheyAreReleasedOrTheWorldIsLeft) {
  EXPECT_TRUE(can_be_locked());
  EXPECT_EQ(becomes(FileEvent::held), "");
  EXPECT_FALSE(can_be_locked());
  EXPECT_EQ(becomes(FileEvent::released), "");
  EXPECT_TRUE(can_be_locked());
  EXPECT_EQ(becomes(FileEvent::held), "");
  ASSERT_TRUE(worlds_.next({}));
  EXPECT_TRUE(can_be_locked());
}

TEST_F(Files, MustBeThereAndInsideTheWorld) {
  EXPECT_EQ(becomes(FileEvent::damaged, "b.edb"), "b.edb: the subject has no such file");
  EXPECT_EQ(becomes(FileEvent::foreign, "../b.edb"),
            "../b.edb: a plan's file must be a relative path that does not leave its directory");
  EXPECT_EQ(becomes(FileEvent::foreign, "/tmp/b.edb"),
            "/tmp/b.edb: a plan's file must be a relative path that does not leave its directory");
}

}  // namespace
}  // namespace esentcheck::subject
