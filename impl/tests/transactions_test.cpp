// Transactions: nesting, options and the thread that owns one.
#include <thread>

#include "support.hpp"

namespace esent_test {
namespace {

JET_ERR elsewhere(auto call) {
  JET_ERR err = 1;
  std::thread([&] { err = call(); }).join();
  return err;
}

TEST(Transactions, NestToSevenLevels) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  for (int level = 1; level <= 7; ++level) ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetBeginTransaction(sesid), JET_errTransTooDeep);
  for (int level = 7; level >= 1; --level) ASSERT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errNotInTransaction);
}

TEST(Transactions, RollbackUndoesOneLevelOrAll) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  for (int level = 1; level <= 3; ++level) ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errSuccess);
  EXPECT_EQ(JetRollback(sesid, JET_bitRollbackAll), JET_errSuccess);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errNotInTransaction);
  EXPECT_EQ(JetRollback(sesid, JET_bitRollbackAll), JET_errNotInTransaction);
}

TEST(Transactions, UnknownOptionsAreRefused) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetBeginTransaction2(sesid, 0x100), JET_errInvalidGrbit);
  ASSERT_EQ(JetBeginTransaction2(sesid, JET_bitTransactionReadOnly), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, 0x4), JET_errInvalidGrbit);
  EXPECT_EQ(JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit | JET_bitCommitLazyFlush), JET_errInvalidGrbit);
  EXPECT_EQ(JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit | JET_bitWaitAllLevel0Commit), JET_errInvalidGrbit);
  EXPECT_EQ(JetRollback(sesid, 2), JET_errInvalidGrbit);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
}

TEST(Transactions, TheWaitOptionsWorkOutsideATransactionAndCloseNone) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  commit_once(sesid, JET_bitCommitLazyFlush);
  EXPECT_EQ(JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit), JET_errSuccess);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, JET_bitWaitAllLevel0Commit), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
}

TEST(Transactions, BelongToTheThreadThatBeganThem) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(elsewhere([&] { return JetBeginTransaction(sesid); }), JET_errSessionSharingViolation);
  EXPECT_EQ(elsewhere([&] { return JetCommitTransaction(sesid, 0); }), JET_errSessionSharingViolation);
  EXPECT_EQ(elsewhere([&] { return JetRollback(sesid, 0); }), JET_errSessionSharingViolation);
  EXPECT_EQ(elsewhere([&] { return JetEndSession(sesid, 0); }), JET_errSessionInUse);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
  EXPECT_EQ(elsewhere([&] { return JetBeginTransaction(sesid); }), JET_errSuccess);
}

TEST(Transactions, ALaterThreadIsNotMistakenForAnEarlierOne) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(elsewhere([&] { return JetBeginTransaction(sesid); }), JET_errSuccess);
  // The system is likely to give the second thread the identity of the first.
  EXPECT_EQ(elsewhere([&] { return JetCommitTransaction(sesid, 0); }), JET_errSessionSharingViolation);
}

TEST(Transactions, EndingASessionRollsItsTransactionBack) {
  Running instance(1);
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetEndSession(sesid, JET_bitForceSessionClosed), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(instance.begin(), 0), JET_errNotInTransaction);
}

TEST(Transactions, ACopyOfASessionIsInNone) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  JET_SESID copy = 0;
  ASSERT_EQ(elsewhere([&] { return JetDupSession(sesid, &copy); }), JET_errSuccess);
  EXPECT_EQ(JetCommitTransaction(copy, 0), JET_errNotInTransaction);
}

}  // namespace
}  // namespace esent_test
