// Databases: created, attached, opened, closed and detached, by one session and by several.
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <fstream>

#include "databases_support.hpp"

namespace esent_test {
namespace {

TEST(CreateDatabase, MakesAFileThatIsAttachedAndOpen) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const JET_DBID dbid = create_database(sesid, path);
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errDatabaseInUse);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errDatabaseNotFound);
  EXPECT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errDatabaseNotFound);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errInvalidDatabaseId);
}

TEST(CreateDatabase, RefusesWhatItCannotDo) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  JET_DBID dbid = 7;
  EXPECT_EQ(JetCreateDatabase(sesid, nullptr, nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(dbid, JET_dbidNil);
  EXPECT_EQ(JetCreateDatabase(sesid, "", nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetCreateDatabase(sesid, (instance.folder() / "a?.edb").c_str(), nullptr, &dbid, 0),
            JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetCreateDatabase(sesid, (instance.folder() / "no/a.edb").c_str(), nullptr, &dbid, 0),
            JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, nullptr, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetCreateDatabase2(sesid, path.c_str(), 0x7FFFFFFF, &dbid, 0), JET_errDatabaseInvalidPages);
  EXPECT_EQ(JetCreateDatabase2(sesid, path.c_str(), 0, &dbid, 0x40000000), JET_errInvalidGrbit);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbReadOnly), JET_errDatabaseNotFound);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errInTransaction);
  EXPECT_EQ(JetRollback(sesid, 0), JET_errSuccess);
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_EQ(JetCreateDatabase2(sesid, path.c_str(), 0x7FFFFFFE, &dbid, 0), JET_errSuccess);
}

TEST(CreateDatabase, ReplacesADatabaseAndNothingElse) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const std::string text = instance.folder() / "a.txt";
  std::ofstream(text) << "dear diary";
  JET_DBID dbid = create_database(sesid, path);
  const JET_SIGNATURE first = signature(sesid, dbid);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbOverwriteExisting), JET_errDatabaseInUse);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbOverwriteExisting),
            JET_errDatabaseDuplicate);
  EXPECT_EQ(JetDetachDatabase(sesid, nullptr), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errDatabaseDuplicate);
  EXPECT_EQ(JetCreateDatabase(sesid, text.c_str(), nullptr, &dbid, 0), JET_errDatabaseDuplicate);
  EXPECT_EQ(JetCreateDatabase(sesid, text.c_str(), nullptr, &dbid, JET_bitDbOverwriteExisting), JET_errInvalidDatabase);
  EXPECT_EQ(std::filesystem::file_size(text), 10U);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbOverwriteExisting), JET_errSuccess);
  EXPECT_NE(signature(sesid, dbid).ulRandom, first.ulRandom);
}

TEST(CreateDatabase, WritesOverNoFileOfAnotherName) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const JET_DBID other = create_database(sesid, path + ".new");
  JET_DBID dbid = 0;
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errFileAccessDenied);
  EXPECT_EQ(number(sesid, other, JET_DbInfoPageSize), 4096U);
  create_database(sesid, instance.folder() / "b.edb", JET_bitDbRecoveryOff);
  ASSERT_EQ(instance.term(JET_bitTermDirty), JET_errSuccess);
  std::filesystem::remove(instance.folder() / "b.edb");
  JET_INSTANCE again = create(instance.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errSuccess) << "what is not recovered is not missed";
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

TEST(CreateDatabase, MakesFoldersIfThatIsWanted) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramCreatePathIfNotExist, 1), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  create_database(sesid, folder / "x/y/a.edb");
  EXPECT_TRUE(std::filesystem::exists(folder / "x/y/a.edb"));
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(AttachDatabase, RefusesWhatItCannotDo) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const std::string text = instance.folder() / "a.txt";
  std::ofstream(text) << "dear diary";
  std::ofstream(instance.folder() / "empty.edb");
  EXPECT_EQ(JetAttachDatabase(sesid, nullptr, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetAttachDatabase(sesid, (instance.folder() / "no/a.edb").c_str(), 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errFileNotFound);
  EXPECT_EQ(JetAttachDatabase(sesid, text.c_str(), 0), JET_errInvalidDatabase);
  EXPECT_EQ(JetAttachDatabase(sesid, (instance.folder() / "empty.edb").c_str(), 0), JET_errInvalidDatabase);
  EXPECT_EQ(JetAttachDatabase(sesid, instance.folder().path().c_str(), 0), JET_errFileAccessDenied);
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, path), 0), JET_errSuccess);
  ASSERT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errSuccess);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errDatabaseFileReadOnly);
  std::filesystem::permissions(path, std::filesystem::perms::none);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errFileAccessDenied);
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errSuccess);
}

// Another process is another open of the file, as far as its lock goes.
TEST(AttachDatabase, KeepsOtherProcessesOut) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, path), 0), JET_errSuccess);
  const int other = ::open(path.c_str(), O_RDWR);
  EXPECT_NE(::flock(other, LOCK_EX | LOCK_NB), 0);
  ASSERT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errSuccess);
  ASSERT_EQ(::flock(other, LOCK_SH | LOCK_NB), 0);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errDatabaseInUse);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), JET_bitDbReadOnly), JET_errSuccess);
  ::close(other);
}

TEST(AttachDatabase, BelongsToOneSessionAndOneInstance) {
  Running first(16, "first");
  Running second(16, "second");
  const std::string path = first.folder() / "a.edb";
  const JET_SESID a = first.begin();
  const JET_SESID b = first.begin();
  const JET_SESID c = second.begin();
  JET_DBID dbid = 0;
  create_database(a, path);
  EXPECT_EQ(JetAttachDatabase(a, path.c_str(), 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetAttachDatabase(b, path.c_str(), 0), JET_errDatabaseSharingViolation);
  EXPECT_EQ(JetAttachDatabase(c, path.c_str(), 0), JET_errDatabaseSharingViolation);
  EXPECT_EQ(JetCreateDatabase(b, path.c_str(), nullptr, &dbid, 0), JET_errDatabaseSharingViolation);
  EXPECT_EQ(JetCreateDatabase(c, path.c_str(), nullptr, &dbid, 0), JET_errDatabaseSharingViolation);
  EXPECT_EQ(JetOpenDatabase(c, path.c_str(), nullptr, &dbid, 0), JET_errDatabaseNotFound);
  EXPECT_EQ(JetOpenDatabase(b, path.c_str(), nullptr, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCloseDatabase(c, dbid, 0), JET_errInvalidDatabaseId);
  EXPECT_EQ(first.term(), JET_errSuccess);
  EXPECT_EQ(JetAttachDatabase(c, path.c_str(), 0), JET_errSuccess);
}

TEST(AttachDatabase, IsLimitedToSeven) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  JET_DBID dbid = 0;
  for (int i = 0; i < 7; ++i) create_database(sesid, instance.folder() / (std::to_string(i) + ".edb"));
  EXPECT_EQ(JetCreateDatabase(sesid, (instance.folder() / "8.edb").c_str(), nullptr, &dbid, 0),
            JET_errTooManyAttachedDatabases);
  EXPECT_FALSE(std::filesystem::exists(instance.folder() / "8.edb"));
  JET_SESID other = instance.begin();
  ASSERT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  ASSERT_EQ(JetDetachDatabase(other, (instance.folder() / "3.edb").c_str()), JET_errSuccess);
  EXPECT_EQ(JetAttachDatabase(other, (instance.folder() / "3.edb").c_str(), 0), JET_errSuccess);
  std::filesystem::copy_file(instance.folder() / "3.edb", instance.folder() / "8.edb");
  EXPECT_EQ(JetAttachDatabase(other, (instance.folder() / "8.edb").c_str(), 0), JET_errTooManyAttachedDatabases);
}

TEST(OpenDatabase, CountsAndKeepsToTheSession) {
  Running instance;
  const JET_SESID a = instance.begin();
  const JET_SESID b = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  const JET_DBID first = create_database(a, path);
  JET_DBID second = 0;
  ASSERT_EQ(JetOpenDatabase(a, path.c_str(), nullptr, &second, 0), JET_errSuccess);
  EXPECT_EQ(second, first);
  EXPECT_EQ(JetCloseDatabase(b, first, 0), JET_errDatabaseNotFound);
  EXPECT_EQ(JetCloseDatabase(a, first, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(b, path.c_str()), JET_errDatabaseInUse);
  EXPECT_EQ(JetEndSession(a, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(b, ""), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(b, path.c_str()), JET_errDatabaseNotFound) << "its session had ended";
  EXPECT_EQ(JetCloseDatabase(b, 0, 0), JET_errInvalidDatabaseId);
  EXPECT_EQ(JetCloseDatabase(b, JET_dbidNil, 0), JET_errInvalidDatabaseId);
}

TEST(OpenDatabase, RefusesWhatIsNotThere) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string text = instance.folder() / "a.txt";
  std::ofstream(text) << "dear diary";
  JET_DBID dbid = 7;
  EXPECT_EQ(JetOpenDatabase(sesid, nullptr, nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetOpenDatabase(sesid, instance.folder().path().c_str(), nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetOpenDatabase(sesid, (instance.folder() / "a.edb").c_str(), nullptr, &dbid, 0), JET_errDatabaseNotFound);
  EXPECT_EQ(JetOpenDatabase(sesid, text.c_str(), nullptr, &dbid, 0), JET_errInvalidDatabase);
  EXPECT_EQ(dbid, JET_dbidNil);
  EXPECT_EQ(JetOpenDatabase(sesid, text.c_str(), nullptr, nullptr, 0), JET_errInvalidParameter);
}

TEST(OpenDatabase, AloneKeepsOthersOut) {
  Running instance;
  const JET_SESID a = instance.begin();
  const JET_SESID b = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  ASSERT_EQ(JetCloseDatabase(a, create_database(a, path), 0), JET_errSuccess);
  JET_DBID mine = 0;
  JET_DBID other = 0;
  ASSERT_EQ(JetOpenDatabase(b, path.c_str(), nullptr, &mine, JET_bitDbExclusive), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabase(a, path.c_str(), nullptr, &other, 0), JET_errDatabaseLocked);
  EXPECT_EQ(JetCreateDatabase(a, path.c_str(), nullptr, &other, 0), JET_errDatabaseLocked);
  EXPECT_EQ(JetOpenDatabase(b, path.c_str(), nullptr, &mine, JET_bitDbExclusive), JET_errDatabaseInUse);
  EXPECT_EQ(JetOpenDatabase(b, path.c_str(), nullptr, &mine, 0), JET_errSuccess);
  EXPECT_EQ(number(b, mine, JET_DbInfoOptions), JET_bitDbExclusive);
  EXPECT_EQ(JetCloseDatabase(b, mine, 0), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabase(a, path.c_str(), nullptr, &other, 0), JET_errDatabaseLocked);
  EXPECT_EQ(JetEndSession(b, 0), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabase(a, path.c_str(), nullptr, &other, 0), JET_errSuccess);
  const JET_SESID c = instance.begin();
  EXPECT_EQ(JetOpenDatabase(c, path.c_str(), nullptr, &other, JET_bitDbExclusive), JET_errDatabaseInUse);
  EXPECT_EQ(JetCreateDatabase(a, path.c_str(), nullptr, &other, 0), JET_wrnDatabaseAttached);
  ASSERT_EQ(JetEndSession(a, 0), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabase(c, path.c_str(), nullptr, &other, 0), JET_errSuccess);
}

TEST(OpenDatabase, SaysThatItIsReadOnly) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  JET_DBID dbid = 0;
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, path), 0), JET_errSuccess);
  ASSERT_EQ(JetDetachDatabase(sesid, nullptr), JET_errSuccess);
  ASSERT_EQ(JetAttachDatabase(sesid, path.c_str(), JET_bitDbReadOnly), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_wrnFileOpenReadOnly);
  EXPECT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbReadOnly), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_wrnFileOpenReadOnly);
}

TEST(OpenDatabase, OneOfASessionIfThatIsWanted) {
  JET_INSTANCE defaults = 0;
  ASSERT_EQ(set_number(defaults, JET_paramOneDatabasePerSession, 1), JET_errSuccess);
  {
    Running instance;
    const JET_SESID sesid = instance.begin();
    JET_DBID dbid = create_database(sesid, instance.folder() / "a.edb");
    const std::string other = instance.folder() / "b.edb";
    EXPECT_EQ(JetCreateDatabase(sesid, other.c_str(), nullptr, &dbid, 0), JET_errOneDatabasePerSession);
    EXPECT_FALSE(std::filesystem::exists(other));
    const JET_SESID second = instance.begin();
    create_database(second, other);
    EXPECT_EQ(JetOpenDatabase(sesid, other.c_str(), nullptr, &dbid, 0), JET_errOneDatabasePerSession);
    EXPECT_EQ(JetOpenDatabase(sesid, (instance.folder() / "a.edb").c_str(), nullptr, &dbid, 0), JET_errSuccess);
  }
  EXPECT_EQ(set_number(defaults, JET_paramOneDatabasePerSession, 0), JET_errSuccess);
}

TEST(DetachDatabase, AllOrNone) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const JET_SESID other = instance.begin();
  const std::string a = instance.folder() / "a.edb";
  const std::string b = instance.folder() / "b.edb";
  const std::string c = instance.folder() / "c.edb";
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, a), 0), JET_errSuccess);
  const JET_DBID open = create_database(sesid, b);
  ASSERT_EQ(JetCloseDatabase(other, create_database(other, c), 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, nullptr), JET_errDatabaseInUse);
  EXPECT_EQ(JetAttachDatabase(sesid, a.c_str(), 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetCloseDatabase(sesid, open, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, nullptr), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, a.c_str()), JET_errDatabaseNotFound);
  EXPECT_EQ(JetDetachDatabase(sesid, c.c_str()), JET_errSuccess);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, nullptr), JET_errInTransaction);
}

TEST(DetachDatabase, CannotBeForced) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  create_database(sesid, path);
  EXPECT_EQ(JetDetachDatabase2(sesid, path.c_str(), JET_bitForceDetach), JET_errForceDetachNotAllowed);
  EXPECT_EQ(JetDetachDatabase2(sesid, path.c_str(), JET_bitForceCloseAndDetach), JET_errForceDetachNotAllowed);
  EXPECT_EQ(JetDetachDatabase2(sesid, path.c_str(), 8), JET_errInvalidGrbit);
  EXPECT_EQ(JetDetachDatabase2(sesid, path.c_str(), 0), JET_errDatabaseInUse);
}

TEST(Databases, AfterAStopCanOnlyBeGivenBack) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a.edb";
  JET_DBID dbid = create_database(sesid, path);
  ASSERT_EQ(JetStopServiceInstance(instance.get()), JET_errSuccess);
  JET_DBID other = 0;
  EXPECT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &other, 0), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errClientRequestToStopJetService);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, path.c_str()), JET_errSuccess);
}

TEST(Databases, GoWithTheirInstance) {
  Folder folder;
  const std::string path = folder / "a.edb";
  for (int round = 0; round < 2; ++round) {
    JET_INSTANCE instance = create(folder.path());
    ASSERT_EQ(JetInit(&instance), JET_errSuccess);
    JET_SESID sesid = 0;
    ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
    if (round == 0) {
      create_database(sesid, path);
    } else {
      EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errSuccess);
    }
    EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  }
}

TEST(Databases, NeedNoLog) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetSetSystemParameter(&instance, 0, JET_paramRecovery, 0, "off"), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  ASSERT_EQ(JetCloseDatabase(sesid, create_database(sesid, folder / "a.edb"), 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase(sesid, nullptr), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
