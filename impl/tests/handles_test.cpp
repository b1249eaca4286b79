// What a call makes of a handle that names no session or no instance.
#include "support.hpp"

namespace esent_test {
namespace {

TEST(Handles, OfASessionAreKeptByAnEndWithUnknownBits) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetEndSession(sesid, 2), JET_errInvalidParameter);
  EXPECT_EQ(JetEndSession(sesid, JET_bitForceSessionClosed | 0x8000), JET_errInvalidParameter);
  EXPECT_EQ(JetEndSession(sesid, JET_bitForceSessionClosed), JET_errSuccess);
}

TEST(Handles, AnEndedSessionStaysInvalidWhenItsPlaceIsUsedAgain) {
  Running instance(1);
  const JET_SESID first = instance.begin();
  ASSERT_EQ(JetEndSession(first, 0), JET_errSuccess);
  const JET_SESID second = instance.begin();
  EXPECT_NE(first, second);
  JET_SESID copy = 0;
  EXPECT_EQ(JetEndSession(first, 0), JET_errInvalidSesid);
  EXPECT_EQ(JetDupSession(first, &copy), JET_errInvalidSesid);
  EXPECT_EQ(JetBeginTransaction(first), JET_errInvalidSesid);
  EXPECT_EQ(JetEndSession(second, 0), JET_errSuccess);
}

TEST(Handles, NilZeroGarbageAndForeignSessionsAreInvalid) {
  Running instance;
  const JET_SESID live = instance.begin();
  std::vector<JET_SESID> bad = {0, JET_sesidNil, 1, 2, 42, 0xDEADBEEF, instance.get(), live + 1, live - 1};
  for (unsigned bit = 0; bit < 64; ++bit) bad.push_back(live ^ JET_SESID{1} << bit);
  for (const JET_SESID sesid : bad) {
    JET_SESID copy = 0;
    uint32_t version = 0;
    EXPECT_EQ(JetDupSession(sesid, &copy), JET_errInvalidSesid) << sesid;
    EXPECT_EQ(copy, JET_sesidNil);
    EXPECT_EQ(JetEndSession(sesid, 0), JET_errInvalidSesid);
    EXPECT_EQ(JetBeginTransaction(sesid), JET_errInvalidSesid);
    EXPECT_EQ(JetCommitTransaction(sesid, 0), JET_errInvalidSesid);
    EXPECT_EQ(JetRollback(sesid, 0), JET_errInvalidSesid);
    EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errInvalidSesid);
    EXPECT_EQ(JetResetSessionContext(sesid), JET_errInvalidSesid);
    EXPECT_EQ(JetGetVersion(sesid, &version), JET_errInvalidSesid);
  }
}

TEST(Handles, NoSessionIsKnownWhileNoInstanceIsInitialised) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(instance.term(), JET_errSuccess);
  JET_SESID copy = 0;
  EXPECT_EQ(JetDupSession(sesid, &copy), JET_errNotInitialized);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errNotInitialized);
  EXPECT_EQ(JetEndSession(12345, 0), JET_errNotInitialized);
  EXPECT_EQ(JetSetSystemParameter(nullptr, 12345, JET_paramCommitDefault, 0, nullptr), JET_errNotInitialized);
  EXPECT_EQ(JetEndSession(0, 0), JET_errInvalidSesid);
  EXPECT_EQ(JetEndSession(JET_sesidNil, 0), JET_errInvalidSesid);
}

TEST(Handles, ASessionOfATerminatedInstanceIsInvalidBesideALiveOne) {
  Running other(16, "other");
  Running instance;
  const JET_SESID sesid = instance.begin();
  ASSERT_EQ(instance.term(), JET_errSuccess);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errInvalidSesid);
}

TEST(Handles, BadInstancesAreInvalidParameters) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  for (const JET_INSTANCE bad : {JET_INSTANCE{0}, JET_instanceNil, JET_INSTANCE{7}, instance.get() + 1, sesid}) {
    JET_SESID begun = 0;
    EXPECT_EQ(JetBeginSession(bad, &begun, nullptr, nullptr), JET_errInvalidParameter);
    EXPECT_EQ(begun, JET_sesidNil);
    EXPECT_EQ(JetTerm(bad), JET_errInvalidParameter);
    EXPECT_EQ(JetStopServiceInstance(bad), JET_errInvalidParameter);
    EXPECT_EQ(JetBackupInstance(bad, nullptr, 0, nullptr), JET_errInvalidParameter);
  }
}

TEST(Handles, ATerminatedInstanceIsInvalidAfterItsPlaceIsUsedAgain) {
  Running first;
  const JET_INSTANCE old = first.get();
  ASSERT_EQ(first.term(), JET_errSuccess);
  Running second;
  EXPECT_NE(old, second.get());
  EXPECT_EQ(JetTerm(old), JET_errInvalidParameter);
}

TEST(Handles, MissingOutPointersAreInvalidParameters) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(JetCreateInstance(nullptr, "x"), JET_errInvalidParameter);
  EXPECT_EQ(JetBeginSession(instance.get(), nullptr, nullptr, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetDupSession(sesid, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetGetVersion(sesid, nullptr), JET_errInvalidParameter);
}

TEST(Handles, AMadeInstanceLetsNoSessionBegin) {
  Folder folder;
  const JET_INSTANCE instance = create(folder.path());
  JET_SESID sesid = 0;
  EXPECT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errNotInitialized);
  EXPECT_EQ(JetStopServiceInstance(instance), JET_errInvalidParameter);
  EXPECT_EQ(JetBackupInstance(instance, nullptr, 0, nullptr), JET_errNotInitialized);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Handles, TheVersionIsTold) {
  Running instance;
  uint32_t version = 0;
  EXPECT_EQ(JetGetVersion(instance.begin(), &version), JET_errSuccess);
  EXPECT_NE(version, 0U);
}

}  // namespace
}  // namespace esent_test
