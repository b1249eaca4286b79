// conform: every documented return code of the modelled functions, by scenarios and by generated sequences.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "harness/check/campaign.hpp"
#include "harness/check/determinism.hpp"
#include "harness/check/race_campaign.hpp"
#include "harness/check/sweep.hpp"
#include "harness/check/words.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"

namespace esentcheck::command {
namespace {

/// Sequences that the subject cannot stand would only find what its scenarios found already.
constexpr std::uint64_t most_deviations = 20;

/// Sequences, and races, that are run in a second process.
constexpr std::uint32_t most_compared = 100;

std::vector<reports::Frequency> spelled(const check::Frequency& frequency) {
  std::vector<reports::Frequency> lines;
  for (const check::Frequency::Line& line : frequency.lines())
    lines.push_back(
        {line.situation.spelled(), std::string(spec::row(line.function).name), check::name_of(line.code), line.calls});
  return lines;
}

/// What there is to do of one kind: so much, or until its time is over.
struct Task {
  std::uint32_t amount = 0;
  std::optional<Timer::Clock::time_point> end;

  bool over(std::uint64_t done) const { return done >= amount || has_passed(end); }
};

/// What the user says counts, however long it takes; what the budget says ends with its share of the time.
Task task(std::optional<std::uint32_t> said, std::uint32_t otherwise, const Timer& timer, double share) {
  if (said) return {*said, std::nullopt};
  return {otherwise, timer.share(share)};
}

void play_sequences(const ConformOptions& options, const Task& task, subject::Subject& subject, check::Ledger& ledger,
                    check::Findings& findings, reports::GeneratedResult& figures) {
  check::Campaign campaign(subject, options.subject.profile, options.seed, task.amount);
  const check::Progress tell = progress("sequences");
  while (!task.over(campaign.played()) && figures.deviations < most_deviations) {
    tell(campaign.played(), campaign.size(), {});
    const check::Sequence sequence = campaign.next();
    ++figures.sequences;
    figures.calls += sequence.seen.size();
    for (const check::Hit& hit : sequence.hits)
      if (!hit.clause->code_of_callback) ledger.reached(hit.function, hit.clause->code, check::generated);
    if (!sequence.deviation) continue;
    ++figures.deviations;
    findings.add(sequence, check::generated);
  }
  tell(campaign.size(), campaign.size(), {});
  figures.frequencies = spelled(campaign.frequency());
}

void play_races(const ConformOptions& options, const Task& task, subject::Subject& subject, check::Ledger& ledger,
                check::Findings& findings, reports::RacesResult& result) {
  const check::Threads threads =
      subject.describe().capabilities.simulation ? check::Threads::simulated : check::Threads::at_large;
  result.simulated = subject.describe().capabilities.simulation;
  check::RaceFigures figures;
  const check::Progress tell = progress("races");
  const std::uint32_t schedules = options.schedules.value_or(options.budget.amounts.schedules);
  for (std::uint32_t n = 0; !task.over(n) && figures.deviations < most_deviations; ++n) {
    tell(n, task.amount, {});
    const check::Sequence race =
        check::generated_race(subject, options.subject.profile, options.seed, n, threads, schedules, figures);
    // What was reached at large need not be the next time, and the same run is to give the same report.
    if (result.simulated)
      for (const check::Hit& hit : race.hits)
        if (!hit.clause->code_of_callback) ledger.reached(hit.function, hit.clause->code, check::generated);
    if (race.problem) result.reason = race.problem->sentence();
    if (race.problem) break;
    result.simulated ? findings.add(race, check::generated) : findings.keep(race, check::generated);
  }
  tell(task.amount, task.amount, {});
  result.programs = figures.programs;
  result.schedules = figures.schedules;
  result.calls = figures.calls;
  result.deviations = figures.deviations;
  result.undecided = figures.undecided;
}

/// The scenarios that can be swept, example by example.
struct Swept {
  const check::ScenarioFile* file;
  const scenario::Scenario* scenario;
};

std::vector<Swept> to_be_swept(const std::vector<check::ScenarioFile>& files, const subject::Capabilities& has,
                               const model::Profile& profile) {
  std::vector<Swept> chosen;
  for (const check::ScenarioFile& file : files)
    if (file.scenarios)
      for (const scenario::Scenario& scenario : *file.scenarios)
        if (check::can_be_swept(scenario) && check::why_not(scenario, has, profile).empty())
          chosen.push_back({&file, &scenario});
  return chosen;
}

/// One scenario after the other, each with its part of the failures that are left.
void sweep_scenarios(const ConformOptions& options, const Task& task, const std::vector<check::ScenarioFile>& files,
                     subject::Subject& subject, check::Findings& findings, reports::FaultsResult& result) {
  const subject::Capabilities& has = subject.describe().capabilities;
  const std::vector<plan::Fault> ways = check::ways_to_fail(has);
  if (ways.empty()) {
    result.reason = "nothing can be made to fail in the subject's calls";
    return;
  }
  check::SweepFigures figures;
  const check::Progress tell = progress("faults");
  const std::vector<Swept> chosen = to_be_swept(files, has, options.subject.profile);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (figures.deviations >= most_deviations) {
      figures.complete = false;
      break;
    }
    const Swept& swept = chosen[i];
    const std::uint64_t done = figures.points();
    const std::uint64_t part = (task.amount - std::min<std::uint64_t>(done, task.amount)) / (chosen.size() - i);
    tell(i, chosen.size(), swept.file->name);
    check::sweep(
        subject, *swept.scenario, options.subject.profile, ways,
        {.goes_on =
             [&](const check::SweepFigures& so_far) { return so_far.points() < done + part && !has_passed(task.end); },
         .found = [&](const check::Sequence& found) { findings.add(found, swept.file->name); }},
        options.seed + i, figures);
  }
  tell(chosen.size(), chosen.size(), {});
  result.calls = figures.calls;
  result.memory = figures.memory;
  result.files = figures.files;
  result.power_cuts = figures.power_cuts;
  result.deviations = figures.deviations;
  result.complete = figures.complete;
}

/// What a subject must not depend on, for its next process.
void change_the_environment() {
  setenv("LC_ALL", "tr_TR.UTF-8", 1);
  setenv("TZ", "Pacific/Chatham", 1);
  setenv("ESENTCHECK_PADDING", std::string(5000, 'x').c_str(), 1);
}

std::optional<Diagnostic> compare_processes(const ConformOptions& options, subject::Subject& subject,
                                            check::Findings& findings) {
  const Amounts& amounts = options.budget.amounts;
  change_the_environment();
  const auto other = open(options.subject);
  if (!other) return other.error();
  const subject::Capabilities& has = subject.describe().capabilities;
  auto shapes = generate::shapes(options.seed, std::min(options.sequences.value_or(amounts.sequences), most_compared),
                                 has.memory_faults, has.threads, has.file_faults);
  const check::Progress tell = progress("compared");
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    tell(i, shapes.size(), {});
    if (!has.validates_handles) shapes[i].bad_arguments = 0;
    if (const auto found = check::diverging_sequence(subject, **other, shapes[i], options.subject.profile))
      findings.keep(*found, check::generated);
  }
  const std::uint32_t races = has.simulation ? std::min(options.races.value_or(amounts.races), most_compared) : 0;
  for (std::uint32_t n = 0; n < races; ++n) {
    tell(n, races, {});
    if (const auto found = check::diverging_race(subject, **other, options.seed, n, options.subject.profile))
      findings.keep(*found, check::generated);
  }
  return std::nullopt;
}

}  // namespace

ExitStatus conform(const ConformOptions& options, const std::string& typed) {
  const auto files = check::read_suite(options.scenarios);
  if (!files) return complain(files.error(), ExitStatus::bad_input);
  auto subject = open(options.subject);
  if (!subject) return complain(subject.error(), ExitStatus::no_subject);
  if (const auto problem = prepare(options.out)) return complain(*problem, ExitStatus::no_output);

  const Timer timer(options.budget.time);
  reports::Result result = header(options.subject, **subject, options.seed, typed);
  fmt::print(stderr, "judging {} under profile {}, seed {}\n", options.subject.address, result.profile, options.seed);
  check::Ledger ledger(options.subject.profile);
  check::Findings findings(**subject, options.subject.profile, options.out, replay_command(options.subject));
  const Amounts& amounts = options.budget.amounts;
  result.scenarios = check::play_suite(*files, **subject, options.subject.profile, ledger, findings,
                                       progress("scenarios"), amounts.exhaustive);
  play_sequences(options, task(options.sequences, amounts.sequences, timer, 0.15), **subject, ledger, findings,
                 result.generated);
  play_races(options, task(options.races, amounts.races, timer, 0.4), **subject, ledger, findings, result.races);
  sweep_scenarios(options, task(options.faults, amounts.faults, timer, 1), *files, **subject, findings, result.faults);
  if (options.check_determinism)
    if (const auto problem = compare_processes(options, **subject, findings))
      return complain(*problem, ExitStatus::no_subject);
  result.cells = ledger.cells();
  result.findings = findings.all();
  return report(result, options.out);
}

}  // namespace esentcheck::command
