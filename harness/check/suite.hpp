// A suite of scenario files: found, read, rehearsed on the model, played on the subject, entered in the ledger.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "harness/check/findings.hpp"
#include "harness/check/ledger.hpp"
#include "harness/diagnostic.hpp"
#include "harness/scenario/scenario.hpp"
#include "reports/result.hpp"

namespace esentcheck::check {

/// A file's scenarios, or what is wrong with it.
struct ScenarioFile {
  std::string name;  ///< relative to the folder that was named, with forward slashes
  Result<std::vector<scenario::Scenario>> scenarios;
};

/// The scenario files at or below a path, sorted by name. Folders called "rejected" and "must-fail", which test the
/// runner itself, are left out unless they are what was named.
Result<std::vector<ScenarioFile>> read_suite(const std::filesystem::path&);

/// "JetDupSession/JET_errOutOfSessions", …: the pairs of the modelled functions' tables that no scenario for the documented
/// profile says that it proves, though their rows give no reason to do without one. In page order.
std::vector<std::string> unproven_pairs(const std::vector<ScenarioFile>&);

/// Why this subject or profile cannot play the scenario; empty when it can.
std::string why_not(const scenario::Scenario&, const subject::Capabilities&, const model::Profile&);

/// Told before each file: how many are done, how many there are.
using Progress = std::function<void(std::size_t done, std::size_t total, const std::string& name)>;

/// Of a race of which every schedule is wanted, a suite goes on after so many; replay takes all.
inline constexpr std::uint64_t usual_schedules = 1000;

/// Plays them all. Deviations go to `findings`, what they prove to `ledger`.
std::vector<reports::ScenarioResult> play_suite(const std::vector<ScenarioFile>&, subject::Subject&,
                                                const model::Profile&, Ledger&, Findings&, const Progress&,
                                                std::uint64_t most_schedules = usual_schedules);

}  // namespace esentcheck::check
