// What a user can say on the command line, as plain values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/command/budget.hpp"
#include "harness/subject/open.hpp"
#include "model/profile.hpp"

namespace esentcheck::command {

/// Whom to ask, and what counts as right.
struct SubjectOptions {
  std::string address;
  subject::Isolation isolation = subject::Isolation::process;
  std::uint32_t time_limit_seconds = 10;
  model::Profile profile;
};

struct ConformOptions {
  SubjectOptions subject;
  std::uint64_t seed = 1;
  Budget budget = standard_budget();
  // In place of the budget's amounts; what is said here is done however long it takes.
  std::optional<std::uint32_t> sequences;  ///< generated ones
  std::optional<std::uint32_t> races;      ///< generated programs of several actors …
  std::optional<std::uint32_t> schedules;  ///< … and under how many schedules each
  std::optional<std::uint32_t> faults;     ///< operations inside calls of scenarios that fail
  bool check_determinism = false;
  std::filesystem::path scenarios;
  std::filesystem::path out = "esentcheck-report";
};

struct RunOptions {
  SubjectOptions subject;
  std::vector<std::filesystem::path> paths;
  std::filesystem::path out;  ///< empty: no files
};

struct ReplayOptions {
  SubjectOptions subject;
  std::filesystem::path file;
};

struct ListOptions {
  std::string what;  ///< "functions", "clauses", "codes" or "scenarios"
  std::filesystem::path scenarios;
};

struct ExplainOptions {
  std::string name;           ///< a function, a code, a parameter or a clause; with `other`, a profile
  std::string other;          ///< a profile to tell it from; may be empty
  std::filesystem::path out;  ///< for a scenario of each sequence; empty: none
  std::uint32_t depth = 5;    ///< calls of the longest sequence
};

struct CheckOptions {
  std::vector<std::filesystem::path> traces;
  std::optional<model::Reading> reading;  ///< empty: each run's own engine says which
  spec::Release release = spec::newest_release;
  bool untouched = false;  ///< list the clauses that explained nothing
};

using Options = std::variant<ConformOptions, RunOptions, ReplayOptions, ListOptions, ExplainOptions, CheckOptions>;

/// The folder of scenarios that came with the program.
std::filesystem::path own_scenarios();

}  // namespace esentcheck::command
