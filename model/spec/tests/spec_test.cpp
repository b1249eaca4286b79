#include "model/spec/spec.hpp"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "model/spec/edit_distance.hpp"

namespace esentcheck::spec {
namespace {

const DocumentedCode* documented(Function function, Code code) {
  for (const DocumentedCode& candidate : row(function).codes) {
    if (candidate.code == code) return &candidate;
  }
  return nullptr;
}

TEST(Names, OfFunctionsResolveBothWays) {
  ASSERT_EQ(functions().size(), function_count);
  for (const FunctionRow& function : functions()) {
    EXPECT_EQ(function_named(function.name), function.function);
    EXPECT_EQ(&row(function.function), &function);
  }
  EXPECT_EQ(function_named("JetDupSession"), Function::JetDupSession);
  EXPECT_EQ(function_named("jetdupsession"), std::nullopt);
  EXPECT_EQ(function_named(""), std::nullopt);
}

TEST(Names, OfCodesResolveBothWays) {
  for (const CodeRow& code : codes()) {
    EXPECT_EQ(code_named(code.name), code.code);
    EXPECT_EQ(row(code.code), &code);
    std::array<char, 12> buffer{};
    EXPECT_EQ(name_of(code.code, buffer), code.name);
  }
  EXPECT_EQ(code_named("JET_errOutOfSessions"), Code::errOutOfSessions);
  EXPECT_EQ(static_cast<int>(Code::errOutOfSessions), -1101);
  EXPECT_EQ(code_named("OutOfSessions"), std::nullopt);
  EXPECT_EQ(row(Code{-4711}), nullptr);
}

TEST(Names, OfParametersResolveBothWays) {
  for (const ParameterRow& parameter : parameters()) {
    EXPECT_EQ(parameter_named(parameter.name), parameter.parameter);
    EXPECT_EQ(row(parameter.parameter), &parameter);
  }
  EXPECT_EQ(parameter_named("JET_paramMaxSession"), std::nullopt);
  EXPECT_EQ(row(Parameter{38}), nullptr) << "JET_paramTransactionLevel is in the header only";
}

TEST(Names, OfBitsGiveTheirValues) {
  for (const BitRow& bit : bits()) EXPECT_EQ(bit_named(bit.name), bit.value);
  EXPECT_EQ(bit_named("JET_bitStopServiceResume"), 0x80000000u);
  EXPECT_EQ(bit_named("JET_bitTermComplete"), bit::TermComplete);
  EXPECT_EQ(bit_named("JET_bitNoSuchThing"), std::nullopt);
}

TEST(Names, OfReleasesResolveBothWays) {
  EXPECT_EQ(name_of(Release::windows_server_2003), "windows-server-2003");
  for (int i = 0; i <= static_cast<int>(newest_release); ++i) {
    const auto release = static_cast<Release>(i);
    EXPECT_EQ(release_named(name_of(release)), release);
  }
  EXPECT_EQ(release_named("windows-95"), std::nullopt);
}

TEST(Codes, AreOfTheKindThatTheirSignSays) {
  EXPECT_EQ(row(Code::errSuccess)->kind, CodeKind::success);
  EXPECT_EQ(row(Code::wrnIdleFull)->kind, CodeKind::warning);
  EXPECT_EQ(row(Code::errOutOfSessions)->kind, CodeKind::error);
}

TEST(Codes, WithoutARowPrintAsNumbers) {
  std::array<char, 12> buffer{};
  EXPECT_EQ(name_of(Code{-4711}, buffer), "-4711");
  EXPECT_EQ(name_of(Code{std::numeric_limits<std::int32_t>::min()}, buffer), "-2147483648");
}

TEST(JetDupSession, HasItsNineCodesInPageOrder) {
  std::vector<Code> returned;
  for (const DocumentedCode& code : row(Function::JetDupSession).codes) {
    EXPECT_TRUE(code.in_table);
    EXPECT_FALSE(code.when.empty());
    returned.push_back(code.code);
  }
  EXPECT_EQ(returned,
            (std::vector{Code::errSuccess, Code::errClientRequestToStopJetService, Code::errInstanceUnavailable,
                         Code::errInvalidParameter, Code::errNotInitialized, Code::errOutOfMemory,
                         Code::errOutOfSessions, Code::errRestoreInProgress, Code::errTermInProgress}));
}

TEST(JetDupSession, TakesASessionAndGivesOne) {
  const auto& arguments = row(Function::JetDupSession).arguments;
  ASSERT_EQ(arguments.size(), 2u);
  EXPECT_EQ(arguments[argument::JetDupSession::sesid].type, ArgumentType::session);
  EXPECT_EQ(arguments[argument::JetDupSession::psesid].type, ArgumentType::session_out);
  EXPECT_EQ(arguments[argument::JetDupSession::psesid].c_type, "JET_SESID*");
  EXPECT_EQ(arguments[argument::JetDupSession::psesid].direction, Direction::out);
}

TEST(ArgumentTypes, TellInstancesThatAreWrittenFromThoseThatAreAlsoRead) {
  EXPECT_EQ(row(Function::JetCreateInstance).arguments[0].type, ArgumentType::instance_out);
  EXPECT_EQ(row(Function::JetInit).arguments[0].type, ArgumentType::instance_inout);
  EXPECT_EQ(row(Function::JetSetSystemParameter).arguments[0].type, ArgumentType::instance_inout);
  EXPECT_EQ(row(Function::JetTerm).arguments[0].type, ArgumentType::instance);
}

TEST(ArgumentTypes, AreKnownForEveryCoreFunction) {
  for (const FunctionRow& function : functions()) {
    if (function.tier != "core") continue;
    for (const ArgumentRow& candidate : function.arguments) {
      EXPECT_NE(candidate.type, ArgumentType::other) << function.name << ' ' << candidate.name;
    }
  }
}

TEST(ArgumentTypes, TellDatabasesMemoryAndResultsApart) {
  EXPECT_EQ(row(Function::JetOpenDatabase).arguments[3].type, ArgumentType::database_out);
  EXPECT_EQ(row(Function::JetCloseDatabase).arguments[1].type, ArgumentType::database);
  EXPECT_EQ(row(Function::JetSetSessionParameter).arguments[2].type, ArgumentType::memory);
  EXPECT_EQ(row(Function::JetGetSessionParameter).arguments[2].type, ArgumentType::result);
  EXPECT_EQ(row(Function::JetGetInstanceInfo).arguments[1].type, ArgumentType::instance_list);
  EXPECT_EQ(row(Function::JetFreeBuffer).arguments[0].type, ArgumentType::engine_memory);
}

TEST(NamedNumbers, AreBitsLevelsAndSessionParameters) {
  EXPECT_EQ(bit_named("JET_DbInfoTransactions"), level::DbInfoTransactions);
  EXPECT_EQ(bit_named("JET_sesparamCommitDefault"), 4097u);
  EXPECT_EQ(level::ErrorInfoSpecificErr, 1u);
}

TEST(Releases, LimitCodes) {
  EXPECT_EQ(documented(Function::JetDupSession, Code::errInstanceUnavailable)->since, Release::windows_xp);
  EXPECT_EQ(documented(Function::JetDupSession, Code::errOutOfSessions)->since, Release::windows_2000);
  EXPECT_EQ(documented(Function::JetDupSession, Code::errOutOfSessions)->until, newest_release);
  const auto* limits = documented(Function::JetSetSystemParameter, Code::errIndexTuplesInvalidLimits);
  EXPECT_EQ(limits->since, Release::windows_xp);
  EXPECT_EQ(limits->until, Release::windows_server_2003);
}

TEST(Releases, AreThoseOfTheFunctionUnlessACodeSaysOtherwise) {
  EXPECT_EQ(row(Function::JetCreateInstance).introduced_in, Release::windows_xp);
  EXPECT_EQ(documented(Function::JetCreateInstance, Code::errInstanceNameInUse)->since, Release::windows_xp);
  for (const FunctionRow& function : functions()) {
    for (const DocumentedCode& code : function.codes) {
      EXPECT_GE(code.since, function.introduced_in) << function.name;
      EXPECT_GE(code.until, code.since) << function.name;
    }
  }
}

TEST(Pages, WithoutATableOnlyMentionCodes) {
  EXPECT_TRUE(row(Function::JetInit).open_set);
  EXPECT_FALSE(documented(Function::JetInit, Code::errLogFileCorrupt)->in_table);
  EXPECT_FALSE(row(Function::JetDupSession).open_set);
}

TEST(Parameters, MaxSessionsIsALimitThatInitFreezes) {
  const ParameterRow* parameter = row(Parameter::MaxSessions);
  ASSERT_NE(parameter, nullptr);
  EXPECT_EQ(parameter->type, ParameterType::integer);
  EXPECT_EQ(parameter->scope, ParameterScope::instance);
  EXPECT_EQ(parameter->minimum, 0u);
  EXPECT_EQ(parameter->maximum, 30000u);
  EXPECT_TRUE(parameter->choices.empty());
  EXPECT_EQ(parameter->default_number, 16u);
  EXPECT_TRUE(parameter->settable_after_create);
  EXPECT_FALSE(parameter->settable_after_init);
  EXPECT_TRUE(parameter->is_protected);
  EXPECT_FALSE(parameter->read_only);
}

TEST(Parameters, StandWithTheNewestReleasesValues) {
  EXPECT_EQ(row(Parameter::LogBuffers)->default_number, 126u);
  EXPECT_NE(row(Parameter::LogBuffers)->note.find("default 80"), std::string_view::npos);
  EXPECT_EQ(row(Parameter::CheckpointDepthMax)->scope, ParameterScope::instance);
}

TEST(Parameters, OfBooleanTypeAreZeroOrOne) {
  for (const ParameterRow& parameter : parameters()) {
    if (parameter.type != ParameterType::boolean) continue;
    EXPECT_EQ(std::vector(parameter.choices.begin(), parameter.choices.end()), (std::vector<std::uint64_t>{0, 1}))
        << parameter.name;
    EXPECT_EQ(parameter.maximum, 1u) << parameter.name;
    EXPECT_TRUE(parameter.default_number.has_value()) << parameter.name;
  }
}

TEST(Parameters, WithoutAFixedDefaultHaveNone) {
  EXPECT_EQ(row(Parameter::CacheSize)->default_number, std::nullopt);
  EXPECT_EQ(row(Parameter::SystemPath)->default_number, std::nullopt);
  EXPECT_EQ(row(Parameter::SystemPath)->default_text, ".\\");
}

TEST(Parameters, ThatAreReadOnlyAreNeverSettable) {
  EXPECT_TRUE(row(Parameter::KeyMost)->read_only);
  EXPECT_FALSE(row(Parameter::KeyMost)->settable_after_create);
}

TEST(Nearest, SuggestsTheNameThatWasMeant) {
  EXPECT_EQ(nearest_function("JetDupSesion"), "JetDupSession");
  EXPECT_EQ(nearest_function("jetbeginsession"), "JetBeginSession");
  EXPECT_EQ(nearest_code("JET_errOutOfSession"), "JET_errOutOfSessions");
  EXPECT_EQ(nearest_code("JET_errInvalidgrbit"), "JET_errInvalidGrbit");
  EXPECT_EQ(nearest_parameter("JET_paramMaxSesions"), "JET_paramMaxSessions");
  EXPECT_EQ(nearest_function("JetInit2"), "JetInit2");
}

TEST(Nearest, SaysNothingWhereNothingIsNear) {
  EXPECT_EQ(nearest_function("CreateFileW"), "");
  EXPECT_EQ(nearest_code("ERROR_SUCCESS"), "");
  EXPECT_EQ(nearest_parameter(""), "");
}

TEST(EditDistance, CountsInsertionsDeletionsReplacementsAndSwaps) {
  EXPECT_EQ(edit_distance("", ""), 0u);
  EXPECT_EQ(edit_distance("", "abc"), 3u);
  EXPECT_EQ(edit_distance("session", "sesion"), 1u);
  EXPECT_EQ(edit_distance("session", "sessoin"), 1u);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3u);
  EXPECT_EQ(edit_distance("Grbit", "grbit"), 0u);
}

}  // namespace
}  // namespace esentcheck::spec
