// Backups of databases, and databases that come back from them.
#include <fstream>

#include "databases_support.hpp"

namespace esent_test {
namespace {

void (*act)(JET_SESID sesid, JET_SNT snt) = nullptr;
JET_INSTANCE acting = 0;

JET_ERR listen(JET_SESID sesid, JET_SNP, JET_SNT snt, void*) {
  act(sesid, snt);
  return JET_errSuccess;
}

std::string database;
std::vector<JET_ERR> errors;

struct Restored {
  explicit Restored(const std::string& folder) : instance(create(folder, "restored")) {}
  Restored(const Restored&) = delete;
  Restored& operator=(const Restored&) = delete;
  ~Restored() { JetTerm(instance); }
  // Restores, starts and begins a session.
  JET_SESID start(const std::string& from, const char* destination) {
    JET_SESID sesid = 0;
    EXPECT_EQ(JetRestoreInstance(instance, from.c_str(), destination, nullptr), JET_errSuccess);
    EXPECT_EQ(JetInit(&instance), JET_errSuccess);
    EXPECT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
    return sesid;
  }
  JET_INSTANCE instance;
};

JET_SIGNATURE attach_and_read(JET_SESID sesid, const std::string& path) {
  JET_DBID dbid = 0;
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errSuccess) << path;
  EXPECT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess) << path;
  return signature(sesid, dbid);
}

TEST(BackupOfDatabases, BringsThemBackWhereTheyWere) {
  Folder target, databases;
  JET_SIGNATURE before{};
  Folder log;
  {
    Running instance;
    const JET_SESID sesid = instance.begin();
    before = signature(sesid, create_database(sesid, databases / "a.edb"));
    ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  }
  std::filesystem::remove(databases / "a.edb");
  Restored restored(log.path());
  const JET_SESID sesid = restored.start(target.path(), nullptr);
  EXPECT_EQ(attach_and_read(sesid, databases / "a.edb").ulRandom, before.ulRandom);
}

TEST(BackupOfDatabases, BringsThemBackSomewhereElse) {
  Folder target, databases, log;
  Running instance;
  const JET_SESID sesid = instance.begin();
  const JET_SIGNATURE before = signature(sesid, create_database(sesid, instance.folder() / "a.edb"));
  ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  Restored restored(log.path());
  // In place it cannot come back while its instance has it.
  EXPECT_EQ(JetRestoreInstance(restored.instance, target.path().c_str(), nullptr, nullptr),
            JET_errDatabaseSharingViolation);
  const JET_SESID other = restored.start(target.path(), databases.path().c_str());
  EXPECT_EQ(attach_and_read(other, databases / "a.edb").ulRandom, before.ulRandom);
}

TEST(BackupOfDatabases, AddsNewOnesIncrementally) {
  Folder target, databases, log;
  Running instance;
  const JET_SESID sesid = instance.begin();
  create_database(sesid, instance.folder() / "a.edb");
  EXPECT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), JET_bitBackupIncremental, nullptr),
            JET_errMissingFullBackup);
  ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  create_database(sesid, instance.folder() / "b.edb");
  ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), JET_bitBackupIncremental, nullptr),
            JET_errSuccess);
  Restored restored(log.path());
  const JET_SESID other = restored.start(target.path(), databases.path().c_str());
  attach_and_read(other, databases / "a.edb");
  attach_and_read(other, databases / "b.edb");
}

TEST(BackupOfDatabases, LetsSessionsOpenAndKeepsAttachmentsAsTheyAre) {
  Folder target;
  Running instance;
  const JET_SESID sesid = instance.begin();
  database = instance.folder() / "a.edb";
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, database), 0), JET_errSuccess);
  errors.clear();
  act = [](JET_SESID lent, JET_SNT snt) {
    if (snt != JET_sntProgress || !errors.empty()) return;
    JET_DBID dbid = 0;
    errors.push_back(JetOpenDatabase(lent, database.c_str(), nullptr, &dbid, 0));
    errors.push_back(JetDetachDatabase(lent, database.c_str()));
    errors.push_back(JetAttachDatabase(lent, database.c_str(), 0));
  };
  ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, listen), JET_errSuccess);
  EXPECT_EQ(errors, (std::vector<JET_ERR>{JET_errSuccess, JET_errBackupInProgress, JET_errBackupInProgress}));
  // The lent session has ended and with it its open.
  EXPECT_EQ(JetDetachDatabase(sesid, database.c_str()), JET_errSuccess);
}

TEST(StopBackup, EndsTheRunningOneAndNoLaterOne) {
  Folder target, log;
  Running instance;
  create_database(instance.begin(), instance.folder() / "a.edb");
  acting = instance.get();
  act = [](JET_SESID, JET_SNT snt) {
    if (snt != JET_sntProgress) return;
    EXPECT_EQ(JetStopBackupInstance(acting), JET_errSuccess);
  };
  EXPECT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, listen), JET_errBackupAbortByServer);
  {
    Restored restored(log.path());
    EXPECT_EQ(JetRestoreInstance(restored.instance, target.path().c_str(), nullptr, nullptr), JET_errInvalidPath);
    EXPECT_EQ(JetStopBackupInstance(restored.instance), JET_errInvalidParameter);
  }
  EXPECT_EQ(JetStopBackupInstance(instance.get()), JET_errSuccess);
  EXPECT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  EXPECT_EQ(JetStopBackupInstance(JET_instanceNil), JET_errInvalidParameter);
  EXPECT_EQ(JetStopBackup(), JET_errRunningInMultiInstanceMode);
}

TEST(RestoreOfDatabases, WantsTheSamePageSize) {
  Folder target, log;
  {
    Running instance;
    ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
  }
  ASSERT_EQ(set_number(0, JET_paramDatabasePageSize, 8192), JET_errSuccess);
  {
    Restored restored(log.path());
    EXPECT_EQ(JetRestoreInstance(restored.instance, target.path().c_str(), nullptr, nullptr), JET_errPageSizeMismatch);
  }
  EXPECT_EQ(set_number(0, JET_paramDatabasePageSize, 4096), JET_errSuccess);
}

TEST(RestoreOfDatabases, FindsThemByTheMapOfJetInit) {
  Folder elsewhere;
  Running instance;
  const std::string path = std::filesystem::canonical(instance.folder().path()).string() + "/a.edb";
  create_database(instance.begin(), path);
  ASSERT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  std::filesystem::rename(path, elsewhere / "moved.edb");
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errAttachedDatabaseMismatch);
  std::string from = path;
  std::string to = elsewhere / "moved.edb";
  JET_RSTMAP map{from.data(), to.data()};
  JET_RSTINFO info{};
  info.cbStruct = sizeof info;
  info.rgrstmap = &map;
  info.crstmap = 1;
  EXPECT_EQ(JetInit3(&again, &info, 0), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
  info.rgrstmap = nullptr;
  EXPECT_EQ(JetInit3(&again, &info, 0), JET_errInvalidParameter);
}

// Single-instance mode: the parameters of the process are those of its instance.
class Legacy : public testing::Test {
 protected:
  Legacy() { place(0, folder_.path()); }
  JET_ERR set(std::uint32_t id, const char* text) {
    JET_INSTANCE none = 0;
    return JetSetSystemParameter(&none, 0, id, 0, text);
  }
  ~Legacy() override {
    set(JET_paramSystemPath, ".\\");
    set(JET_paramLogFilePath, ".\\");
    set(JET_paramTempPath, "tmp.edb");
  }
  Folder folder_, target_;
};

TEST_F(Legacy, BacksUpAndRestores) {
  EXPECT_EQ(JetBackup(target_.path().c_str(), 0, nullptr), JET_errNotInitialized);
  EXPECT_EQ(JetStopBackup(), JET_errInvalidParameter);
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(0, &sesid, nullptr, nullptr), JET_errSuccess);
  const JET_SIGNATURE before = signature(sesid, create_database(sesid, folder_ / "a.edb"));
  EXPECT_EQ(JetStopBackup(), JET_errSuccess);
  EXPECT_EQ(JetBackup(target_.path().c_str(), 0x1000, nullptr), JET_errInvalidGrbit);
  EXPECT_EQ(JetBackup(std::string(5000, 'x').c_str(), 0, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetBackup((target_ / "no").c_str(), 0, nullptr), JET_errInvalidPath);
  ASSERT_EQ(JetBackup(target_.path().c_str(), 0, nullptr), JET_errSuccess);
  act = [](JET_SESID, JET_SNT) { EXPECT_EQ(JetStopBackup(), JET_errSuccess); };
  EXPECT_EQ(JetBackup(target_.path().c_str(), JET_bitBackupAtomic, listen), JET_errBackupAbortByServer);
  EXPECT_EQ(JetRestore(target_.path().c_str(), nullptr), JET_errAlreadyInitialized);
  ASSERT_EQ(JetTerm(0), JET_errSuccess);
  EXPECT_EQ(JetRestore(nullptr, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(JetRestore((target_ / "no").c_str(), nullptr), JET_errInvalidPath);
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) std::filesystem::remove(entry);
  ASSERT_EQ(JetRestore(target_.path().c_str(), nullptr), JET_errSuccess);
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  ASSERT_EQ(JetBeginSession(0, &sesid, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(attach_and_read(sesid, folder_ / "a.edb").ulRandom, before.ulRandom);
  EXPECT_EQ(JetTerm(0), JET_errSuccess);
}

TEST_F(Legacy, RestoresSomewhereElse) {
  Folder elsewhere;
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(0, &sesid, nullptr, nullptr), JET_errSuccess);
  create_database(sesid, folder_ / "a.edb");
  ASSERT_EQ(JetBackup(target_.path().c_str(), 0, nullptr), JET_errSuccess);
  ASSERT_EQ(JetTerm(0), JET_errSuccess);
  EXPECT_EQ(JetRestore2(target_.path().c_str(), (elsewhere / "no").c_str(), nullptr), JET_errInvalidPath);
  ASSERT_EQ(JetRestore2(target_.path().c_str(), elsewhere.path().c_str(), nullptr), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::exists(elsewhere / "a.edb"));
  // The restore leaves no mode behind.
  Running instance;
  EXPECT_EQ(JetRestore(target_.path().c_str(), nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestore2(target_.path().c_str(), nullptr, nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetBackup(target_.path().c_str(), 0, nullptr), JET_errRunningInMultiInstanceMode);
}

TEST_F(Legacy, ARestoreIsInProgressForOthers) {
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  ASSERT_EQ(JetBackup(target_.path().c_str(), 0, nullptr), JET_errSuccess);
  ASSERT_EQ(JetTerm(0), JET_errSuccess);
  errors.clear();
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) std::filesystem::remove(entry);
  act = [](JET_SESID sesid, JET_SNT snt) {
    if (snt != JET_sntProgress) return;
    std::uint32_t level = 0;
    errors.push_back(JetBackup(nullptr, 0, nullptr));
    errors.push_back(JetInit(nullptr));
    errors.push_back(JetBeginTransaction3(sesid, 0, 0));
    errors.push_back(JetCommitTransaction2(sesid, 0, 0, nullptr));
    errors.push_back(JetSetSessionParameter(sesid, JET_sesparamCommitDefault, &level, sizeof level));
  };
  ASSERT_EQ(JetRestore(target_.path().c_str(), listen), JET_errSuccess);
  EXPECT_EQ(errors, std::vector<JET_ERR>(5, JET_errRestoreInProgress));
}

}  // namespace
}  // namespace esent_test
