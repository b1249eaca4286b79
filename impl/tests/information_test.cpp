// JetGetDatabaseInfo, JetGetInstanceInfo, JetGetInstanceMiscInfo and JetGetErrorInfoW.
#include "databases_support.hpp"

namespace esent_test {
namespace {

TEST(DatabaseInfo, TellsEachLevel) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = std::filesystem::canonical(instance.folder().path()).string() + "/a.edb";
  const JET_DBID dbid = create_database(sesid, path);
  char text[512];
  ASSERT_EQ(JetGetDatabaseInfo(sesid, dbid, text, sizeof text, JET_DbInfoFilename), JET_errSuccess);
  EXPECT_EQ(text, path);
  char16_t wide[512];
  ASSERT_EQ(JetGetDatabaseInfoW(sesid, dbid, wide, sizeof wide, JET_DbInfoFilename), JET_errSuccess);
  EXPECT_EQ(std::u16string(wide), std::u16string(path.begin(), path.end()));
  ASSERT_EQ(JetGetDatabaseInfo(sesid, dbid, text, sizeof text, JET_DbInfoConnect), JET_errSuccess);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoCountry), 1U);
  JET_UNICODEINDEX index{};
  ASSERT_EQ(JetGetSystemParameter(instance.get(), 0, JET_paramUnicodeIndexDefault, nullptr,
                                  reinterpret_cast<char*>(&index), sizeof index),
            JET_errSuccess);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoLCID), index.lcid);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoCp), 1252U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoCollate), 0U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoOptions), 0U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoTransactions), 8U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoVersion), 0x620U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoPageSize), 4096U);
  EXPECT_EQ(number(sesid, dbid, JET_DbInfoFilesize), std::filesystem::file_size(path) / 4096);
  EXPECT_GE(number(sesid, dbid, JET_DbInfoSpaceOwned), 3U);
  EXPECT_LT(number(sesid, dbid, JET_DbInfoSpaceAvailable), number(sesid, dbid, JET_DbInfoSpaceOwned));
  JET_DBINFOMISC misc{};
  ASSERT_EQ(JetGetDatabaseInfo(sesid, dbid, &misc, sizeof misc, JET_DbInfoMisc), JET_errSuccess);
  EXPECT_EQ(misc.cbPageSize, 4096U);
  EXPECT_EQ(misc.dbstate, JET_dbstateDirtyShutdown);
  EXPECT_NE(misc.signDb.ulRandom, 0U);
}

TEST(DatabaseInfo, WantsTheRightBufferIdAndLevel) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const JET_SESID other = instance.begin();
  const JET_DBID dbid = create_database(sesid, instance.folder() / "a.edb");
  char text[8];
  std::uint64_t value = 0;
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, text, sizeof text, JET_DbInfoFilename), JET_errBufferTooSmall);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, text, 0, JET_DbInfoConnect), JET_errBufferTooSmall);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, 3, JET_DbInfoPageSize), JET_errInvalidBufferSize);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, 8, JET_DbInfoPageSize), JET_errInvalidBufferSize);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, 8, JET_DbInfoMisc), JET_errInvalidBufferSize);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, 4, JET_DbInfoIsam), JET_errFeatureNotAvailable);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, nullptr, 4, JET_DbInfoPageSize), JET_errInvalidParameter);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, nullptr, 0, JET_DbInfoPageSize), JET_errInvalidBufferSize);
  for (const std::uint32_t level : {JET_DbInfoUpgrade, JET_DbInfoDBInUse, JET_DbInfoFileType, 16U, 18U, 99U}) {
    EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, 4, level), JET_errInvalidParameter) << level;
  }
  EXPECT_EQ(JetGetDatabaseInfo(other, dbid, &value, 4, JET_DbInfoPageSize), JET_errInvalidParameter);
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid + 1, &value, 4, JET_DbInfoPageSize), JET_errInvalidParameter);
  EXPECT_EQ(JetGetDatabaseInfo(0, dbid, &value, 4, JET_DbInfoPageSize), JET_errInvalidSesid);
}

TEST(InstanceInfo, ListsWhatRuns) {
  std::uint32_t count = 9;
  JET_INSTANCE_INFO* infos = nullptr;
  ASSERT_EQ(JetGetInstanceInfo(&count, &infos), JET_errSuccess);
  EXPECT_EQ(count, 0U);
  EXPECT_EQ(infos, nullptr);
  EXPECT_EQ(JetFreeBuffer(nullptr), JET_errSuccess);
  EXPECT_EQ(JetGetInstanceInfo(nullptr, &infos), JET_errInvalidParameter);
  EXPECT_EQ(JetGetInstanceInfo(&count, nullptr), JET_errInvalidParameter);
  Running first(16, "first");
  Running second(16, nullptr);
  Folder idle;
  const JET_INSTANCE created = create(idle.path(), "created");
  create_database(first.begin(), first.folder() / "\xC3\xA4.edb");
  ASSERT_EQ(JetGetInstanceInfo(&count, &infos), JET_errSuccess);
  ASSERT_EQ(count, 2U);
  EXPECT_EQ(infos[0].hInstanceId, first.get());
  EXPECT_STREQ(infos[0].szInstanceName, "first");
  ASSERT_EQ(infos[0].cDatabases, 1U);
  EXPECT_TRUE(std::filesystem::equivalent(infos[0].szDatabaseFileName[0], first.folder() / "\xC3\xA4.edb"));
  EXPECT_EQ(infos[0].szDatabaseDisplayName[0], nullptr);
  EXPECT_EQ(infos[1].hInstanceId, second.get());
  EXPECT_EQ(infos[1].szInstanceName, nullptr);
  EXPECT_EQ(infos[1].cDatabases, 0U);
  EXPECT_EQ(JetFreeBuffer(reinterpret_cast<char*>(infos)), JET_errSuccess);
  JET_INSTANCE_INFO_W* wide = nullptr;
  ASSERT_EQ(JetGetInstanceInfoW(&count, &wide), JET_errSuccess);
  EXPECT_EQ(std::u16string(wide[0].szInstanceName), u"first");
  EXPECT_TRUE(std::u16string(wide[0].szDatabaseFileName[0]).ends_with(u"\u00e4.edb"));
  EXPECT_EQ(JetFreeBuffer(reinterpret_cast<char*>(wide)), JET_errSuccess);
  EXPECT_EQ(JetTerm(created), JET_errSuccess);
}

TEST(InstanceMiscInfo, TellsTheSignatureOfTheLog) {
  Running first(16, "first");
  Running second(16, "second");
  JET_SIGNATURE one{};
  JET_SIGNATURE two{};
  ASSERT_EQ(JetGetInstanceMiscInfo(first.get(), &one, sizeof one, JET_InstanceMiscInfoLogSignature), JET_errSuccess);
  ASSERT_EQ(JetGetInstanceMiscInfo(second.get(), &two, sizeof two, 0), JET_errSuccess);
  EXPECT_NE(one.ulRandom, two.ulRandom);
  EXPECT_GE(one.logtimeCreate.bYear, 120);
  EXPECT_EQ(JetGetInstanceMiscInfo(first.get(), &one, sizeof one - 1, 0), JET_errBufferTooSmall);
  EXPECT_EQ(JetGetInstanceMiscInfo(first.get(), nullptr, sizeof one, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetGetInstanceMiscInfo(first.get(), &one, sizeof one, 1), JET_errInvalidParameter);
  EXPECT_EQ(JetGetInstanceMiscInfo(JET_instanceNil, &one, sizeof one, 0), JET_errInvalidParameter);
  Folder folder;
  const JET_INSTANCE created = create(folder.path(), "created");
  EXPECT_EQ(JetGetInstanceMiscInfo(created, &one, sizeof one, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetTerm(created), JET_errSuccess);
}

TEST(ErrorInfo, TellsTheClassOfACode) {
  JET_ERR code = JET_errOutOfMemory;
  JET_ERRINFOBASIC_W info{};
  ASSERT_EQ(JetGetErrorInfoW(&code, &info, sizeof info, JET_ErrorInfoSpecificErr, 0), JET_errSuccess);
  EXPECT_EQ(sizeof info, 152U);
  EXPECT_EQ(info.cbStruct, sizeof info);
  EXPECT_EQ(info.errValue, JET_errOutOfMemory);
  EXPECT_EQ(info.errcatMostSpecific, JET_errcatMemory);
  const unsigned char classes[8] = {1, 2, 5, 6};
  EXPECT_TRUE(std::equal(classes, classes + 8, info.rgCategoricalHierarchy));
  EXPECT_EQ(JetGetErrorInfoW(&code, &info, sizeof info - 1, JET_ErrorInfoSpecificErr, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetGetErrorInfoW(&code, &info, sizeof info, 0, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetGetErrorInfoW(&code, &info, sizeof info, JET_ErrorInfoSpecificErr, 1), JET_errInvalidParameter);
  EXPECT_EQ(JetGetErrorInfoW(nullptr, &info, sizeof info, JET_ErrorInfoSpecificErr, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetGetErrorInfoW(&code, nullptr, sizeof info, JET_ErrorInfoSpecificErr, 0), JET_errInvalidParameter);
  code = -99999;
  EXPECT_EQ(JetGetErrorInfoW(&code, &info, sizeof info, JET_ErrorInfoSpecificErr, 0), JET_errInvalidParameter);
}

}  // namespace
}  // namespace esent_test
