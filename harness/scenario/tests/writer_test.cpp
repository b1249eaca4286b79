#include "harness/scenario/writer.hpp"

#include "harness/scenario/tests/support.hpp"

namespace esentcheck::scenario {
namespace {

TEST(Writer, SpellsATraceAsAFileThatReadsWell) {
  const std::string text =
      "format: 1\n"
      "claim: \"a restored instance refuses sessions: the page says so\"\n"
      "proves: [JetDupSession/OutOfSessions, JetDupSession/Success]\n"
      "page: jetdupsession-function\n"
      "why: \"found by a machine\\nthen shrunk\"\n"
      "profiles: [documented]\n"
      "needs: [validates-handles]\n"
      "directories: [backup]\n"
      "variables: [i]\n"
      "steps:\n"
      "  - JetInit3: {pinstance: i, prstInfo: succeed, grbit: JET_bitX}\n"
      "  - thread: worker\n"
      "    JetRestoreInstance: {instance: i, sz: \"backup\", pfn: JET_errOutOfMemory}\n"
      "    until: callback\n"
      "    session: r\n"
      "  - thread: worker\n"
      "    JetDupSession: {sesid: r, psesid: t}\n"
      "    expect: [JET_errRestoreInProgress, JET_errInvalidSesid]\n"
      "  - finish: worker\n"
      "    expect: any\n"
      "  - JetGetSystemParameter: {instance: i, paramid: JET_paramMaxSessions, plParam: v, cbMax: 0}\n"
      "    gives: 16\n"
      "  - JetBackupInstance: {instance: i, szBackupPath: \"backup\", grbit: 0x10, pfnStatus: null}\n"
      "    fault: {write: 1, as: full, times: once}\n"
      "    expect: JET_errLogWriteFail\n"
      "  - JetEndSession: {sesid: {garbage: 1}}\n"
      "    fault: {memory: each}\n"
      "    expect: JET_errInvalidSesid\n"
      "  - restart: process\n"
      "  - JetStopService: {}\n";
  std::string source = text, plain = text;
  source.replace(source.find("JET_bitX"), 8, "[JET_bitRecoveryWithoutUndo]");
  plain.replace(plain.find("JET_bitX"), 8, "8");
  EXPECT_EQ(write_scenario(read_all(source)[0]), plain.replace(plain.find("needs: [validates-handles]\n"), 27, ""));
}

TEST(Writer, DeclaresWhatAShrunkTraceReadsFirst) {
  Scenario scenario = read_one("given: [{instance: i, sessions: [s]}]\nsteps:\n  - JetEndSession: {sesid: s}\n");
  scenario.plan.steps.erase(scenario.plan.steps.begin(), scenario.plan.steps.end() - 1);
  scenario.expectations.resize(1);
  scenario.plan.directories.clear();
  EXPECT_EQ(write_scenario(scenario),
            "format: 1\nclaim: c\nproves: [JetDupSession/OutOfSessions]\nvariables: [s]\nsteps:\n"
            "  - JetEndSession: {sesid: s}\n");
  EXPECT_EQ(write_scenario(read_all(write_scenario(scenario))[0]), write_scenario(scenario));
}

}  // namespace
}  // namespace esentcheck::scenario
