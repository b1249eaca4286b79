// System parameters: ranges, text, scope and when they are frozen.
#include <cstring>

#include "support.hpp"

namespace esent_test {
namespace {

JET_ERR number_of(JET_INSTANCE instance, std::uint32_t id, JET_API_PTR& value) {
  return JetGetSystemParameter(instance, 0, id, &value, nullptr, 0);
}

TEST(Parameters, ANewInstanceCopiesTheDefaults) {
  ASSERT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 7, nullptr), JET_errSuccess);
  JET_INSTANCE instance = 0;
  ASSERT_EQ(JetCreateInstance(&instance, "x"), JET_errSuccess);
  ASSERT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramMaxSessions, 16, nullptr), JET_errSuccess);
  JET_API_PTR value = 0;
  EXPECT_EQ(number_of(instance, JET_paramMaxSessions, value), JET_errSuccess);
  EXPECT_EQ(value, 7U);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, ValuesOutOfRangeAreRefusedAndChangeNothing) {
  Folder folder;
  const JET_INSTANCE instance = create(folder.path());
  EXPECT_EQ(set_number(instance, JET_paramMaxSessions, 30001), JET_errInvalidParameter);
  EXPECT_EQ(set_number(instance, JET_paramMaxSessions, ~JET_API_PTR{0}), JET_errInvalidParameter);
  EXPECT_EQ(set_number(instance, JET_paramLogFileSize, 63), JET_errInvalidParameter);
  EXPECT_EQ(set_number(instance, JET_paramCircularLog, 2), JET_errInvalidParameter);
  EXPECT_EQ(set_number(instance, JET_paramIndexTuplesLengthMin, 1), JET_errIndexTuplesInvalidLimits);
  EXPECT_EQ(set_number(instance, JET_paramMaxColtyp, 1), JET_errInvalidParameter);
  EXPECT_EQ(set_number(instance, 4711, 1), JET_errInvalidParameter);
  JET_API_PTR value = 0;
  EXPECT_EQ(number_of(instance, JET_paramMaxSessions, value), JET_errSuccess);
  EXPECT_EQ(value, 16U);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, TextHasLimitsAndPathsHaveRules) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  const auto set = [&](std::uint32_t id, const char* text) { return JetSetSystemParameter(&instance, 0, id, 0, text); };
  EXPECT_EQ(set(JET_paramBaseName, "ab"), JET_errInvalidParameter);
  EXPECT_EQ(set(JET_paramBaseName, "abcd"), JET_errInvalidParameter);
  EXPECT_EQ(set(JET_paramBaseName, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(set(JET_paramBaseName, "abc"), JET_errSuccess);
  EXPECT_EQ(set(JET_paramSystemPath, std::string(247, 'a').c_str()), JET_errInvalidParameter);
  EXPECT_EQ(set(JET_paramSystemPath, "a|b"), JET_errInvalidPath);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::exists(folder / "abc.log"));
  EXPECT_EQ(set(JET_paramSystemPath, "x"), JET_errAlreadyInitialized);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, TextIsReadInBothForms) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetSetSystemParameterW(&instance, 0, JET_paramEventSource, 0, u"gr\u00FC\u00DF \U0001F600"), 0);
  char narrow[32];
  ASSERT_EQ(JetGetSystemParameter(instance, 0, JET_paramEventSource, nullptr, narrow, sizeof narrow), 0);
  EXPECT_STREQ(narrow, "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80");
  char16_t wide[32];
  ASSERT_EQ(JetGetSystemParameterW(instance, 0, JET_paramEventSource, nullptr, wide, sizeof wide), 0);
  EXPECT_EQ(std::u16string(wide), u"gr\u00FC\u00DF \U0001F600");
  EXPECT_EQ(JetGetSystemParameter(instance, 0, JET_paramEventSource, nullptr, narrow, 4), JET_errBufferTooSmall);
  EXPECT_EQ(JetGetSystemParameter(instance, 0, JET_paramEventSource, nullptr, narrow, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetGetSystemParameter(instance, 0, JET_paramEventSource, nullptr, nullptr, 9), JET_errInvalidParameter);
  EXPECT_EQ(JetGetSystemParameter(instance, 0, JET_paramMaxSessions, nullptr, nullptr, 0), JET_errInvalidParameter);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, TextForPeopleIsCutAndAnyOtherRefused) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  char narrow[8];
  EXPECT_EQ(JetGetSystemParameter(instance, 0, JET_paramBaseName, nullptr, narrow, 3), JET_errBufferTooSmall);
  JET_API_PTR code = static_cast<JET_API_PTR>(JET_errOutOfMemory);
  EXPECT_EQ(JetGetSystemParameter(0, 0, JET_paramErrorToString, &code, narrow, sizeof narrow), JET_wrnBufferTruncated);
  EXPECT_STREQ(narrow, "JET_err");
  char16_t wide[4];
  EXPECT_EQ(JetGetSystemParameterW(0, 0, JET_paramErrorToString, &code, wide, sizeof wide), JET_wrnBufferTruncated);
  EXPECT_EQ(std::u16string(wide), u"JET");
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, BadHandlesHaveCodesOfTheirOwn) {
  Running instance;
  JET_INSTANCE bad = 4711;
  JET_API_PTR value = 0;
  EXPECT_EQ(JetSetSystemParameter(&bad, 0, JET_paramMaxSessions, 1, nullptr), JET_errInvalidInstance);
  EXPECT_EQ(number_of(bad, JET_paramMaxSessions, value), JET_errInvalidInstance);
  EXPECT_EQ(JetGetSystemParameter(0, 4711, JET_paramMaxSessions, &value, nullptr, 0), JET_errInvalidSesid);
  JET_INSTANCE none = 0;
  EXPECT_EQ(JetSetSystemParameter(&none, 4711, JET_paramCommitDefault, 0, nullptr), JET_errInvalidSesid);
}

TEST(Parameters, AGlobalOneIsNotReadFromAnInstance) {
  Running instance;
  JET_API_PTR value = 0;
  EXPECT_EQ(number_of(instance.get(), JET_paramMaxInstances, value), JET_errInvalidParameter);
  EXPECT_EQ(number_of(0, JET_paramMaxInstances, value), JET_errSuccess);
  EXPECT_EQ(value, 16U);
  EXPECT_EQ(number_of(0, JET_paramMaxSessions, value), JET_errSuccess);
}

TEST(Parameters, ASessionHasItsOwnCommitDefault) {
  Running instance(1);
  JET_SESID sesid = instance.begin();
  JET_API_PTR value = 9;
  ASSERT_EQ(JetSetSystemParameter(nullptr, sesid, JET_paramCommitDefault, JET_bitCommitLazyFlush, nullptr), 0);
  EXPECT_EQ(JetGetSystemParameter(0, sesid, JET_paramCommitDefault, &value, nullptr, 0), JET_errSuccess);
  EXPECT_EQ(value, JET_bitCommitLazyFlush);
  EXPECT_EQ(JetSetSystemParameter(nullptr, sesid, JET_paramCommitDefault, 4, nullptr), JET_errInvalidParameter);
  ASSERT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  sesid = instance.begin();
  EXPECT_EQ(JetGetSystemParameter(0, sesid, JET_paramCommitDefault, &value, nullptr, 0), JET_errSuccess);
  EXPECT_EQ(value, 0U);
}

TEST(Parameters, ProtectedOnesKeepTheirValueWithoutAnError) {
  Folder folder;
  const JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramEnableAdvanced, 0), JET_errSuccess);
  EXPECT_EQ(set_number(instance, JET_paramMaxSessions, 5), JET_errSuccess);
  JET_API_PTR value = 0;
  ASSERT_EQ(number_of(instance, JET_paramMaxSessions, value), JET_errSuccess);
  EXPECT_EQ(value, 16U);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, TheSmallConfigurationAllowsThirtyThousandSessions) {
  JET_INSTANCE instance = 0;
  ASSERT_EQ(JetCreateInstance(&instance, "x"), JET_errSuccess);
  ASSERT_EQ(set_number(instance, JET_paramConfiguration, 0), JET_errSuccess);
  JET_API_PTR value = 0;
  ASSERT_EQ(number_of(instance, JET_paramMaxSessions, value), JET_errSuccess);
  EXPECT_EQ(value, 30000U);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Parameters, ErrorsHaveTexts) {
  char text[128];
  JET_API_PTR code = static_cast<JET_API_PTR>(JET_errOutOfSessions);
  ASSERT_EQ(JetGetSystemParameter(0, 0, JET_paramErrorToString, &code, text, sizeof text), JET_errSuccess);
  EXPECT_EQ(std::string(text).substr(0, 21), "JET_errOutOfSessions,");
  code = 987654;
  ASSERT_EQ(JetGetSystemParameter(0, 0, JET_paramErrorToString, &code, text, sizeof text), JET_errSuccess);
  EXPECT_STREQ(text, "Unknown Error,Unknown Error");
}

TEST(Parameters, TheUnicodeIndexIsChecked) {
  JET_UNICODEINDEX index{0x407, 0x400};
  const auto set = [&] {
    return JetSetSystemParameter(nullptr, 0, JET_paramUnicodeIndexDefault, reinterpret_cast<JET_API_PTR>(&index), "");
  };
  EXPECT_EQ(JetSetSystemParameter(nullptr, 0, JET_paramUnicodeIndexDefault, 0, nullptr), JET_errInvalidParameter);
  EXPECT_EQ(set(), JET_errSuccess);
  index.lcid = 0;
  EXPECT_EQ(set(), JET_errInvalidParameter);
  char stored[sizeof index];
  ASSERT_EQ(JetGetSystemParameter(0, 0, JET_paramUnicodeIndexDefault, nullptr, stored, sizeof stored), 0);
  std::memcpy(&index, stored, sizeof index);
  EXPECT_EQ(index.lcid, 0x407U);
}

}  // namespace
}  // namespace esent_test
