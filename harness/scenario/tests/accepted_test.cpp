// What the steps of a good file become.
#include <filesystem>
#include <fstream>

#include "harness/scenario/tests/support.hpp"

namespace esentcheck::scenario {
namespace {

using plan::StepKind;
using plan::SymbolKind;
using plan::Until;

const std::string given = "given: [{instance: i, sessions: [s]}]\n";

/// The last step of a scenario with an instance i and a session s.
plan::Step last_step(const std::string& step) { return read_one(given + "steps:\n  - " + step).plan.steps.back(); }
Expectation last_expectation(const std::string& step) {
  return read_one(given + "steps:\n  - " + step).expectations.back();
}
plan::Symbol last_argument(const std::string& step, std::string_view name) {
  return argument_of(last_step(step), name);
}

TEST(Head, IsKept) {
  const auto scenarios = read_all(
      "format: 1\nclaim: a refused call changes nothing\nproves: [JetDupSession/Success]\n"
      "page: jetdupsession-function\nwhy: >-\n  because\n  it says so\nprofiles: [documented, engine-fast]\n"
      "needs: [validates-handles]\ndirectories: [backup, a/b]\nsteps: [JetStopService: ]\n");
  ASSERT_EQ(scenarios.size(), 1U);
  const Scenario& scenario = scenarios[0];
  EXPECT_EQ(scenario.file, "t.yaml");
  EXPECT_EQ(scenario.example, "");
  EXPECT_EQ(scenario.claim, "a refused call changes nothing");
  EXPECT_EQ(scenario.proves, std::vector<std::string>{"JetDupSession/Success"});
  EXPECT_EQ(scenario.page, "jetdupsession-function");
  EXPECT_EQ(scenario.why, "because it says so");
  EXPECT_EQ(scenario.profiles, (std::vector{model::Reading::documented, model::Reading::engine_fast}));
  subject::Capabilities needs;
  needs.validates_handles = true;
  EXPECT_EQ(scenario.needs, needs);
  EXPECT_EQ(scenario.plan.directories, (std::vector<std::string>{"backup", "a/b"}));
  ASSERT_EQ(scenario.expectations.size(), 1U);
  EXPECT_EQ(scenario.expectations[0].line, 11);
  EXPECT_EQ(scenario.expectations[0].column, 9);
}

TEST(Head, HoldsUnderEveryProfileUnlessItSaysOtherwise) {
  EXPECT_EQ(read_one("steps: [JetStopService: {}]\n").profiles.size(), 3U);
}

TEST(Head, MayProveNothing) {
  EXPECT_TRUE(read_all("format: 1\nclaim: c\nproves: []\nsteps: [JetStopService: {}]\n")[0].proves.empty());
}

TEST(File, IsReadFromDisk) {
  const std::string path = testing::TempDir() + "/esentcheck_good.yaml";
  std::ofstream(path) << head << "steps: [JetStopService: {}]\n";
  const auto read = read_scenarios(path, two_clauses());
  std::filesystem::remove(path);
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->front().file, path);
}

TEST(Repeat, NumbersTheVariables) {
  const Scenario scenario = read_one(given +
                                     "steps:\n  - JetDupSession: {sesid: s, psesid: \"t#\"}\n    repeat: 2\n"
                                     "  - JetEndSession: {sesid: \"t#\"}\n    repeat: 2\n"
                                     "  - JetBeginTransaction: {sesid: s}\n    repeat: 2\n"
                                     "  - JetRollback: {sesid: s}\n    repeat: 0\n");
  const std::string text = steps_of(scenario);
  EXPECT_EQ(text.substr(text.find("  - JetDup")),
            "  - JetDupSession: {sesid: s, psesid: t1}\n"
            "  - JetDupSession: {sesid: s, psesid: t2}\n"
            "  - JetEndSession: {sesid: t1}\n"
            "  - JetEndSession: {sesid: t2}\n"
            "  - JetBeginTransaction: {sesid: s}\n"
            "  - JetBeginTransaction: {sesid: s}\n");
}

TEST(Repeat, MakesVariablesThatLaterStepsKnowByNumber) {
  read_one(given +
           "steps:\n  - JetDupSession: {sesid: s, psesid: \"t#\"}\n    repeat: 3\n"
           "  - JetEndSession: {sesid: t3}\n");
}

TEST(Repeat, TakesAGroupRoundByRound) {
  const Scenario scenario = read_one(given +
                                     "steps:\n  - repeat: 2\n    steps:\n"
                                     "      - JetDupSession: {sesid: s, psesid: \"t#\"}\n"
                                     "      - JetDupSession: {sesid: s, psesid: u}\n"
                                     "      - JetEndSession: {sesid: u}\n"
                                     "  - JetEndSession: {sesid: t2}\n");
  const std::string text = steps_of(scenario);
  EXPECT_EQ(text.substr(text.find("  - JetDup")),
            "  - JetDupSession: {sesid: s, psesid: t1}\n"
            "  - JetDupSession: {sesid: s, psesid: u}\n"
            "  - JetEndSession: {sesid: u}\n"
            "  - JetDupSession: {sesid: s, psesid: t2}\n"
            "  - JetDupSession: {sesid: s, psesid: u}\n"
            "  - JetEndSession: {sesid: u}\n"
            "  - JetEndSession: {sesid: t2}\n");
}

TEST(Examples, GiveOneScenarioPerValue) {
  const auto scenarios =
      read_all(head +
               "page: p${limit}\nexamples: {limit: [1, 17]}\n"
               "given: [{instance: i, sessions: [s], parameters: {JET_paramMaxSessions: "
               "\"${limit}\"}}]\n"
               "steps:\n  - JetDupSession: {sesid: s, psesid: \"t#\"}\n    repeat: \"${limit-1}\"\n"
               "  - JetSetSessionContext: {sesid: s, ulContext: \"${limit+1}\"}\n"
               "  - JetBeginSession: {instance: i, psesid: u, szUserName: \"u ${limit} ${limit+10}\"}\n");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[0].example, "limit=1");
  EXPECT_EQ(scenarios[1].example, "limit=17");
  EXPECT_EQ(scenarios[1].page, "p17");
  EXPECT_EQ(scenarios[1].plan.steps.size(), scenarios[0].plan.steps.size() + 16);
  const auto& steps = scenarios[1].plan.steps;
  EXPECT_EQ(argument_of(steps[4], "lParam").number, 17U);
  EXPECT_EQ(argument_of(steps[steps.size() - 2], "ulContext").number, 18U);
  EXPECT_EQ(scenarios[1].plan.text_at(argument_of(steps.back(), "szUserName").number), "u 17 27");
}

TEST(Examples, GiveOneScenarioPerRow) {
  const auto scenarios = read_all(head +
                                  "examples: [{limit: 1, code: JET_errSuccess}, {code: JET_errOutOfSessions, "
                                  "limit: -2}]\nsteps:\n  - JetStopService: {}\n    expect: \"${code}\"\n");
  ASSERT_EQ(scenarios.size(), 2U);
  EXPECT_EQ(scenarios[0].example, "limit=1 code=JET_errSuccess");
  EXPECT_EQ(scenarios[1].expectations[0].codes, std::vector{code("JET_errOutOfSessions")});
}

TEST(Expect, IsSuccessACodeAListOrAny) {
  EXPECT_EQ(last_expectation("JetStopService: {}\n").codes, std::vector{code("JET_errSuccess")});
  EXPECT_EQ(last_expectation("JetStopService: {}\n    expect: JET_errInvalidParameter\n").codes,
            std::vector{code("JET_errInvalidParameter")});
  EXPECT_EQ(last_expectation("JetStopService: {}\n    expect: [JET_errInvalidSesid, JET_errInvalidParameter]\n").codes,
            (std::vector{code("JET_errInvalidSesid"), code("JET_errInvalidParameter")}));
  const Expectation any = last_expectation("JetStopService: {}\n    expect: any\n");
  EXPECT_TRUE(any.any);
  EXPECT_TRUE(any.codes.empty());
}

TEST(Fault, NamesTheOperationThatFails) {
  const auto fault = [](const std::string& spelled) {
    return last_step("JetCommitTransaction: {sesid: s}\n    fault: " + spelled + "\n").fault;
  };
  using enum plan::Failure;
  EXPECT_EQ(fault("{sync: 3}"), (plan::Fault{plan::Operation::sync, 3}));
  EXPECT_EQ(fault("{write: 2, as: full, times: once}"),
            (plan::Fault{plan::Operation::write, 2, full, plan::Times::once}));
  EXPECT_EQ(fault("{read: 1, as: interrupted, chance: 30, draw: 7}"),
            (plan::Fault{plan::Operation::read, 1, interrupted, plan::Times::by_chance, 30, 7}));
  EXPECT_EQ(fault("{file: 4, as: power-cut, draw: 3}"),
            (plan::Fault{plan::Operation::file, 4, power_cut, plan::Times::always, 0, 3}));
  EXPECT_FALSE(last_expectation("JetTerm: {instance: i}\n    fault: {memory: 1}\n").sweep);
  EXPECT_TRUE(last_expectation("JetTerm: {instance: i}\n    fault: {memory: each}\n").sweep);
  EXPECT_EQ(last_step("JetTerm: {instance: i}\n    fault: {memory: each}\n").fault,
            (plan::Fault{plan::Operation::memory, 1}));
}

TEST(Gives, IsANumberOrAText) {
  const std::string call = "JetGetSystemParameter: {instance: i, paramid: JET_paramBaseName, plParam: v, cbMax: 0}\n";
  EXPECT_EQ(last_expectation(call + "    gives: 0x10\n").gives, Given(std::uint64_t{16}));
  EXPECT_EQ(last_expectation(call + "    gives: \"16\"\n").gives, Given(std::string("16")));
  EXPECT_EQ(last_expectation(call + "    gives: edb\n").gives, Given(std::string("edb")));
}

TEST(Handle, IsAVariableNilNullOrGarbage) {
  const auto handle = [](const std::string& text) {
    return last_argument("JetEndSession: {sesid: " + text + "}\n", "sesid");
  };
  EXPECT_EQ(handle("s"), (plan::Symbol{SymbolKind::value, 0, 1}));
  EXPECT_EQ(handle("nil").kind, SymbolKind::nil);
  EXPECT_EQ(handle("null").kind, SymbolKind::null);
  EXPECT_EQ(handle("0").kind, SymbolKind::null);
  EXPECT_EQ(handle("{garbage: 2}"), (plan::Symbol{SymbolKind::garbage, 0, 2}));
}

TEST(OutPointer, IsAVariableOrNull) {
  EXPECT_EQ(last_argument("JetDupSession: {sesid: s, psesid: t}\n", "psesid"),
            (plan::Symbol{SymbolKind::address, 0, 2}));
  EXPECT_EQ(last_argument("JetDupSession: {sesid: s, psesid: null}\n", "psesid").kind, SymbolKind::null);
  EXPECT_EQ(last_argument("JetInit: {}\n", "pinstance").kind, SymbolKind::absent);
}

TEST(Variable, ThatIsDeclaredStartsAsZero) {
  const Scenario scenario = read_one("variables: [i]\nsteps:\n  - JetInit: {pinstance: i}\n");
  EXPECT_EQ(scenario.plan.variables, std::vector<std::string>{"i"});
}

TEST(Grbit, IsANumberABitOrSeveral) {
  const auto bits = [](const std::string& text) {
    return last_argument("JetTerm2: {instance: i, grbit: " + text + "}\n", "grbit").number;
  };
  EXPECT_EQ(bits("0x12"), 0x12U);
  EXPECT_EQ(bits("JET_bitTermComplete"), 1U);
  EXPECT_EQ(bits("[JET_bitTermAbrupt, JET_bitTermStopBackup]"), 6U);
  EXPECT_EQ(bits("[]"), 0U);
}

TEST(Integer, IsANumberAParameterOrAVariable) {
  const auto integer = [](const std::string& text) {
    return last_argument("JetSetSessionContext: {sesid: s, ulContext: " + text + "}\n", "ulContext");
  };
  EXPECT_EQ(integer("18446744073709551615").number, ~std::uint64_t{0});
  EXPECT_EQ(integer("-1").number, ~std::uint64_t{0});
  EXPECT_EQ(integer("JET_paramMaxSessions").number, 5U);
  EXPECT_EQ(integer("{variable: s}"), (plan::Symbol{SymbolKind::value, 0, 1}));
}

TEST(Text, IsPooledAndMayBeNullOrEmpty) {
  const Scenario scenario = read_one(given +
                                     "steps:\n"
                                     "  - JetBeginSession: {instance: i, psesid: a, szUserName: i, szPassword: \"\"}\n"
                                     "  - JetBeginSession: {instance: i, psesid: b, szUserName: null}\n"
                                     "  - JetBeginSession: {instance: i, psesid: c, szUserName: \"null\"}\n");
  const auto& plan = scenario.plan;
  const auto& last = plan.steps.back();
  const auto& first = plan.steps[plan.steps.size() - 3];
  EXPECT_EQ(argument_of(first, "szUserName"), argument_of(plan.steps[0], "szInstanceName"));
  EXPECT_EQ(plan.text_at(argument_of(first, "szPassword").number), "");
  EXPECT_EQ(argument_of(plan.steps[plan.steps.size() - 2], "szUserName").kind, SymbolKind::null);
  EXPECT_EQ(plan.text_at(argument_of(last, "szUserName").number), "null");
  EXPECT_EQ(argument_of(last, "szPassword").kind, SymbolKind::absent);
}

TEST(Buffer, HasASize) {
  EXPECT_EQ(
      last_argument("JetGetSystemParameter: {instance: i, paramid: 3, szParam: {buffer: 64}, cbMax: 64}\n", "szParam"),
      (plan::Symbol{SymbolKind::buffer, 0, 64}));
}

TEST(Buffer, IsReadAsTheFileSays) {
  const auto reading = [](const std::string& buffer) {
    const plan::Symbol symbol = last_argument(
        "JetGetDatabaseInfo: {sesid: s, dbid: null, pvResult: " + buffer + ", InfoLevel: JET_DbInfoFilename}\n",
        "pvResult");
    EXPECT_EQ(symbol.kind, SymbolKind::buffer);
    return plan::reading_in(symbol.count);
  };
  using plan::ReadAs;
  EXPECT_EQ(reading("{buffer: 28}"), (plan::Reading{ReadAs::nothing}));
  EXPECT_EQ(reading("{buffer: 260, read: text}"), (plan::Reading{ReadAs::text}));
  EXPECT_EQ(reading("{buffer: 260, read: wide-text}"), (plan::Reading{ReadAs::wide_text}));
  EXPECT_EQ(reading("{buffer: 4, read: number}"), (plan::Reading{ReadAs::number, 4, 0}));
  EXPECT_EQ(reading("{buffer: 152, read: number, at: 4, bytes: 2}"), (plan::Reading{ReadAs::number, 2, 4}));
}

TEST(Memory, HoldsANumberAndZeros) {
  const auto memory = [](const std::string& text) {
    return last_argument("JetGetErrorInfoW: {pvContext: " + text + ", pvResult: null}\n", "pvContext");
  };
  EXPECT_EQ(memory("{number: 5, bytes: 30001}"), (plan::Symbol{SymbolKind::memory, 30001, 5}));
  EXPECT_EQ(memory("{number: -1, bytes: 2}"), (plan::Symbol{SymbolKind::memory, 2, 0xffff}));
  EXPECT_EQ(memory("{number: JET_errOutOfMemory, bytes: 4}"), (plan::Symbol{SymbolKind::memory, 4, 0xfffffc0d}));
  EXPECT_EQ(memory("null").kind, SymbolKind::null);
}

TEST(Databases, AreVariablesLikeEveryHandle) {
  const Scenario scenario = read_one(given +
                                     "steps:\n"
                                     "  - JetOpenDatabase: {sesid: s, szFilename: a.edb, pdbid: d}\n"
                                     "  - JetCloseDatabase: {sesid: s, dbid: d}\n"
                                     "  - JetCloseDatabase: {sesid: s, dbid: nil}\n"
                                     "  - JetCloseDatabase: {sesid: s, dbid: {garbage: 2}}\n");
  const auto& steps = scenario.plan.steps;
  const std::size_t first = steps.size() - 4;
  EXPECT_EQ(argument_of(steps[first], "pdbid").kind, SymbolKind::address);
  EXPECT_EQ(argument_of(steps[first + 1], "dbid").kind, SymbolKind::value);
  EXPECT_EQ(argument_of(steps[first + 1], "dbid").number, argument_of(steps[first], "pdbid").number);
  EXPECT_EQ(argument_of(steps[first + 2], "dbid").kind, SymbolKind::nil);
  EXPECT_EQ(argument_of(steps[first + 3], "dbid"), (plan::Symbol{SymbolKind::garbage, 0, 2}));
}

TEST(Numbers, MayHaveNamesOrBeNegative) {
  EXPECT_EQ(last_argument("JetGetSessionParameter: {sesid: s, sesparamid: JET_sesparamCommitDefault, pvParam: null}\n",
                          "sesparamid")
                .number,
            4097U);
  EXPECT_EQ(last_argument("JetBeginTransaction3: {sesid: s, trxid: -2}\n", "trxid").number, ~std::uint64_t{1});
}

TEST(WhatTheEngineAllocates, GoesToAVariableAndIsFreedByIt) {
  const Scenario scenario = read_one(
      "steps:\n  - JetGetInstanceInfo: {pcInstanceInfo: n, paInstanceInfo: list}\n"
      "  - JetFreeBuffer: {pbBuf: list}\n");
  const auto& steps = scenario.plan.steps;
  EXPECT_EQ(steps[0].arguments[1], (plan::Symbol{SymbolKind::address, 0, 1}));
  EXPECT_EQ(steps[1].arguments[0], (plan::Symbol{SymbolKind::value, 0, 1}));
}

TEST(Callback, SucceedsOrReturnsACode) {
  const auto callback = [](const std::string& text) {
    return last_argument("JetBackupInstance: {instance: i, szBackupPath: b, pfnStatus: " + text + "}\n", "pfnStatus");
  };
  EXPECT_EQ(callback("succeed"), (plan::Symbol{SymbolKind::callback, 0, 0}));
  EXPECT_EQ(static_cast<std::int32_t>(callback("JET_errOutOfMemory").number), -1011);
  EXPECT_EQ(callback("null").kind, SymbolKind::null);
  EXPECT_EQ(last_argument("JetInit3: {pinstance: i, prstInfo: succeed}\n", "prstInfo").kind, SymbolKind::restart_info);
}

TEST(ParameterList, HoldsNumbersAndTexts) {
  const Scenario scenario = read_one(
      "steps:\n  - JetEnableMultiInstance: {psetsysparam: [{paramid: JET_paramMaxSessions, "
      "lParam: 3}, {paramid: JET_paramBaseName, szParam: abc}], csetsysparam: 2}\n");
  const plan::Plan& plan = scenario.plan;
  EXPECT_EQ(plan.steps[0].arguments[0], (plan::Symbol{SymbolKind::parameter_list, 2, 0}));
  EXPECT_EQ(plan.settings[0].parameter, 5U);
  EXPECT_EQ(plan.settings[0].number, (plan::Symbol{SymbolKind::number, 0, 3}));
  EXPECT_EQ(plan.settings[0].text.kind, SymbolKind::absent);
  EXPECT_EQ(plan.text_at(plan.settings[1].text.number), "abc");
}

TEST(Threads, WaitInCallsAndFinishThem) {
  const Scenario scenario =
      read_one(given +
               "directories: [backup]\nsteps:\n"
               "  - thread: worker\n    JetRestoreInstance: {instance: i, sz: backup, pfn: succeed}\n"
               "    until: callback\n    session: r\n"
               "  - JetDupSession: {sesid: r, psesid: t}\n    thread: worker\n"
               "    expect: [JET_errRestoreInProgress]\n"
               "  - finish: worker\n    expect: any\n"
               "  - restart: process\n");
  const auto& steps = scenario.plan.steps;
  const std::size_t first = steps.size() - 4;
  EXPECT_EQ(scenario.plan.threads, (std::vector<std::string>{"main", "worker"}));
  EXPECT_EQ(steps[first].thread, 1);
  EXPECT_EQ(steps[first].until, Until::callback);
  EXPECT_EQ(scenario.plan.variables.at(steps[first].callback_session), "r");
  EXPECT_TRUE(scenario.expectations[first].codes.empty());
  EXPECT_FALSE(scenario.expectations[first].any);
  EXPECT_EQ(steps[first + 1].thread, 1);
  EXPECT_EQ(steps[first + 2].kind, StepKind::finish);
  EXPECT_TRUE(scenario.expectations[first + 2].any);
  EXPECT_EQ(steps[first + 3].kind, StepKind::restart);
  EXPECT_TRUE(scenario.needs.threads && scenario.needs.status_callbacks && scenario.needs.restart);
  EXPECT_FALSE(scenario.needs.memory_faults || scenario.needs.file_faults || scenario.needs.validates_handles);
}

TEST(Files, BecomeSomethingWithoutACall) {
  const Scenario scenario = read_one(given +
                                     "steps:\n"
                                     "  - {file: a.edb, becomes: damaged, at: 4096, bytes: 16}\n"
                                     "  - {file: a.edb, becomes: read-only}\n");
  const auto& plan = scenario.plan;
  const plan::Step& damage = plan.steps[plan.steps.size() - 2];
  EXPECT_EQ(damage.kind, StepKind::file);
  EXPECT_EQ(damage.event, model::FileEvent::damaged);
  EXPECT_EQ(plan.text_at(damage.arguments[0].number), "a.edb");
  EXPECT_EQ(damage.arguments[1].number, 4096u);
  EXPECT_EQ(damage.arguments[2].number, 16u);
  EXPECT_EQ(plan.steps.back().event, model::FileEvent::read_only);
  EXPECT_TRUE(scenario.expectations.back().codes.empty());
}

TEST(Aliases, AreWelcome) {
  read_one(given + "steps:\n  - JetDupSession: &both {sesid: s, psesid: t}\n  - JetDupSession: *both\n");
}

}  // namespace
}  // namespace esentcheck::scenario
