#include "fixtures.hpp"

#include <string>
#include <utility>
#include <vector>

#include "reports/verdict.hpp"

namespace esentcheck::reports::fixtures {
namespace {

Cell reached(std::string function, const std::string& code, std::vector<std::string> scenarios) {
  const std::string clause = function + "/" + code;
  return {std::move(function), "JET_err" + code, clause, CellStatus::reached, std::move(scenarios), ""};
}

Cell unreachable(std::string function, const std::string& code, std::string reason) {
  const std::string clause = function + "/" + code;
  return {std::move(function), "JET_err" + code, clause, CellStatus::unreachable, {}, std::move(reason)};
}

Cell not_tried(std::string function, const std::string& code) {
  const std::string clause = function + "/" + code;
  return {std::move(function), "JET_err" + code, clause, CellStatus::not_tried, {}, ""};
}

std::vector<Cell> dup_session() {
  const std::string name = "JetDupSession";
  return {
      reached(name, "Success", {"JetDupSession/success.yaml"}),
      reached(name, "ClientRequestToStopJetService", {"JetDupSession/stopped.yaml"}),
      reached(name, "InstanceUnavailable", {"JetDupSession/log-write-fails.yaml", "JetDupSession/log-sync-fails.yaml"}),
      reached(name, "InvalidParameter", {"JetDupSession/null-out.yaml"}),
      reached(name, "NotInitialized", {"JetDupSession/replaying.yaml"}),
      reached(name, "OutOfMemory", {"JetDupSession/memory-refused.yaml", "generated"}),
      reached(name, "OutOfSessions", {"JetDupSession/limit.yaml"}),
      reached(name, "RestoreInProgress", {"JetDupSession/restoring.yaml"}),
      reached(name, "TermInProgress", {"JetDupSession/terminating.yaml"}),
  };
}

std::vector<Cell> end_session() {
  const std::string name = "JetEndSession";
  return {
      reached(name, "Success", {"JetEndSession/success.yaml"}),
      reached(name, "InvalidSesid", {"JetEndSession/ended.yaml"}),
      reached(name, "NotInitialized", {"JetEndSession/after-term.yaml"}),
      reached(name, "TermInProgress", {"JetEndSession/terminating.yaml"}),
  };
}

ScenarioResult passed(std::string file, std::string example, std::string claim, std::uint64_t calls) {
  return {std::move(file), std::move(example), std::move(claim), ScenarioStatus::passed, "", calls};
}

Result a_run() {
  Result result;
  result.date = "2031-05-14T09:26:53Z";
  result.version = "0.1.0";
  result.subject = {"libesent.so",
                    "libesent",
                    "0.1.0",
                    "process",
                    {"validates-handles", "refuses-memory", "fails-files", "status-callbacks"},
                    {}};
  result.profile = "documented";
  result.release = "windows-8";
  result.seed = 42;
  result.command = "esentcheck conform --subject libesent.so --seed 42";
  result.cells = dup_session();
  for (Cell& cell : end_session()) result.cells.push_back(std::move(cell));
  result.scenarios = {
      passed("JetDupSession/limit.yaml", "limit=1", "The last session of the limit is given, the next refused", 5),
      passed("JetDupSession/limit.yaml", "limit=16", "The last session of the limit is given, the next refused", 20),
      passed("JetDupSession/success.yaml", "", "A duplicate is a session of the same instance", 6),
  };
  result.generated = {
      20000,
      1284331,
      0,
      {{"running instance, some sessions, outside transactions", "JetDupSession", "JET_errSuccess", 71234},
       {"running instance, all sessions, outside transactions", "JetDupSession", "JET_errOutOfSessions", 1}}};
  return result;
}

Finding one_too_many() {
  Finding finding;
  finding.kind = FindingKind::wrong_code;
  finding.title = "JetDupSession gives a session beyond JET_paramMaxSessions";
  finding.scenario = "JetDupSession/limit.yaml";
  finding.function = "JetDupSession";
  finding.clause = "JetDupSession/OutOfSessions";
  finding.page = "jetdupsession-function.md";
  finding.why =
      "the instance already has as many sessions as JET_paramMaxSessions allows; sessions begun and sessions "
      "duplicated count alike";
  finding.allowed = {"JET_errOutOfSessions (JetDupSession/OutOfSessions)"};
  finding.observed = "JET_errSuccess, s2 = h3";
  finding.trace = {
      {"main", "JetCreateInstance(&i1, \"one\")", "JET_errSuccess, i1 = h1"},
      {"main", "JetSetSystemParameter(&i1, s0, JET_paramMaxSessions, 1)", "JET_errSuccess"},
      {"main", "JetInit(&i1)", "JET_errSuccess"},
      {"main", "JetBeginSession(i1, &s1)", "JET_errSuccess, s1 = h2"},
      {"main", "JetDupSession(s1, &s2)", "JET_errSuccess, s2 = h3"},
  };
  finding.trace_file = "traces/1-JetDupSession-wrong-code.yaml";
  finding.program_file = "traces/1-JetDupSession-wrong-code.c";
  finding.replay = "esentcheck replay traces/1-JetDupSession-wrong-code.yaml --subject libesent.so";
  return finding;
}

Finding crash_at_term() {
  Finding finding;
  finding.kind = FindingKind::crash;
  finding.title = "The process dies of SIGSEGV inside JetDupSession while another thread is in JetTerm";
  finding.scenario = "generated";
  finding.function = "JetDupSession";
  finding.clause = "JetDupSession/TermInProgress";
  finding.page = "jetdupsession-function.md";
  finding.why = "the instance is being shut down by another call";
  finding.allowed = {"JET_errTermInProgress (JetDupSession/TermInProgress)",
                     "JET_errNotInitialized (JetDupSession/NotInitialized)"};
  finding.observed = "the process died of SIGSEGV";
  finding.trace = {
      {"main", "JetInit(&i1)", "JET_errSuccess, i1 = h1"},
      {"main", "JetBeginSession(i1, &s1)", "JET_errSuccess, s1 = h2"},
      {"other", "JetTerm(i1)", "begins"},
      {"main", "JetDupSession(s1, &s2)", "SIGSEGV"},
  };
  finding.trace_file = "traces/2-JetDupSession-crash.yaml";
  finding.replay = "esentcheck replay traces/2-JetDupSession-crash.yaml --subject libesent.so";
  return finding;
}

/// Puts `extra` behind every text of `result` that comes from outside.
void spoil(Result& result, const std::string& extra) {
  const auto add = [&extra](std::string& text) { text += extra; };
  for (std::string* text : {&result.subject.address, &result.subject.name, &result.subject.version, &result.command}) {
    add(*text);
  }
  for (Cell& cell : result.cells) {
    add(cell.function);
    add(cell.reason);
  }
  for (Finding& finding : result.findings) {
    for (std::string* text : {&finding.title, &finding.why, &finding.observed, &finding.replay}) add(*text);
    for (TraceLine& line : finding.trace) add(line.observed);
  }
  for (ScenarioResult& scenario : result.scenarios) {
    add(scenario.claim);
    add(scenario.detail);
  }
}

}  // namespace

Result conforming() {
  Result result = a_run();
  const std::string closed = "the code needs a database that is open, and this release of esentcheck opens none";
  result.cells.push_back(reached("JetEnableMultiInstance", "Success", {"JetEnableMultiInstance/first.yaml"}));
  result.cells.push_back(unreachable("JetEnableMultiInstance", "IndexTuplesInvalidLimits", closed));
  result.cells.push_back(unreachable("JetEnableMultiInstance", "IndexTuplesTooManyColumns", closed));
  result.cells.push_back(reached("JetEnableMultiInstance", "SystemParamsAlreadySet", {"generated"}));
  result.verdict = judge(result);
  return result;
}

Result deviating() {
  Result result = a_run();
  result.findings = {one_too_many(), crash_at_term()};
  result.cells[6].status = CellStatus::deviates;
  result.cells[8].status = CellStatus::deviates;
  result.cells[8].scenarios.emplace_back("generated");
  result.scenarios[0].status = ScenarioStatus::failed;
  result.scenarios[0].detail = result.findings[0].title;
  result.generated.deviations = 1;
  result.subject.not_implemented = {"JetResetSessionContext", "JetSetSessionContext"};
  result.verdict = judge(result);
  return result;
}

Result incomplete() {
  Result result = a_run();
  result.subject.capabilities = {"validates-handles"};
  result.subject.isolation = "none";
  result.cells[2] = not_tried("JetDupSession", "InstanceUnavailable");
  result.cells[2].reason = "its scenarios need the capability fails-files";
  result.cells[5] = unreachable("JetDupSession", "OutOfMemory", "the subject cannot be refused memory");
  result.cells[12] = not_tried("JetEndSession", "TermInProgress");
  const std::string no_files = "the subject lacks the capability fails-files";
  result.scenarios.push_back({"JetDupSession/log-sync-fails.yaml", "", "A failed sync makes the instance unavailable",
                              ScenarioStatus::skipped, no_files, 0});
  result.scenarios.push_back({"JetDupSession/log-write-fails.yaml", "nth=2",
                              "A failed write makes the instance unavailable", ScenarioStatus::skipped, no_files, 0});
  result.scenarios.push_back({"mine.yaml", "", "", ScenarioStatus::invalid,
                              "mine.yaml:7:12: there is no function JetDupSesion; did you mean JetDupSession?", 0});
  result.verdict = judge(result);
  return result;
}

Result hostile() {
  Result result = deviating();
  spoil(result, "<&>\"' ]]> \x1b[31m \xff \xc3\xa4 \x01\nend");
  return result;
}

}  // namespace esentcheck::reports::fixtures
