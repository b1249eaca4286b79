// JetTerm, JetTerm2 and the stopped service.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "support.hpp"

namespace esent_test {
namespace {

TEST(Termination, CompleteIsRefusedWhileATransactionIsOpenAndChangesNothing) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(instance.term(JET_bitTermComplete), JET_errTooManyActiveUsers);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errSuccess);
  EXPECT_EQ(instance.term(JET_bitTermComplete), JET_errSuccess);
}

TEST(Termination, AbruptRollsTransactionsBack) {
  Running instance;
  ASSERT_EQ(JetBeginTransaction(instance.begin()), JET_errSuccess);
  EXPECT_EQ(instance.term(JET_bitTermAbrupt), JET_errSuccess);
}

TEST(Termination, WithoutOptionsIsRefusedAsLongAsATransactionCanBeEnded) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance.get()), JET_errTooManyActiveUsers);
  EXPECT_EQ(JetStopServiceInstance(instance.get()), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance.get()), JET_errTooManyActiveUsers);
  EXPECT_EQ(JetStopServiceInstance2(instance.get(), JET_bitStopServiceAll), JET_errSuccess);
  EXPECT_EQ(instance.term(JET_bitTermComplete), JET_errTooManyActiveUsers);
  EXPECT_EQ(JetTerm(instance.get()), JET_errSuccess);
  instance.forget();
}

TEST(Termination, UnknownOptionsAreRefused) {
  Running instance;
  EXPECT_EQ(instance.term(0x10), JET_errInvalidGrbit);
  EXPECT_EQ(instance.term(JET_bitTermComplete | JET_bitTermAbrupt), JET_errInvalidGrbit);
}

// A backup that stays in its callback until it is let go.
struct Parked {
  std::mutex mutex;
  std::condition_variable changed;
  JET_SESID sesid = 0;
  bool parked = false;
  bool released = false;

  void release() {
    const std::lock_guard lock(mutex);
    released = true;
    changed.notify_all();
  }
};
Parked* parked;

JET_ERR park(JET_SESID sesid, JET_SNP, JET_SNT snt, void*) {
  if (snt != JET_sntBegin) return JET_errSuccess;
  std::unique_lock lock(parked->mutex);
  parked->sesid = sesid;
  parked->parked = true;
  parked->changed.notify_all();
  parked->changed.wait(lock, [] { return parked->released; });
  return JET_errSuccess;
}

TEST(Termination, StopsAParkedBackupAndWaitsForIt) {
  Running instance;
  Folder target;
  Parked place;
  parked = &place;
  const JET_SESID sesid = instance.begin();
  JET_ERR backup = 1, term = 1;
  std::thread backing([&] { backup = JetBackupInstance(instance.get(), target.path().c_str(), 0, park); });
  {
    std::unique_lock lock(place.mutex);
    place.changed.wait(lock, [&] { return place.parked; });
  }
  EXPECT_EQ(JetTerm(instance.get()), JET_errBackupInProgress);
  std::thread terminating([&] { term = JetTerm2(instance.get(), JET_bitTermStopBackup); });
  // The other thread is on its way into JetTerm2; what it does there shows here.
  uint32_t version = 0;
  JET_ERR err = JET_errSuccess;
  while (err == JET_errSuccess) err = JetGetVersion(sesid, &version);
  EXPECT_EQ(err, JET_errTermInProgress);
  JET_SESID copy = 0;
  EXPECT_EQ(JetDupSession(sesid, &copy), JET_errTermInProgress);
  EXPECT_EQ(JetBeginSession(instance.get(), &copy, nullptr, nullptr), JET_errTermInProgress);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errTermInProgress);
  EXPECT_EQ(JetBeginTransaction(sesid), JET_errTermInProgress);
  EXPECT_EQ(JetSetSessionContext(place.sesid, 1), JET_errTermInProgress);
  EXPECT_EQ(JetTerm(instance.get()), JET_errTermInProgress);
  EXPECT_EQ(JetStopServiceInstance(instance.get()), JET_errTermInProgress);
  EXPECT_EQ(JetBackupInstance(instance.get(), nullptr, 0, nullptr), JET_errTermInProgress);
  EXPECT_EQ(set_number(instance.get(), JET_paramIOPriority, 1), JET_errTermInProgress);
  place.release();
  backing.join();
  terminating.join();
  EXPECT_EQ(backup, JET_errTermInProgress);
  EXPECT_EQ(term, JET_errSuccess);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errNotInitialized);
  EXPECT_TRUE(std::filesystem::is_empty(target.path()));
  instance.forget();
}

TEST(Termination, AStoppedServiceLetsSessionsEndAndRollBack) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance(instance.get()), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance(instance.get()), JET_errSuccess);
  JET_SESID copy = 0;
  uint32_t version = 0;
  JET_API_PTR value = 0;
  EXPECT_EQ(JetDupSession(sesid, &copy), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetBeginSession(instance.get(), &copy, nullptr, nullptr), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetBeginTransaction(sesid), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetGetVersion(sesid, &version), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetGetSystemParameter(0, sesid, JET_paramCommitDefault, &value, nullptr, 0),
            JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetBackupInstance(instance.get(), nullptr, 0, nullptr), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errSuccess);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errSuccess);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  EXPECT_EQ(instance.term(), JET_errSuccess);
}

TEST(Termination, AStopOfEverythingLetsNoSessionEndOrRollBack) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetSetSessionContext(sesid, 1), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance2(instance.get(), JET_bitStopServiceAll), JET_errSuccess);
  EXPECT_EQ(JetResetSessionContext(sesid), JET_errSuccess);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errClientRequestToStopJetService);
}

TEST(Termination, OnlyTheStopOfEverythingHasAnEffectAndItStays) {
  Running instance;
  const JET_INSTANCE handle = instance.get();
  EXPECT_EQ(JetStopServiceInstance2(handle, JET_bitStopServiceBackgroundUserTasks), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance2(handle, JET_bitStopServiceQuiesceCaches), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance2(handle, JET_bitStopServiceResume), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance2(handle, 1), JET_errInvalidGrbit);
  EXPECT_NE(instance.begin(), JET_sesidNil);
  EXPECT_EQ(JetStopServiceInstance2(handle, JET_bitStopServiceAll), JET_errSuccess);
  EXPECT_EQ(JetStopServiceInstance2(handle, JET_bitStopServiceResume), JET_errClientRequestToStopJetService);
}

}  // namespace
}  // namespace esent_test
