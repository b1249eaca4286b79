// The session limit is exactly JET_paramMaxSessions, for each instance, by begin and dup together.
#include "support.hpp"

namespace esent_test {
namespace {

class Limit : public testing::TestWithParam<unsigned> {};

TEST_P(Limit, IsExactAndARefusedCallUsesNothingUp) {
  Running instance(GetParam());
  std::vector<JET_SESID> sessions;
  for (unsigned i = 0; i < GetParam(); ++i) {
    JET_SESID sesid = 0;
    const bool dup = i % 2 == 1;
    ASSERT_EQ(dup ? JetDupSession(sessions[0], &sesid) : JetBeginSession(instance.get(), &sesid, nullptr, nullptr), 0);
    sessions.push_back(sesid);
  }
  JET_SESID extra = 0;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(JetBeginSession(instance.get(), &extra, nullptr, nullptr), JET_errOutOfSessions);
    EXPECT_EQ(extra, JET_sesidNil);
    EXPECT_EQ(JetDupSession(sessions[0], &extra), JET_errOutOfSessions);
  }
  ASSERT_EQ(JetEndSession(sessions.back(), 0), JET_errSuccess);
  EXPECT_EQ(JetBeginSession(instance.get(), &extra, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetBeginSession(instance.get(), &extra, nullptr, nullptr), JET_errOutOfSessions);
}

INSTANTIATE_TEST_SUITE_P(Sizes, Limit, testing::Values(1U, 2U, 3U, 15U, 16U, 17U, 100U, 1000U));

TEST(Limits, TheDefaultIsSixteen) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  for (int i = 0; i < 16; ++i) ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errOutOfSessions);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Limits, ZeroMeansNone) {
  Running instance(0);
  JET_SESID sesid = 0;
  EXPECT_EQ(JetBeginSession(instance.get(), &sesid, nullptr, nullptr), JET_errOutOfSessions);
}

TEST(Limits, InstancesDoNotShare) {
  Running first(1, "first");
  Running second(1, "second");
  const JET_SESID sesid = first.begin();
  EXPECT_NE(second.begin(), sesid);
}

TEST(Limits, TheLimitIsFrozenOnceTheInstanceRuns) {
  Running instance;
  EXPECT_EQ(set_number(instance.get(), JET_paramMaxSessions, 20), JET_errAlreadyInitialized);
}

}  // namespace
}  // namespace esent_test
