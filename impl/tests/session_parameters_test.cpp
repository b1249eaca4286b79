// The parameters of a session, JetIdle, and commits that look at them.
#include <fstream>
#include <sstream>

#include "support.hpp"

namespace esent_test {
namespace {

std::uint32_t level(JET_SESID sesid) {
  std::uint32_t value = 99;
  std::uint32_t size = 0;
  EXPECT_EQ(JetGetSessionParameter(sesid, JET_sesparamTransactionLevel, &value, sizeof value, &size), JET_errSuccess);
  EXPECT_EQ(size, sizeof value);
  return value;
}

std::string log_of(const Running& instance) {
  std::stringstream bytes;
  bytes << std::ifstream(instance.folder() / "edb.log", std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(SessionParameter, TransactionLevelIsThereToRead) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(level(sesid), 0U);
  ASSERT_EQ(JetBeginTransaction3(sesid, 42, 0), JET_errSuccess);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(level(sesid), 2U);
  std::uint32_t value = 1;
  EXPECT_EQ(JetSetSessionParameter(sesid, JET_sesparamTransactionLevel, &value, 4), JET_errInvalidParameter);
}

TEST(SessionParameter, CommitDefaultIsOneWithTheSystemParameter) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  JET_GRBIT grbit = JET_bitCommitLazyFlush;
  ASSERT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitDefault, &grbit, sizeof grbit), JET_errSuccess);
  JET_API_PTR system = 0;
  ASSERT_EQ(JetGetSystemParameter(0, sesid, JET_paramCommitDefault, &system, nullptr, 0), JET_errSuccess);
  EXPECT_EQ(system, JET_bitCommitLazyFlush);
  grbit = 0x4000;
  EXPECT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitDefault, &grbit, sizeof grbit), JET_errInvalidParameter);
  EXPECT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitDefault, &grbit, 2), JET_errInvalidParameter);
  EXPECT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitDefault, nullptr, 4), JET_errInvalidParameter);
  EXPECT_EQ(JetGetSessionParameter(sesid, JET_sesparamCommitDefault, &grbit, sizeof grbit, nullptr), JET_errSuccess);
  EXPECT_EQ(grbit, JET_bitCommitLazyFlush);
  EXPECT_EQ(JetGetSessionParameter(sesid, JET_sesparamCommitDefault, &grbit, 2, nullptr), JET_errInvalidBufferSize);
  EXPECT_EQ(JetGetSessionParameter(sesid, JET_sesparamCommitDefault, nullptr, 0, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetGetSessionParameter(sesid, 5000, &grbit, 4, nullptr), JET_errInvalidSesparamId);
  EXPECT_EQ(JetSetSessionParameter(sesid, 5000, &grbit, 4), JET_errInvalidParameter);
  EXPECT_EQ(JetSetSessionParameter(0, JET_sesparamCommitDefault, &grbit, 4), JET_errInvalidSesid);
}

TEST(SessionParameter, TheContextOfCommitsStandsInTheLog) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  std::string context = "a context that is longer than one record";
  ASSERT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitGenericContext, context.data(),
                                   static_cast<std::uint32_t>(context.size())),
            JET_errSuccess);
  char text[64];
  std::uint32_t size = 0;
  EXPECT_EQ(JetGetSessionParameter(sesid, JET_sesparamCommitGenericContext, text, 8, &size), JET_errBufferTooSmall);
  EXPECT_EQ(size, context.size());
  ASSERT_EQ(JetGetSessionParameter(sesid, JET_sesparamCommitGenericContext, text, sizeof text, &size), JET_errSuccess);
  EXPECT_EQ(std::string(text, size), context);
  EXPECT_EQ(log_of(instance).find("a context that i"), std::string::npos);
  commit_once(sesid);
  EXPECT_NE(log_of(instance).find("a context that i"), std::string::npos);
  std::string long_one(30001, 'x');
  EXPECT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitGenericContext, long_one.data(), 30001),
            JET_errInvalidParameter);
  ASSERT_EQ(JetSetSessionParameter(sesid, JET_sesparamCommitGenericContext, nullptr, 0), JET_errSuccess);
  const std::size_t before = log_of(instance).size();
  commit_once(sesid);
  EXPECT_EQ(log_of(instance).size(), before + 32);
  EXPECT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

TEST(CommitTransaction2, TellsWhereTheCommitStands) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  JET_SIGNATURE signature{};
  ASSERT_EQ(JetGetInstanceMiscInfo(instance.get(), &signature, sizeof signature, 0), JET_errSuccess);
  JET_COMMIT_ID first{};
  JET_COMMIT_ID second{};
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetCommitTransaction2(sesid, 0, 0, &first), JET_errSuccess);
  EXPECT_EQ(first.commitId, 0) << "an inner commit is none";
  ASSERT_EQ(JetCommitTransaction2(sesid, 0, 0, &first), JET_errSuccess);
  EXPECT_EQ(first.signLog.ulRandom, signature.ulRandom);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetCommitTransaction2(sesid, JET_bitCommitLazyFlush, 100, &second), JET_errSuccess);
  EXPECT_GT(second.commitId, first.commitId);
  EXPECT_EQ(JetCommitTransaction2(sesid, 0, 0, nullptr), JET_errNotInTransaction);
  EXPECT_EQ(JetCommitTransaction2(sesid, JET_bitWaitLastLevel0Commit | JET_bitCommitLazyFlush, 0, nullptr),
            JET_errInvalidGrbit);
}

TEST(Idle, KnowsItsOptions) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetIdle(sesid, 0), JET_errSuccess);
  EXPECT_EQ(JetIdle(sesid, JET_bitIdleCompact), JET_errSuccess);
  EXPECT_EQ(JetIdle(sesid, JET_bitIdleStatus), JET_errSuccess);
  EXPECT_EQ(JetIdle(sesid, JET_bitIdleFlushBuffers), JET_errInvalidGrbit);
  EXPECT_EQ(JetIdle(sesid, 0x100), JET_errInvalidParameter);
  EXPECT_EQ(JetIdle(0, 0), JET_errInvalidSesid);
}

}  // namespace
}  // namespace esent_test
