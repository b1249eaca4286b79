// Single- and multi-instance mode, and what two instances may share.
#include "support.hpp"

namespace esent_test {
namespace {

// Gives the defaults of the process a folder for the one instance, and takes it back.
class SinglePlace {
 public:
  SinglePlace() { place(0, folder_.path()); }
  SinglePlace(const SinglePlace&) = delete;
  SinglePlace& operator=(const SinglePlace&) = delete;
  ~SinglePlace() { place(0, ".\\"); }

 private:
  Folder folder_;
};

TEST(Modes, JetInitWithoutAnInstanceMakesTheOneOfSingleMode) {
  SinglePlace where;
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  EXPECT_EQ(JetInit(nullptr), JET_errAlreadyInitialized);
  JET_SESID sesid = 0;
  EXPECT_EQ(JetBeginSession(0, &sesid, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetBeginSession(JET_instanceNil, &sesid, nullptr, nullptr), JET_errSuccess);
  JET_INSTANCE other = 0;
  EXPECT_EQ(JetCreateInstance(&other, "x"), JET_errRunningInOneInstanceMode);
  EXPECT_EQ(JetEnableMultiInstance(nullptr, 0, nullptr), JET_errRunningInOneInstanceMode);
  EXPECT_EQ(JetTerm(12345), JET_errInvalidParameter);
  EXPECT_EQ(JetTerm(0), JET_errSuccess);
}

TEST(Modes, JetInitStoresTheHandleOfTheOneInstance) {
  SinglePlace where;
  JET_INSTANCE instance = JET_instanceNil;
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_NE(instance, JET_instanceNil);
  JET_SESID sesid = 0;
  EXPECT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Modes, TheModeIsForgottenWithTheLastInstance) {
  SinglePlace where;
  ASSERT_EQ(JetInit(nullptr), JET_errSuccess);
  ASSERT_EQ(JetTerm(0), JET_errSuccess);
  Folder folder;
  const JET_INSTANCE instance = create(folder.path());
  EXPECT_EQ(JetInit(nullptr), JET_errRunningInMultiInstanceMode);
  JET_INSTANCE none = 0;
  EXPECT_EQ(JetInit(&none), JET_errInvalidParameter);
  EXPECT_EQ(JetStopService(), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestoreInstance(0, folder.path().c_str(), nullptr, nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Modes, EnableMultiInstanceAppliesItsParametersAndCounts) {
  JET_SETSYSPARAM entries[] = {{JET_paramMaxSessions, 5, nullptr, 1},
                               {JET_paramMaxSessions, 99999, nullptr, 1},
                               {JET_paramMaxSessions, 6, nullptr, 1}};
  uint32_t succeeded = 9;
  EXPECT_EQ(JetEnableMultiInstance(entries, 3, &succeeded), JET_errInvalidParameter);
  EXPECT_EQ(succeeded, 1U);
  EXPECT_EQ(entries[0].err, JET_errSuccess);
  EXPECT_EQ(entries[1].err, JET_errInvalidParameter);
  EXPECT_EQ(entries[2].err, 1);
  entries[0].lParam = 16;
  EXPECT_EQ(JetEnableMultiInstance(entries, 1, &succeeded), JET_errSuccess);
  EXPECT_EQ(JetEnableMultiInstance(nullptr, 0, nullptr), JET_errSystemParamsAlreadySet);
  EXPECT_EQ(JetInit(nullptr), JET_errRunningInMultiInstanceMode);
  JET_INSTANCE instance = 0;
  ASSERT_EQ(JetCreateInstance(&instance, nullptr), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Modes, NamesAreUniqueAndNoNameIsAName) {
  JET_INSTANCE first = 0, second = 0, third = 0;
  ASSERT_EQ(JetCreateInstance(&first, "a"), JET_errSuccess);
  EXPECT_EQ(JetCreateInstanceW(&second, u"a"), JET_errInstanceNameInUse);
  ASSERT_EQ(JetCreateInstance(&second, nullptr), JET_errSuccess);
  EXPECT_EQ(JetCreateInstance(&third, nullptr), JET_errInstanceNameInUse);
  EXPECT_EQ(JetTerm(first), JET_errSuccess);
  EXPECT_EQ(JetTerm(second), JET_errSuccess);
}

TEST(Modes, ThereAreAtMostMaxInstances) {
  ASSERT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramMaxInstances, 2, nullptr), JET_errSuccess);
  JET_INSTANCE first = 0, second = 0, third = 0;
  ASSERT_EQ(JetCreateInstance(&first, "a"), JET_errSuccess);
  ASSERT_EQ(JetCreateInstance(&second, "b"), JET_errSuccess);
  EXPECT_EQ(JetCreateInstance(&third, "c"), JET_errTooManyInstances);
  EXPECT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramMaxInstances, 3, nullptr), JET_errAlreadyInitialized);
  EXPECT_EQ(JetTerm(first), JET_errSuccess);
  EXPECT_EQ(JetTerm(second), JET_errSuccess);
  EXPECT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramMaxInstances, 16, nullptr), JET_errSuccess);
}

TEST(Modes, RunningInstancesDoNotSharePaths) {
  Running instance;
  Folder folder;
  JET_INSTANCE other = create(folder.path(), "other");
  JET_INSTANCE pointer = other;
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramSystemPath, 0, instance.folder().path().c_str()), 0);
  EXPECT_EQ(JetInit(&other), JET_errSystemPathInUse);
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramSystemPath, 0, folder.path().c_str()), 0);
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramLogFilePath, 0, instance.folder().path().c_str()), 0);
  EXPECT_EQ(JetInit(&other), JET_errLogFilePathInUse);
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramLogFilePath, 0, folder.path().c_str()), 0);
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramTempPath, 0, (instance.folder() / "tmp.edb").c_str()), 0);
  EXPECT_EQ(JetInit(&other), JET_errTempPathInUse);
  ASSERT_EQ(JetSetSystemParameter(&pointer, 0, JET_paramTempPath, 0, (folder / "tmp.edb").c_str()), 0);
  EXPECT_EQ(JetInit(&other), JET_errSuccess);
  EXPECT_EQ(JetTerm(other), JET_errSuccess);
}

TEST(Modes, AMissingFolderIsAnInvalidPathUnlessItMayBeMade) {
  Folder folder;
  JET_INSTANCE instance = create(folder / "a/b");
  EXPECT_EQ(JetInit(&instance), JET_errInvalidPath);
  EXPECT_EQ(set_number(instance, JET_paramCreatePathIfNotExist, 1), JET_errSuccess);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::exists(folder / "a/b/edb.log"));
  EXPECT_EQ(JetInit(&instance), JET_errAlreadyInitialized);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Modes, BackslashesSeparateFoldersToo) {
  Folder folder;
  std::filesystem::create_directory(folder / "inner");
  std::string path = folder / "inner\\";
  JET_INSTANCE instance = create(path);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::exists(folder / "inner/edb.chk"));
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Modes, AFailedInitOfSingleModeLeavesNoModeBehind) {
  place(0, "/nonexistent/folder");
  EXPECT_EQ(JetInit(nullptr), JET_errInvalidPath);
  EXPECT_EQ(JetTerm(0), JET_errInvalidParameter);
  JET_INSTANCE instance = 0;
  EXPECT_EQ(JetCreateInstance(&instance, "x"), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  place(0, ".\\");
}

}  // namespace
}  // namespace esent_test
