// replay: one scenario or trace, every step shown. Its output is the same each time, so that two can be compared.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "harness/check/play.hpp"
#include "harness/check/words.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"

namespace esentcheck::command {
namespace {

void show_steps(const scenario::Scenario& scenario, const check::Play& play) {
  const auto lines = check::trace_of(check::as_sequence(scenario.plan, play));
  const bool threads = scenario.plan.threads.size() > 1;
  for (std::size_t i = 0; i < lines.size(); ++i)
    fmt::print("{:>5}  {}{}  ->  {}\n", i + 1, threads ? fmt::format("{}: ", lines[i].thread) : "", lines[i].call,
               lines[i].observed);
}

ExitStatus show_verdict(const check::Play& play) {
  switch (play.status) {
    case check::PlayStatus::shown:
      fmt::print("as expected{}\n", play.schedules > 1 ? fmt::format(", under {} schedules", play.schedules) : "");
      return ExitStatus::conforms;
    case check::PlayStatus::other_answer: fmt::print("not shown: {}\n", play.detail); return ExitStatus::incomplete;
    case check::PlayStatus::not_started: return complain({"", play.detail}, ExitStatus::no_subject);
    case check::PlayStatus::deviates: break;
  }
  fmt::print("deviates: {}\n", play.detail);
  if (!play.deviation->allowed.all().empty())
    fmt::print("allowed: {}\n", fmt::join(check::spell(play.deviation->function, play.deviation->allowed), ", "));
  return ExitStatus::deviates;
}

ExitStatus worse(ExitStatus a, ExitStatus b) {
  if (a == ExitStatus::deviates || b == ExitStatus::conforms) return a;
  return b == ExitStatus::deviates || a == ExitStatus::conforms ? b : a;
}

}  // namespace

ExitStatus replay(const ReplayOptions& options) {
  const auto files = check::read_suite(options.file);
  if (!files) return complain(files.error(), ExitStatus::bad_input);
  auto subject = open(options.subject);
  if (!subject) return complain(subject.error(), ExitStatus::no_subject);

  ExitStatus status = ExitStatus::conforms;
  for (const check::ScenarioFile& file : *files) {
    if (!file.scenarios) return complain(file.scenarios.error(), ExitStatus::bad_input);
    for (const scenario::Scenario& scenario : *file.scenarios) {
      fmt::print("{}{}\n", scenario.claim, scenario.example.empty() ? "" : fmt::format(" [{}]", scenario.example));
      const check::Play play = check::play_on(**subject, scenario, options.subject.profile);
      show_steps(scenario, play);
      status = worse(status, show_verdict(play));
    }
  }
  return status;
}

}  // namespace esentcheck::command
