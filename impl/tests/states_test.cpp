// What the calls of sessions and databases give in the states of their instance that refuse them.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "databases_support.hpp"
#include "file_size_limit.hpp"

namespace esent_test {
namespace {

// Each of the calls on a session once; their arguments are well-formed.
std::vector<JET_ERR> call_all(JET_SESID sesid, JET_DBID dbid, const std::string& path) {
  std::uint32_t value = 0;
  JET_DBID made = 0;
  return {JetCreateDatabase(sesid, path.c_str(), nullptr, &made, 0),
          JetCreateDatabase2(sesid, path.c_str(), 0, &made, 0),
          JetAttachDatabase(sesid, path.c_str(), 0),
          JetAttachDatabase2(sesid, path.c_str(), 0, 0),
          JetOpenDatabase(sesid, path.c_str(), nullptr, &made, 0),
          JetGetDatabaseInfo(sesid, dbid, &value, sizeof value, JET_DbInfoPageSize),
          JetBeginTransaction3(sesid, 0, 0),
          JetCommitTransaction2(sesid, 0, 0, nullptr),
          JetIdle(sesid, 0),
          JetSetSessionParameter(sesid, JET_sesparamCommitDefault, &value, sizeof value),
          JetGetSessionParameter(sesid, JET_sesparamCommitDefault, &value, sizeof value, nullptr)};
}

std::vector<JET_ERR> give_back(JET_SESID sesid, JET_DBID dbid, const std::string& path) {
  return {JetCloseDatabase(sesid, dbid, 0), JetDetachDatabase(sesid, path.c_str()),
          JetDetachDatabase2(sesid, path.c_str(), 0)};
}

void expect_all(const std::vector<JET_ERR>& codes, JET_ERR expected) {
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(codes[i], expected) << "call " << i;
}

TEST(StoppedInstance, LetsNothingBegin) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const JET_DBID dbid = create_database(sesid, path);
  ASSERT_EQ(JetStopServiceInstance(instance.get()), JET_errSuccess);
  expect_all(call_all(sesid, dbid, path), JET_errClientRequestToStopJetService);
  EXPECT_EQ(give_back(sesid, dbid, path),
            (std::vector<JET_ERR>{JET_errSuccess, JET_errSuccess, JET_errDatabaseNotFound}));
}

TEST(UnavailableInstance, GivesNothingAndTakesNothingBack) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const JET_DBID dbid = create_database(sesid, path);
  {
    const FileSizeLimit limit(64);
    JET_DBID other = 0;
    EXPECT_EQ(JetCreateDatabase(sesid, (instance.folder() / "b.edb").c_str(), nullptr, &other, 0), JET_errLogWriteFail);
    EXPECT_EQ(other, JET_dbidNil);
  }
  expect_all(call_all(sesid, dbid, path), JET_errInstanceUnavailable);
  expect_all(give_back(sesid, dbid, path), JET_errInstanceUnavailable);
  EXPECT_EQ(instance.term(), JET_errSuccess);
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_FALSE(std::filesystem::exists(instance.folder() / "b.edb"));
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

TEST(FailingWrites, OfADatabaseLeaveTheInstanceAndNoFile) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  JET_DBID dbid = 0;
  {
    const FileSizeLimit limit(6000);
    EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errDiskFull);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  create_database(sesid, path);
}

TEST(EndedInstance, LeavesHandlesThatNameNothing) {
  JET_SESID sesid = 0;
  JET_DBID dbid = 0;
  std::string path;
  {
    Running instance;
    sesid = instance.begin();
    path = instance.folder() / "a.edb";
    dbid = create_database(sesid, path);
  }
  expect_all(call_all(sesid, dbid, path), JET_errNotInitialized);
  expect_all(give_back(sesid, dbid, path), JET_errNotInitialized);
  expect_all(call_all(0, dbid, path), JET_errInvalidSesid);
}

std::vector<JET_ERR> heard;
std::string heard_path;
JET_INSTANCE hearing = 0;

JET_ERR during_init(JET_SESID sesid, JET_SNP, JET_SNT snt, void*) {
  if (snt == JET_sntProgress && heard.empty()) {
    heard = call_all(sesid, 1, heard_path);
    heard.push_back(JetBackupInstance(hearing, nullptr, 0, nullptr));
    heard.push_back(JetBackup(nullptr, 0, nullptr));
    heard.push_back(JetStopBackupInstance(hearing));
  }
  return JET_errSuccess;
}

TEST(InitialisingInstance, LetsNothingIn) {
  Running instance;
  commit_once(instance.begin());
  ASSERT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  hearing = create(instance.folder().path());
  heard_path = instance.folder() / "a.edb";
  heard.clear();
  JET_RSTINFO info{};
  info.cbStruct = sizeof info;
  info.pfnStatus = during_init;
  ASSERT_EQ(JetInit3(&hearing, &info, 0), JET_errSuccess);
  std::vector<JET_ERR> expected(9, JET_errNotInitialized);
  expected.insert(expected.end(), {JET_errInitInProgress, JET_errInitInProgress, JET_errBackupNotAllowedYet,
                                   JET_errRunningInMultiInstanceMode, JET_errInvalidParameter});
  EXPECT_EQ(heard, expected);
  EXPECT_EQ(JetTerm(hearing), JET_errSuccess);
}

TEST(RecoveringInstance, WantsItsDatabasesForItself) {
  Running instance;
  const std::string path = instance.folder() / "a.edb";
  create_database(instance.begin(), path);
  ASSERT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  const int other = ::open(path.c_str(), O_RDWR);
  ASSERT_EQ(::flock(other, LOCK_SH | LOCK_NB), 0);
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errDatabaseSharingViolation);
  ::close(other);
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

TEST(RecoveringInstance, LooksInTheAlternateFolder) {
  Folder elsewhere;
  Running instance;
  create_database(instance.begin(), instance.folder() / "a.edb");
  ASSERT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  std::filesystem::copy(instance.folder() / "a.edb", elsewhere / "a.edb");
  std::filesystem::remove(instance.folder() / "a.edb");
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errAttachedDatabaseMismatch);
  ASSERT_EQ(JetSetSystemParameter(&again, 0, JET_paramAlternateDatabaseRecoveryPath, 0, elsewhere.path().c_str()),
            JET_errSuccess);
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
