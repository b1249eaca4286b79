// A log that cannot be written makes the instance unavailable for good. The disk is made to fail by the limit
// of the process on the size of files.
#include "file_size_limit.hpp"
#include "support.hpp"

namespace esent_test {
namespace {

// The number of bytes leaves room for no record, or for a part of one.
class FailingWrites : public testing::TestWithParam<rlim_t> {};

TEST_P(FailingWrites, TakeTheInstanceDownUntilTheNextInit) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  {
    const FileSizeLimit limit(GetParam());
    EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errLogWriteFail);
  }
  JET_SESID copy = 0;
  uint32_t version = 0;
  JET_API_PTR value = 0;
  EXPECT_EQ(JetDupSession(sesid, &copy), JET_errInstanceUnavailable);
  EXPECT_EQ(JetBeginSession(instance.get(), &copy, nullptr, nullptr), JET_errInstanceUnavailable);
  EXPECT_EQ(JetBeginTransaction(sesid), JET_errInstanceUnavailable);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errInstanceUnavailable);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errInstanceUnavailable);
  EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errInstanceUnavailable);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errInstanceUnavailable);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errInstanceUnavailable);
  EXPECT_EQ(JetGetVersion(sesid, &version), JET_errInstanceUnavailable);
  EXPECT_EQ(JetBackupInstance(instance.get(), nullptr, 0, nullptr), JET_errInstanceUnavailable);
  EXPECT_EQ(JetGetSystemParameter(0, sesid, JET_paramMaxSessions, &value, nullptr, 0), JET_errInstanceUnavailable);
  EXPECT_EQ(instance.term(), JET_errSuccess);
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

INSTANTIATE_TEST_SUITE_P(Bytes, FailingWrites, testing::Values(64, 80));

// Ends what is open in one way or the other while nothing can be written; gives the code, and the session's next one.
std::pair<JET_ERR, JET_ERR> undo_without_room(JET_ERR (*undo)(JET_SESID, JET_GRBIT), JET_GRBIT begin) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetBeginTransaction2(sesid, begin), JET_errSuccess);
  const FileSizeLimit limit(64);
  const JET_ERR err = undo(sesid, 0);
  return {err, JetRollback(sesid, 0)};
}

TEST(FailingWrites, StopAnUndoWithACodeOfItsOwn) {
  const std::pair stopped{JET_errRollbackError, JET_errInstanceUnavailable};
  EXPECT_EQ(undo_without_room(JetRollback, 0), stopped);
  EXPECT_EQ(undo_without_room(JetEndSession, 0), stopped);
  // What only reads has nothing to log.
  EXPECT_EQ(undo_without_room(JetRollback, JET_bitTransactionReadOnly),
            std::pair(JET_errSuccess, JET_errNotInTransaction));
  EXPECT_EQ(undo_without_room(JetEndSession, JET_bitTransactionReadOnly),
            std::pair(JET_errSuccess, JET_errInvalidSesid));
}

TEST(FailingInit, LeavesTheInstanceAsItWas) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  {
    const FileSizeLimit limit(10);
    EXPECT_EQ(JetInit(&instance), JET_errLogWriteFail);
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(FailingTermination, EndsTheInstanceAndLeavesTheLogToReplay) {
  Running instance;
  {
    const FileSizeLimit limit(64);
    EXPECT_EQ(JetTerm(instance.get()), JET_errLogWriteFail);
  }
  EXPECT_EQ(JetTerm(instance.get()), JET_errInvalidParameter);
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
  instance.forget();
}

}  // namespace
}  // namespace esent_test
