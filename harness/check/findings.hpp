// Deviations as findings: each kind once, with its shortest trace written out as a scenario file that replays it.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/sequence.hpp"
#include "harness/check/shrink.hpp"
#include "reports/result.hpp"

namespace esentcheck::check {

class Findings {
 public:
  /// `command` is how this run's replay is typed up to the file's name. Traces are written below `folder`; an empty one
  /// writes none.
  Findings(subject::Subject& subject, const model::Profile& profile, std::filesystem::path folder, std::string command)
      : subject_(subject), profile_(profile), folder_(std::move(folder)), command_(std::move(command)) {}

  /// Shrinks the deviation and keeps it, unless one alike is kept already. `by` is the scenario file, or "generated".
  void add(const Sequence& found, std::string_view by);

  /// Keeps it as it is, unless one alike is kept already: for what a run does not show again.
  void keep(const Sequence& found, std::string_view by);

  const std::vector<reports::Finding>& all() const { return findings_; }

  /// Findings beyond this many are counted but neither shrunk nor shown: a subject that does everything wrong has one
  /// for each function.
  static constexpr std::size_t most = 40;

 private:
  bool is_new(const Deviation&);
  reports::Finding describe_finding(const Sequence& shortest, std::string_view by);
  // Give the file's name, relative to the folder; empty: nothing was written.
  std::string write_trace(const Sequence& shortest, const reports::Finding& finding);
  std::string write_program(const Sequence& shortest, const reports::Finding& finding);
  std::string write(const reports::Finding& finding, std::string_view extension, const std::string& text);

  subject::Subject& subject_;
  model::Profile profile_;
  std::filesystem::path folder_;
  std::string command_;
  std::vector<Deviation> kept_;
  std::vector<reports::Finding> findings_;
};

/// The steps that a play performed as a plan of their own, ready to be shrunk.
Sequence as_sequence(const plan::Plan&, const Play&);

/// What was performed and seen, for people; handles as h1, h2, … in order of appearance.
std::vector<reports::TraceLine> trace_of(const plan::Plan&, std::span<const plan::Step> steps,
                                         std::span<const subject::Observation> seen);

/// The same of a sequence, whose race, if it has one, is told in the order in which its calls began.
std::vector<reports::TraceLine> trace_of(const Sequence&);

/// Where the schedule of a plan's race departs from the steady one, for people.
std::vector<std::string> schedule_of(const plan::Plan&);

/// A deviating sequence as a scenario: what each step answered, and for the last one what the model allows.
scenario::Scenario as_scenario(const Sequence&, std::string claim);

}  // namespace esentcheck::check
