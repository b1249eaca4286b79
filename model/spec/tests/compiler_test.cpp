// The compiler as a program: what it says about wrong input, and with which exit status.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <string>

namespace {

struct Finished {
  int status;
  std::string said;
};

struct Input {
  std::string functions = "accepted/functions.yaml";
  std::string codes = "accepted/codes.yaml";
  std::string parameters = "accepted/parameters.yaml";
  std::string bits = "accepted/bits.yaml";
};

/// Runs the compiler in the folder of the tests, so that its sentences name files as they are written here.
Finished compile(const Input& input, const std::string& output) {
  const std::string command = "cd '" SPEC_FOLDER "/tests' && '" SPEC_COMPILER "' " + input.functions + " " +
                              input.codes + " " + input.parameters + " " + input.bits + " '" + output +
                              "' 2>&1";
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {-1, "popen failed"};
  std::string said;
  std::array<char, 512> buffer{};
  while (std::fgets(buffer.data(), buffer.size(), pipe) != nullptr) said += buffer.data();
  const int status = ::pclose(pipe);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, said};
}

/// An empty folder of this test's own.
std::string output_folder() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  std::string name = std::string(test->test_suite_name()) + "." + test->name();
  std::ranges::replace(name, '/', '.');
  const auto folder = std::filesystem::path(OUTPUT_FOLDER) / name;
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  return folder.string();
}

std::string content_of(const std::filesystem::path& path) {
  std::ifstream stream(path);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Mistake {
  std::string name;
  Input input;
  std::string said;

  friend void PrintTo(const Mistake& mistake, std::ostream* out) { *out << mistake.name; }
};

Input functions(const std::string& file) {
  return {.functions = "rejected/" + file};
}
Input codes(const std::string& file) {
  return {.codes = "rejected/" + file};
}
Input parameters(const std::string& file) {
  return {.parameters = "rejected/" + file};
}
Input bits(const std::string& file) {
  return {.bits = "rejected/" + file};
}

class RejectedInput : public testing::TestWithParam<Mistake> {};

TEST_P(RejectedInput, IsNamedInOneSentence) {
  const std::string folder = output_folder();
  const Finished run = compile(GetParam().input, folder);
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.said, GetParam().said + "\n");
  EXPECT_TRUE(std::filesystem::is_empty(folder)) << "something was written";
}

INSTANTIATE_TEST_SUITE_P(
    Spec, RejectedInput,
    testing::Values(
        Mistake{"DuplicateNumber", codes("duplicate_number.yaml"),
                "rejected/duplicate_number.yaml:4:40: the number -1101 of JET_errWriteConflict is taken by "
                "JET_errOutOfSessions in line 3."},
        Mistake{"DuplicateName", codes("duplicate_name.yaml"),
                "rejected/duplicate_name.yaml:4:10: the name JET_errOutOfSessions is taken by line 3."},
        Mistake{
            "UnknownKey", codes("unknown_key.yaml"),
            "rejected/unknown_key.yaml:3:32: a code has no field 'value'; its fields are name, number and "
            "meaning."},
        Mistake{"MissingField", codes("missing_field.yaml"),
                "rejected/missing_field.yaml:3:3: a code needs the field 'meaning'."},
        Mistake{"WrongSign", codes("wrong_sign.yaml"),
                "rejected/wrong_sign.yaml:3:40: JET_errOutOfSessions is negative, not 1101."},
        Mistake{
            "NoNumber", codes("no_number.yaml"),
            "rejected/no_number.yaml:2:34: the field 'number' is a number from -2147483648 to 2147483647, "
            "not 'none'."},
        Mistake{"SyntaxError", codes("syntax_error.yaml"),
                "rejected/syntax_error.yaml:4:1: not YAML: end of map flow not found."},
        Mistake{"NoList", codes("no_list.yaml"), "rejected/no_list.yaml:1:8: the field 'codes' is a list."},
        Mistake{"Empty", codes("empty.yaml"),
                "rejected/empty.yaml:1:1: this file is a mapping of fields, not this."},
        Mistake{"NoFile", codes("no_such_file.yaml"), "rejected/no_such_file.yaml:1:1: cannot be opened."},
        Mistake{"UnknownCode", functions("unknown_code.yaml"),
                "rejected/unknown_code.yaml:11:12: no code is called JET_errOutOfSession."},
        Mistake{"RepeatedCode", functions("repeated_code.yaml"),
                "rejected/repeated_code.yaml:12:12: JetDupSession has JET_errSuccess already in line 10."},
        Mistake{"UnknownRelease", functions("unknown_release.yaml"),
                "rejected/unknown_release.yaml:6:18: the field 'introduced_in' is windows-2000, windows-xp, "
                "windows-server-2003, windows-vista, windows-7 or windows-8, not 'windows-95'."},
        Mistake{"TooEarly", functions("too_early.yaml"),
                "rejected/too_early.yaml:10:70: nothing is returned since windows-xp by JetDupSession, which "
                "windows-vista introduced."},
        Mistake{
            "DefaultOutsideRange", parameters("default_outside_range.yaml"),
            "rejected/default_outside_range.yaml:2:104: the default 16 of JET_paramMaxSessions is not one "
            "of its values."},
        Mistake{"UnknownFunction", bits("unknown_function.yaml"),
                "rejected/unknown_function.yaml:2:60: no function is called JetEndSession."}),
    [](const testing::TestParamInfo<Mistake>& mistake) { return mistake.param.name; });

TEST(AcceptedInput, BecomesTwoFilesThatNameTheirSources) {
  const std::string folder = output_folder();
  const Finished run = compile({}, folder);
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.said, "");
  const std::string header = content_of(folder + "/identifiers.hpp");
  EXPECT_TRUE(
      header.starts_with("// Generated by esentcheck_spec_compiler from functions.yaml, codes.yaml, "
                         "parameters.yaml and bits.yaml in\n"));
  EXPECT_NE(header.find("  errOutOfSessions = -1101,\n"), std::string::npos);
  const std::string tables = content_of(folder + "/tables.cpp");
  EXPECT_TRUE(tables.starts_with("// Generated by esentcheck_spec_compiler"));
  EXPECT_NE(tables.find(R"("a \"second\" session exists")"), std::string::npos);
}

TEST(AcceptedInput, LeavesUnchangedFilesAlone) {
  const std::string folder = output_folder();
  ASSERT_EQ(compile({}, folder).status, 0);
  const std::filesystem::path header = folder + "/identifiers.hpp";
  const auto long_ago = std::filesystem::file_time_type{} + std::chrono::hours(1);
  std::filesystem::last_write_time(header, long_ago);
  ASSERT_EQ(compile({}, folder).status, 0);
  EXPECT_EQ(std::filesystem::last_write_time(header), long_ago);
}

TEST(SeveralMistakes, AreAllNamed) {
  const Finished run = compile(
      {.functions = "rejected/unknown_release.yaml", .codes = "rejected/no_number.yaml"}, output_folder());
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(std::ranges::count(run.said, '\n'), 2);
}

TEST(Output, ThatCannotBeWrittenIsNoMistakeOfTheInput) {
  const Finished run = compile({}, output_folder() + "/missing");
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.said.ends_with("/missing/identifiers.hpp: cannot be written.\n")) << run.said;
}

}  // namespace
