// replay shows every step, the same each time.
#include <gtest/gtest.h>

#include "program.hpp"

namespace esentcheck::command::tests {
namespace {

std::vector<std::string> replay_of(const std::string& scenario) { return {"replay", "--subject", LIBESENT, scenario}; }

TEST(Replay, ShowsEveryStepTheSameEachTime) {
  const auto typed = replay_of(SCENARIOS "/JetDupSession/default-limit-is-sixteen.yaml");
  const Ended once = run(typed, own_folder());
  EXPECT_EQ(once.status, 0) << once.out << once.err;
  EXPECT_EQ(once.err, "");
  EXPECT_NE(once.out.find("JetDupSession("), std::string::npos) << once.out;
  EXPECT_NE(once.out.find("JET_errOutOfSessions"), std::string::npos) << once.out;
  EXPECT_NE(once.out.find("\nas expected\n"), std::string::npos) << once.out;
  EXPECT_EQ(run(typed, own_folder()).out, once.out);
}

TEST(Replay, NamesTheThreadWhereThereAreSeveral) {
  const Ended ended =
      run(replay_of(SCENARIOS "/JetDupSession/dup-is-not-tied-to-the-thread-that-made-it.yaml"), own_folder());
  EXPECT_EQ(ended.status, 0) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("main: "), std::string::npos) << ended.out;
}

TEST(Replay, EndsThoughACallHangs) {
  const Ended ended = run({"replay", "--subject", SUBJECTS "/dup_hangs.so", "--time-limit", "1",
                           SCENARIOS "/JetDupSession/dup-starts-a-usable-session.yaml"},
                          own_folder());
  EXPECT_EQ(ended.status, 1) << ended.out << ended.err;
  EXPECT_NE(ended.out.find("\ndeviates: JetDupSession("), std::string::npos) << ended.out;
}

TEST(Replay, OfAWrongExpectationIsNotShown) {
  const Ended ended = run(replay_of(SCENARIOS "/must-fail/default-limit-is-seventeen.yaml"), own_folder());
  EXPECT_NE(ended.status, 0) << ended.out << ended.err;
}

}  // namespace
}  // namespace esentcheck::command::tests
