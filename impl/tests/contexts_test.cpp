// Session contexts: who holds one may go on with the transaction that began under it.
#include <thread>

#include "support.hpp"

namespace esent_test {
namespace {

JET_ERR elsewhere(auto call) {
  JET_ERR err = 1;
  std::thread([&] { err = call(); }).join();
  return err;
}

TEST(Contexts, ZeroAndAllOnesAreNone) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetSetSessionContext(sesid, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetSetSessionContext(sesid, ~JET_API_PTR{0}), JET_errInvalidParameter);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errSessionContextNotSetByThisThread);
}

TEST(Contexts, AreSetOnceAndResetByTheirThread) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
  EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errSessionContextAlreadySet);
  EXPECT_EQ(elsewhere([&] { return JetSetSessionContext(sesid, 2); }), JET_errSessionContextAlreadySet);
  EXPECT_EQ(elsewhere([&] { return JetResetSessionContext(sesid); }), JET_errSessionContextNotSetByThisThread);
  EXPECT_EQ(elsewhere([&] { return JetEndSession(sesid, 0); }), JET_errSessionInUse);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errSuccess);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errSessionContextNotSetByThisThread);
}

TEST(Contexts, ATransactionUnderOneMovesWithIt) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetResetSessionContext(sesid), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSessionSharingViolation);
  EXPECT_EQ(elsewhere([&] {
              EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
              EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
              return JetResetSessionContext(sesid);
            }),
            JET_errSuccess);
}

TEST(Contexts, OneSetInsideATransactionLeavesItsOwner) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(elsewhere([&] {
              EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
              EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSessionSharingViolation);
              return JetResetSessionContext(sesid);
            }),
            JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
