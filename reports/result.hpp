// What a run found out, as plain values. Everything a report shows is in here, already spelled out in words:
// the writers beside this header turn it into a terminal page, JSON, JUnit XML, and never call anything else.
//
// Values only, no behaviour, no thread affinity. The harness fills them in; nobody changes them afterwards.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace esentcheck::reports {

/// What became of one (function, documented code) pair.
enum class CellStatus : std::uint8_t {
  reached,      ///< the subject returned the code where the model allows it; `scenarios` prove it
  deviates,     ///< a scenario that proves the pair got something that the model does not allow
  unreachable,  ///< it cannot be provoked on this subject; `reason` says why
  not_tried,    ///< nothing even tries: fails the run
};

struct Cell {
  std::string function;  ///< "JetDupSession"
  std::string code;      ///< "JET_errOutOfSessions"
  std::string clause;    ///< "JetDupSession/OutOfSessions"
  CellStatus status = CellStatus::not_tried;
  std::vector<std::string> scenarios;  ///< paths of scenario files, or "generated" for a generated sequence
  std::string reason;                  ///< for unreachable and not_tried
};

/// One call of the shortest trace that shows a deviation.
struct TraceLine {
  std::string thread;
  std::string call;      ///< "JetDupSession(s1, &s2)"
  std::string observed;  ///< "JET_errSuccess, s2 = h4"
};

/// How a subject failed to be what the model allows.
enum class FindingKind : std::uint8_t {
  wrong_code,        ///< a code that no clause allows here
  wrong_value,       ///< an out-value that is not the one documented
  usable_handle,     ///< a refused call left something that looks like a usable handle
  duplicate_handle,  ///< a handle that another live object already has
  crash,             ///< the subject's process died
  hang,              ///< the call never returned
  not_implemented,   ///< the subject does not export the function
  stuck_callback,    ///< a call went on where it should have been refused, or did not call back
  race,              ///< calls that overlap have answered what no order of them explains
  deadlock,          ///< no thread can go on, and calls have not returned
  no_progress,       ///< threads go on and on, and a call does not return
  leak,              ///< a call that fails keeps memory, or a file, each time
  not_durable,       ///< a call that has to reach the disk said so before it had
  nondeterminism,    ///< another process answered the same calls in another way
  lock_misuse,       ///< a lock was unlocked by a thread that does not hold it, or destroyed while it was held
};

struct Finding {
  FindingKind kind = FindingKind::wrong_code;
  std::string title;     ///< one sentence: what, where
  std::string scenario;  ///< the scenario file, or "generated"
  std::string function;
  std::string clause;                ///< of the clause that says what should have happened; may be empty
  std::string page;                  ///< documentation page of that clause
  std::string why;                   ///< the clause's condition in words
  std::vector<std::string> allowed;  ///< codes that the model allows, each with its clause
  std::string observed;
  std::vector<TraceLine> trace;       ///< shortest found, the deviating call last
  std::vector<std::string> schedule;  ///< of a race: where it departs from running each thread until it waits
  std::string trace_file;             ///< where the trace was written, relative to the output folder
  std::string program_file;           ///< the same as a C program; empty where calls alone do not show it
  std::string replay;                 ///< the command that shows it again
};

/// What became of one scenario.
enum class ScenarioStatus : std::uint8_t { passed, failed, skipped, invalid };

struct ScenarioResult {
  std::string file;     ///< path relative to the scenario folder
  std::string example;  ///< which of its examples, "limit=17"; empty when it has none
  std::string claim;
  ScenarioStatus status = ScenarioStatus::passed;
  std::string detail;  ///< why skipped; the finding's title when failed; the diagnostic when invalid
  std::uint64_t calls = 0;
  std::uint64_t schedules = 0;  ///< under which its race was played; 0 where it has none
};

/// How often generated calls met one combination of what they were about, function and code.
struct Frequency {
  std::string state;  ///< "running instance, all sessions, in a transaction, some databases"
  std::string function;
  std::string code;
  std::uint64_t calls = 0;
};

/// Figures of the generated part of a run.
struct GeneratedResult {
  std::uint64_t sequences = 0;
  std::uint64_t calls = 0;
  std::uint64_t deviations = 0;
  std::vector<Frequency> frequencies;  ///< of all that was met, by function, state and code
};

/// Figures of generated races: programs of several actors, each under many schedules.
struct RacesResult {
  bool simulated = true;  ///< false: on the machine's own threads; schedules are then runs
  std::uint64_t programs = 0;
  std::uint64_t schedules = 0;
  std::uint64_t calls = 0;
  std::uint64_t deviations = 0;  ///< programs that deviate under some schedule
  std::uint64_t undecided = 0;   ///< schedules whose calls have too many orders to look at
  std::string reason;            ///< why there were none, or no more; empty where all were played
};

/// Figures of sweeps: allocations inside the calls of scenarios that were refused one after the other.
struct FaultsResult {
  std::uint64_t calls = 0;       ///< swept until they made no more of them
  std::uint64_t memory = 0;      ///< failure points: allocations that were refused first in their call,
  std::uint64_t files = 0;       ///< operations on files that failed first,
  std::uint64_t power_cuts = 0;  ///< and those at which the power was cut
  std::uint64_t deviations = 0;
  bool complete = true;  ///< false: there was more than was asked for
  std::string reason;    ///< why there were none; empty where there were

  std::uint64_t points() const { return memory + files + power_cuts; }
};

struct Subject {
  std::string address;  ///< as given to --subject, without a machine's path in front
  std::string name;
  std::string version;
  std::string isolation;  ///< "process" or "none"
  std::vector<std::string> capabilities;
  std::vector<std::string> not_implemented;  ///< functions that it does not export
};

enum class Verdict : std::uint8_t { conforms, deviates, incomplete };

struct Result {
  std::string date;     ///< ISO 8601, the only thing in a report that two equal runs do not share
  std::string version;  ///< of esentcheck
  Subject subject;
  std::string profile;  ///< "documented", "engine", "engine-fast"
  std::string release;  ///< "windows-8"
  std::uint64_t seed = 0;
  std::string command;  ///< what was typed
  Verdict verdict = Verdict::incomplete;
  std::vector<Cell> cells;  ///< in page order of their functions
  std::vector<Finding> findings;
  std::vector<ScenarioResult> scenarios;
  GeneratedResult generated;
  RacesResult races;
  FaultsResult faults;
};

}  // namespace esentcheck::reports
