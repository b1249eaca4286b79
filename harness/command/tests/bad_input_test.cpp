// Whatever is wrong with what was typed is said in one sentence, with the status that stands for it.
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>

#include "program.hpp"

namespace esentcheck::command::tests {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string name;
  std::vector<std::string> arguments;
  int status;
  std::string sentence;  ///< "@/" stands for the folder of the test, which is where the program runs
};

void PrintTo(const Case& one, std::ostream* out) {
  for (const std::string& argument : one.arguments) *out << argument << ' ';
}

std::string in_folder(std::string text) {
  for (std::size_t at = text.find('@'); at != std::string::npos; at = text.find('@')) text.replace(at, 1, own_folder());
  return text;
}

/// What a user might name: a text, an empty folder, a scenario that is not one.
void furnish(const fs::path& folder) {
  std::ofstream(folder / "text.so") << "This is not a shared library.\n";
  std::ofstream(folder / "file") << "not a folder\n";
  std::ofstream(folder / "wrong.yaml") << "format: 1\nclaim: a\nproves: []\n";
  fs::create_directory(folder / "empty");
  fs::create_symlink(LIBESENT, folder / "libesent.so");
}

class BadInput : public testing::TestWithParam<Case> {};

TEST_P(BadInput, IsSaidInOneSentence) {
  furnish(own_folder());
  std::vector<std::string> arguments;
  for (const std::string& argument : GetParam().arguments) arguments.push_back(in_folder(argument));
  const Ended ended = run(arguments, own_folder());
  EXPECT_EQ(ended.err, "esentcheck: " + in_folder(GetParam().sentence) + "\n");
  EXPECT_EQ(ended.out, "");
  EXPECT_EQ(ended.status, GetParam().status);
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

const std::vector<Case> usage{
    {"NoCommand", {}, 2, "no command was given; the commands are conform, run, replay, check, list, explain"},
    {"UnknownCommand", {"verify"}, 2, "no command is called \"verify\""},
    {"MisspeltCommand", {"confrom"}, 2, "no command is called \"confrom\"; did you mean conform?"},
    {"UnknownOption", {"--colour"}, 2, "no option is called \"--colour\""},
    {"MisspeltOption",
     {"conform", "--subjct", "./libesent.so"},
     2,
     "conform: no option is called \"--subjct\"; did you mean --subject?"},
    {"OptionOfAnotherCommand",
     {"replay", "--seed", "1", "--subject", "./libesent.so", "wrong.yaml"},
     2,
     "replay: no option is called \"--seed\""},
    {"NoSubject", {"conform"}, 2, "conform: --subject is missing: The library to judge, such as ./libesent.so"},
    {"NoSubjectForRun",
     {"run", "wrong.yaml"},
     2,
     "run: --subject is missing: The library to judge, such as ./libesent.so"},
    {"EmptySubject", {"conform", "--subject", ""}, 2, "--subject: the name of the library is empty"},
    {"SubjectWithoutValue", {"conform", "--subject"}, 2, "--subject: its value is missing"},
    {"SubjectTwice", {"conform", "--subject", "a", "--subject", "b"}, 2, "--subject: it is given twice"},
    {"NoPath", {"run", "--subject", "./libesent.so"}, 2, "run: path is missing: Scenario files or folders"},
    {"NoFile", {"replay", "--subject", "./libesent.so"}, 2, "replay: file is missing: A scenario or a trace"},
    {"NoKind", {"list"}, 2, "list: kind is missing: What is listed: functions, clauses, codes, scenarios"},
    {"NoName",
     {"explain"},
     2,
     "explain: name is missing: A function, a code, a parameter or a clause; with a second name, a profile"},
    {"NoOtherProfile",
     {"explain", "engine"},
     2,
     "explain: engine is a profile, and the one to tell it from is missing"},
    {"NoProfile",
     {"explain", "engine", "egine"},
     2,
     "explain: \"egine\" is not one of documented, engine, engine-fast"},
    {"NoRelease", {"explain", "engine:windows-9", "engine"}, 2, "explain: no release is called \"windows-9\""},
    {"NoDepth",
     {"explain", "documented", "engine", "--depth", "9"},
     2,
     "--depth: \"9\" is not a whole number from 1 to 8"},
    {"TwoNames", {"explain", "JetInit", "JetTerm"}, 2, "explain: there is one argument too many: \"JetTerm\""},
    {"Profile",
     {"conform", "--subject", "./libesent.so", "--profile", "engin"},
     2,
     "--profile: \"engin\" is not one of documented, engine, engine-fast"},
    {"Release",
     {"conform", "--subject", "./libesent.so", "--release", "windows-95"},
     2,
     "--release: \"windows-95\" is not one of windows-2000, windows-xp, windows-server-2003, windows-vista, windows-7, "
     "windows-8"},
    {"Isolation",
     {"conform", "--subject", "./libesent.so", "--isolation", "thread"},
     2,
     "--isolation: \"thread\" is not one of process, none"},
    {"SeedInWords",
     {"conform", "--subject", "./libesent.so", "--seed", "seven"},
     2,
     "--seed: \"seven\" is not a whole number from 0 to 18446744073709551615"},
    {"SeedBelowZero",
     {"conform", "--subject", "./libesent.so", "--seed=-1"},
     2,
     "--seed: \"-1\" is not a whole number from 0 to 18446744073709551615"},
    {"SeedTooLong",
     {"conform", "--subject", "./libesent.so", "--seed", "18446744073709551616"},
     2,
     "--seed: \"18446744073709551616\" is not a whole number from 0 to 18446744073709551615"},
    {"SeedWithoutValue", {"conform", "--subject", "./libesent.so", "--seed"}, 2, "--seed: its value is missing"},
    {"NoTime",
     {"conform", "--subject", "./libesent.so", "--time-limit", "0"},
     2,
     "--time-limit: \"0\" is not a whole number from 1 to 3600"},
    {"TimeInWords",
     {"run", "--subject", "./libesent.so", "--time-limit", "1s", "wrong.yaml"},
     2,
     "--time-limit: \"1s\" is not a whole number from 1 to 3600"},
    {"TimeWithoutProcess",
     {"run", "--subject", "./libesent.so", "--time-limit", "1", "--isolation", "none", "wrong.yaml"},
     2,
     "--time-limit: a call is only timed in a process of its own, not with --isolation none"},
    {"Sequences",
     {"conform", "--subject", "./libesent.so", "--sequences", "many"},
     2,
     "--sequences: \"many\" is not a whole number from 0 to 1000000"},
    {"Budget",
     {"conform", "--subject", "./libesent.so", "--budget", "soon"},
     2,
     "--budget: \"soon\" is not one of quick, full, and the whole numbers of seconds from 1 to 1000000"},
    {"KindOfList", {"list", "widgets"}, 2, "kind: \"widgets\" is not one of functions, clauses, codes, scenarios"},
};
INSTANTIATE_TEST_SUITE_P(Usage, BadInput, testing::ValuesIn(usage), name_of);

const std::vector<Case> names{
    {"MisspeltFunction",
     {"explain", "JetDupSesion"},
     2,
     "explain: no function, code, parameter or clause is called \"JetDupSesion\"; did you mean JetDupSession?"},
    {"MisspeltCode",
     {"explain", "JET_errOutOfSesions"},
     2,
     "explain: no function, code, parameter or clause is called \"JET_errOutOfSesions\"; did you mean "
     "JET_errOutOfSessions?"},
    {"MisspeltParameter",
     {"explain", "JET_paramMaxSesions"},
     2,
     "explain: no function, code, parameter or clause is called \"JET_paramMaxSesions\"; did you mean "
     "JET_paramMaxSessions?"},
    {"MisspeltClause",
     {"explain", "JetDupSession/OutOfSesions"},
     2,
     "explain: no function, code, parameter or clause is called \"JetDupSession/OutOfSesions\"; did you mean "
     "JetDupSession/OutOfSessions?"},
    {"NothingLikeIt",
     {"explain", "weather"},
     2,
     "explain: no function, code, parameter or clause is called \"weather\""},
};
INSTANTIATE_TEST_SUITE_P(Names, BadInput, testing::ValuesIn(names), name_of);

const std::vector<Case> files{
    {"NoFolderOfScenarios",
     {"conform", "--subject", "./libesent.so", "--scenarios", "nowhere"},
     2,
     "nowhere: there is no such file or folder"},
    {"EmptyFolderOfScenarios",
     {"conform", "--subject", "./libesent.so", "--scenarios", "empty"},
     2,
     "empty: there is no scenario (*.yaml) in it"},
    {"ListOfNoFolder", {"list", "scenarios", "--scenarios", "nowhere"}, 2, "nowhere: there is no such file or folder"},
    {"RunOfNoFile",
     {"run", "--subject", "./libesent.so", "gone.yaml"},
     2,
     "gone.yaml: there is no such file or folder"},
    {"ReplayOfNoFile",
     {"replay", "--subject", "./libesent.so", "gone.yaml"},
     2,
     "gone.yaml: there is no such file or folder"},
    {"ReplayOfAWrongFile",
     {"replay", "--subject", "./libesent.so", "wrong.yaml"},
     2,
     "wrong.yaml:1:1: a scenario needs the key \"steps\""},
    {"OutBelowAFile",
     {"conform", "--subject", "./libesent.so", "--out", "file/report"},
     5,
     "--out: file/report cannot be written: Not a directory"},
    {"OutIsAFile",
     {"run", "--subject", "./libesent.so", "--out", "file", SCENARIOS "/JetGetVersion"},
     5,
     "--out: file cannot be written: Not a directory"},
};
INSTANTIATE_TEST_SUITE_P(Files, BadInput, testing::ValuesIn(files), name_of);

const std::vector<Case> subjects{
    {"Missing", {"conform", "--subject", "./gone.so"}, 4, "./gone.so: there is no such file"},
    {"Folder", {"conform", "--subject", "empty"}, 4, "empty: this is a directory, not a shared library"},
    {"Text", {"conform", "--subject", "./text.so"}, 4, "./text.so: this is not a shared library"},
    {"TextInProcess",
     {"conform", "--subject", "./text.so", "--isolation", "none"},
     4,
     "./text.so: this is not a shared library"},
    {"NoneOfTheFunctions",
     {"conform", "--subject", TOYS "/exports_nothing.so"},
     4,
     TOYS "/exports_nothing.so: exports none of ESENT's functions"},
    {"Wine",
     {"conform", "--subject", "wine:host.exe"},
     4,
     "wine:host.exe: wine: subjects are not supported yet, only paths of shared libraries"},
    {"Exec",
     {"conform", "--subject", "exec:adapter --fast"},
     4,
     "exec:adapter --fast: exec: subjects are not supported yet, only paths of shared libraries"},
};
INSTANTIATE_TEST_SUITE_P(Subjects, BadInput, testing::ValuesIn(subjects), name_of);

}  // namespace
}  // namespace esentcheck::command::tests
