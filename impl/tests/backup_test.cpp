// Backups while an instance runs, and instances restored from them.
#include <thread>

#include "support.hpp"

namespace esent_test {
namespace {

struct Told {
  JET_INSTANCE instance = 0;
  std::vector<JET_SNT> steps;
  std::vector<JET_ERR> errors;
  JET_ERR answer = JET_errSuccess;
  void (*act)(Told&, JET_SESID) = nullptr;
};
Told* told;

JET_ERR listen(JET_SESID sesid, JET_SNP, JET_SNT snt, void*) {
  told->steps.push_back(snt);
  if (told->act != nullptr) told->act(*told, sesid);
  return told->answer;
}

JET_ERR back_up(JET_INSTANCE instance, const std::string& folder, Told& hears, JET_GRBIT grbit = 0) {
  told = &hears;
  hears.instance = instance;
  return JetBackupInstance(instance, folder.c_str(), grbit, listen);
}

JET_ERR restore(JET_INSTANCE instance, const std::string& folder, Told& hears) {
  told = &hears;
  hears.instance = instance;
  return JetRestoreInstance(instance, folder.c_str(), nullptr, listen);
}

TEST(Backup, GoesThroughItsStepsAndDeletesOldLogs) {
  Running instance;
  Folder target;
  commit_once(instance.begin());
  Told hears;
  ASSERT_EQ(back_up(instance.get(), target.path(), hears), JET_errSuccess);
  EXPECT_EQ(hears.steps, (std::vector<JET_SNT>{JET_sntBegin, JET_sntProgress, JET_sntComplete}));
  EXPECT_FALSE(std::filesystem::exists(instance.folder() / "edb00001.log"));
  EXPECT_TRUE(std::filesystem::exists(instance.folder() / "edb.log"));
}

TEST(Backup, LetsSessionsWorkAndRefusesASecondOneAndJetTerm) {
  Running instance;
  Folder target;
  Told hears;
  hears.act = [](Told& self, JET_SESID sesid) {
    if (self.steps.back() != JET_sntProgress) return;
    JET_SESID copy = 0;
    self.errors.push_back(JetDupSession(sesid, &copy));
    self.errors.push_back(JetBeginTransaction(copy));
    self.errors.push_back(JetCommitTransaction(copy, 0));
    self.errors.push_back(JetEndSession(copy, 0));
    self.errors.push_back(JetEndSession(sesid, 0));
    self.errors.push_back(JetBackupInstance(self.instance, nullptr, 0, nullptr));
    self.errors.push_back(JetTerm(self.instance));
    self.errors.push_back(JetTerm2(self.instance, JET_bitTermStopBackup));
  };
  ASSERT_EQ(back_up(instance.get(), target.path(), hears), JET_errSuccess);
  EXPECT_EQ(hears.errors, (std::vector<JET_ERR>{0, 0, 0, 0, JET_errSessionInUse, JET_errBackupInProgress,
                                                JET_errBackupInProgress, JET_errBackupInProgress}));
}

TEST(Backup, DoesNotCountItsOwnSession) {
  Running instance(1);
  Folder target;
  Told hears;
  hears.act = [](Told& self, JET_SESID) {
    JET_SESID sesid = 0;
    self.errors.push_back(JetBeginSession(self.instance, &sesid, nullptr, nullptr));
    self.errors.push_back(JetEndSession(sesid, 0));
  };
  ASSERT_EQ(back_up(instance.get(), target.path(), hears), JET_errSuccess);
  EXPECT_EQ(hears.errors, std::vector<JET_ERR>(6, JET_errSuccess));
}

TEST(Backup, AbortedByItsCallbackLeavesNothingToRestore) {
  Running instance;
  Folder target, elsewhere;
  Told hears;
  hears.answer = -4711;
  EXPECT_EQ(back_up(instance.get(), target.path(), hears), -4711);
  const JET_INSTANCE other = create(elsewhere.path(), "other");
  EXPECT_EQ(JetRestoreInstance(other, target.path().c_str(), nullptr, nullptr), JET_errInvalidPath);
  EXPECT_EQ(JetTerm(other), JET_errSuccess);
}

TEST(Backup, ArgumentsAreChecked) {
  Running instance;
  Folder target;
  EXPECT_EQ(JetBackupInstance(instance.get(), (target / "none").c_str(), 0, nullptr), JET_errInvalidPath);
  EXPECT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0x80, nullptr), JET_errInvalidGrbit);
  EXPECT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), JET_bitBackupIncremental, nullptr),
            JET_errMissingFullBackup);
  EXPECT_EQ(JetBackupInstance(instance.get(), nullptr, 0, nullptr), JET_errSuccess);
}

TEST(Backup, AnIncrementalOneNeedsLogsThatAreKept) {
  Folder folder, target;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramCircularLog, 1), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetBackupInstance(instance, target.path().c_str(), JET_bitBackupIncremental, nullptr),
            JET_errInvalidBackup);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Backup, AnIncrementalOneDoesNotFollowLogsThatWereOnlyTruncated) {
  Running instance;
  Folder target;
  const JET_SESID sesid = instance.begin();
  const auto back_up = [&](const char* folder, JET_GRBIT grbit) {
    commit_once(sesid);
    return JetBackupInstance(instance.get(), folder, grbit, nullptr);
  };
  ASSERT_EQ(back_up(target.path().c_str(), 0), JET_errSuccess);
  ASSERT_EQ(back_up(nullptr, 0), JET_errSuccess);
  EXPECT_EQ(back_up(target.path().c_str(), JET_bitBackupIncremental), JET_errMissingFullBackup);
  ASSERT_EQ(back_up(target.path().c_str(), 0), JET_errSuccess);
  EXPECT_EQ(back_up(target.path().c_str(), JET_bitBackupIncremental), JET_errSuccess);
}

TEST(Backup, ThatNeedsTruncatedLogsIsNotRestoredAndNothingChanges) {
  Folder target, folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  ASSERT_EQ(JetBackupInstance(instance, target.path().c_str(), 0, nullptr), JET_errSuccess);
  ASSERT_EQ(JetBackupInstance(instance, nullptr, 0, nullptr), JET_errSuccess);
  ASSERT_EQ(JetTerm(instance), JET_errSuccess);
  instance = create(folder.path());
  EXPECT_EQ(JetRestoreInstance(instance, target.path().c_str(), nullptr, nullptr), JET_errMissingLogFile);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Backup, IsRestoredAndStarts) {
  Folder target, folder;
  {
    Running instance(16, "source");
    const JET_SESID sesid = instance.begin();
    commit_once(sesid);
    ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), JET_bitBackupAtomic, nullptr), 0);
    commit_once(sesid);
    ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), JET_bitBackupIncremental, nullptr), 0);
  }
  JET_INSTANCE instance = create(folder.path());
  Told hears;
  hears.act = [](Told& self, JET_SESID sesid) {
    std::thread([&] {
      JET_SESID copy = 0;
      self.errors = {JetDupSession(sesid, &copy), JetBeginSession(self.instance, &copy, nullptr, nullptr),
                     JetEndSession(sesid, 0),     set_number(self.instance, JET_paramMaxCursors, 9),
                     JetTerm(self.instance),      JetInit(&self.instance)};
    }).join();
  };
  ASSERT_EQ(restore(instance, target.path(), hears), JET_errSuccess);
  EXPECT_EQ(hears.errors, std::vector<JET_ERR>(6, JET_errRestoreInProgress));
  EXPECT_EQ(hears.steps.front(), JET_sntBegin);
  EXPECT_EQ(hears.steps.back(), JET_sntComplete);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetRestoreInstance(instance, target.path().c_str(), nullptr, nullptr), JET_errAlreadyInitialized);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Backup, OfAnotherSequenceIsNotRestoredOverLogs) {
  Folder target;
  {
    Running source(16, "source");
    ASSERT_EQ(JetBackupInstance(source.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  }
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  ASSERT_EQ(JetTerm(instance), JET_errSuccess);
  instance = create(folder.path());
  EXPECT_EQ(JetRestoreInstance(instance, target.path().c_str(), nullptr, nullptr), JET_errInvalidLogSequence);
  EXPECT_EQ(JetRestoreInstance(instance, "/nonexistent", nullptr, nullptr), JET_errInvalidPath);
  EXPECT_EQ(JetRestoreInstance(instance, nullptr, nullptr, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetRestoreInstance(4711, target.path().c_str(), nullptr, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Backup, AnOlderLogRollsForwardFromABackup) {
  Folder target, folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  ASSERT_EQ(JetBackupInstance(instance, target.path().c_str(), 0, nullptr), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  commit_once(sesid);
  ASSERT_EQ(JetTerm(instance), JET_errSuccess);
  instance = create(folder.path());
  EXPECT_EQ(JetRestoreInstance(instance, target.path().c_str(), nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
