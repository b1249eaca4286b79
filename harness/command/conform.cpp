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

void play_sequences(const ConformOptions& options, subject::Subject& subject, check::Ledger& ledger,
                    check::Findings& findings, reports::GeneratedResult& figures) {
  check::Campaign campaign(subject, options.subject.profile, options.seed, options.sequences);
  const check::Progress tell = progress("sequences");
  while (!campaign.over() && figures.deviations < most_deviations) {
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

void play_races(const ConformOptions& options, subject::Subject& subject, check::Ledger& ledger,
                check::Findings& findings, reports::RacesResult& result) {
  if (!subject.describe().capabilities.simulation) {
    result.reason = "the subject cannot be simulated";
    return;
  }
  check::RaceFigures figures;
  const check::Progress tell = progress("races");
  for (std::uint32_t n = 0; n < options.races && figures.deviations < most_deviations; ++n) {
    tell(n, options.races, {});
    const check::Sequence race =
        check::generated_race(subject, options.subject.profile, options.seed, n, options.schedules, figures);
    for (const check::Hit& hit : race.hits)
      if (!hit.clause->code_of_callback) ledger.reached(hit.function, hit.clause->code, check::generated);
    if (race.problem) result.reason = race.problem->sentence();
    if (race.problem) break;
    findings.add(race, check::generated);
  }
  tell(options.races, options.races, {});
  result.programs = figures.programs;
  result.schedules = figures.schedules;
  result.calls = figures.calls;
  result.deviations = figures.deviations;
  result.undecided = figures.undecided;
}

/// Scenarios one after the other, each by the first of its examples.
void sweep_scenarios(const ConformOptions& options, const std::vector<check::ScenarioFile>& files,
                     subject::Subject& subject, check::Findings& findings, reports::FaultsResult& result) {
  const subject::Capabilities& has = subject.describe().capabilities;
  const std::vector<plan::Fault> ways = check::ways_to_fail(has);
  if (ways.empty()) {
    result.reason = "nothing can be made to fail in the subject's calls";
    return;
  }
  check::SweepFigures figures;
  const auto watch_for = [&](const std::string& name) {
    return check::SweepWatch{
        .goes_on = [&](const check::SweepFigures& so_far) { return so_far.points() < options.faults; },
        .found = [&, name](const check::Sequence& found) { findings.add(found, name); }};
  };
  const check::Progress tell = progress("faults");
  for (const check::ScenarioFile& file : files) {
    if (figures.deviations >= most_deviations) break;
    if (!file.scenarios) continue;
    const scenario::Scenario& scenario = file.scenarios->front();
    if (!check::can_be_swept(scenario) || !check::why_not(scenario, has, options.subject.profile).empty()) continue;
    if (figures.points() >= options.faults) figures.complete = false;
    if (!figures.complete) break;
    tell(figures.points(), options.faults, file.name);
    check::sweep(subject, scenario, options.subject.profile, ways, watch_for(file.name), figures);
  }
  tell(options.faults, options.faults, {});
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
  change_the_environment();
  const auto other = open(options.subject);
  if (!other) return other.error();
  const subject::Capabilities& has = subject.describe().capabilities;
  auto shapes = generate::shapes(options.seed, std::min(options.sequences, most_compared), has.memory_faults,
                                 has.threads, has.file_faults);
  const check::Progress tell = progress("compared");
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    tell(i, shapes.size(), {});
    if (!has.validates_handles) shapes[i].bad_arguments = 0;
    if (const auto found = check::diverging_sequence(subject, **other, shapes[i], options.subject.profile))
      findings.keep(*found, check::generated);
  }
  const std::uint32_t races = has.simulation ? std::min(options.races, most_compared) : 0;
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

  reports::Result result = header(options.subject, **subject, options.seed, typed);
  fmt::print(stderr, "judging {} under profile {}, seed {}\n", options.subject.address, result.profile, options.seed);
  check::Ledger ledger(options.subject.profile);
  check::Findings findings(**subject, options.subject.profile, options.out, replay_command(options.subject));
  result.scenarios =
      check::play_suite(*files, **subject, options.subject.profile, ledger, findings, progress("scenarios"));
  play_sequences(options, **subject, ledger, findings, result.generated);
  play_races(options, **subject, ledger, findings, result.races);
  sweep_scenarios(options, *files, **subject, findings, result.faults);
  if (options.check_determinism)
    if (const auto problem = compare_processes(options, **subject, findings))
      return complain(*problem, ExitStatus::no_subject);
  result.cells = ledger.cells();
  result.findings = findings.all();
  return report(result, options.out);
}

}  // namespace esentcheck::command
