// Each function with text has its two forms, and they mean the same.
#include "databases_support.hpp"

namespace esent_test {
namespace {

std::u16string wide(const std::string& text) { return {text.begin(), text.end()}; }

TEST(WideForms, OfDatabases) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::u16string path = wide(instance.folder().path()) + u"\u00e4\U0001F600.edb";
  const std::string narrow = instance.folder() / "\xC3\xA4\xF0\x9F\x98\x80.edb";
  JET_DBID dbid = 0;
  ASSERT_EQ(JetCreateDatabaseW(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::exists(narrow));
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabaseW(sesid, path.c_str()), JET_errSuccess);
  EXPECT_EQ(JetAttachDatabaseW(sesid, path.c_str(), 0), JET_errSuccess);
  EXPECT_EQ(JetAttachDatabase2W(sesid, path.c_str(), 0, 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetAttachDatabaseA(sesid, narrow.c_str(), 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetAttachDatabase2A(sesid, narrow.c_str(), 0, 0), JET_wrnDatabaseAttached);
  EXPECT_EQ(JetOpenDatabaseW(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetOpenDatabaseA(sesid, narrow.c_str(), nullptr, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetDetachDatabase2W(sesid, nullptr, 0), JET_errDatabaseInUse);
  EXPECT_EQ(JetDetachDatabase2A(sesid, "", 0), JET_errDatabaseInUse);
  EXPECT_EQ(JetDetachDatabaseA(sesid, narrow.c_str()), JET_errDatabaseInUse);
  EXPECT_EQ(JetCreateDatabase2W(sesid, (path + u"2").c_str(), 0, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabase2A(sesid, (narrow + "3").c_str(), 0, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCreateDatabaseA(sesid, (narrow + "4").c_str(), nullptr, &dbid, 0), JET_errSuccess);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoPageSize), 4096U);
  std::uint32_t value = 0;
  EXPECT_EQ(JetGetDatabaseInfoA(sesid, dbid, &value, sizeof value, JET_DbInfoPageSize), JET_errSuccess);
}

TEST(WideForms, RefuseWhatIsNoText) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const char16_t bad[] = {'a', 0xD800, 0};
  JET_DBID dbid = 0;
  create_database(sesid, instance.folder() / "a.edb");
  EXPECT_EQ(JetCreateDatabaseW(sesid, bad, nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetAttachDatabaseW(sesid, bad, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetOpenDatabaseW(sesid, bad, nullptr, &dbid, 0), JET_errDatabaseInvalidPath);
  EXPECT_EQ(JetDetachDatabaseW(sesid, bad), JET_errDatabaseNotFound) << "and does not mean all of them";
  EXPECT_EQ(JetBackupInstanceW(instance.get(), bad, 0, nullptr), JET_errInvalidPath);
}

TEST(WideForms, OfTheLegacyBackups) {
  Running instance;
  const std::u16string path = wide(instance.folder().path());
  const std::string narrow = instance.folder().path();
  EXPECT_EQ(JetBackupW(path.c_str(), 0, nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetBackupA(narrow.c_str(), 0, nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestoreW(path.c_str(), nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestoreA(narrow.c_str(), nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestore2W(path.c_str(), nullptr, nullptr), JET_errRunningInMultiInstanceMode);
  EXPECT_EQ(JetRestore2A(narrow.c_str(), nullptr, nullptr), JET_errRunningInMultiInstanceMode);
}

}  // namespace
}  // namespace esent_test
