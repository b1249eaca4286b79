// conform: every documented return code of the modelled functions, by scenarios and by generated sequences.
#include <fmt/format.h>

#include "harness/check/campaign.hpp"
#include "harness/check/race_play.hpp"
#include "harness/check/words.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"

namespace esentcheck::command {
namespace {

/// Sequences that the subject cannot stand would only find what its scenarios found already.
constexpr std::uint64_t most_deviations = 20;

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
  result.cells = ledger.cells();
  result.findings = findings.all();
  return report(result, options.out);
}

}  // namespace esentcheck::command
