// conform: every documented return code of the modelled functions, by scenarios and by generated sequences.
#include <fmt/format.h>

#include "harness/check/sequence.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"
#include "harness/generate/shape.hpp"

namespace esentcheck::command {
namespace {

/// Sequences that the subject cannot stand would only find what its scenarios found already.
constexpr std::uint64_t most_deviations = 20;

void play_sequences(const ConformOptions& options, subject::Subject& subject, check::Ledger& ledger,
                    check::Findings& findings, reports::GeneratedResult& figures) {
  const subject::Capabilities& has = subject.describe().capabilities;
  std::vector<generate::Shape> shapes =
      generate::shapes(options.seed, options.sequences, has.memory_faults, has.threads, has.file_faults);
  check::Habits habits;
  const check::Progress tell = progress("sequences");
  for (std::size_t i = 0; i < shapes.size() && figures.deviations < most_deviations; ++i) {
    tell(i, shapes.size(), {});
    // What a handle that denotes nothing does is defined only where it is diagnosed.
    if (!has.validates_handles) shapes[i].bad_arguments = 0;
    const check::Sequence sequence = check::run_sequence(subject, shapes[i], options.subject.profile, habits);
    ++figures.sequences;
    figures.calls += sequence.seen.size();
    for (const check::Hit& hit : sequence.hits)
      if (!hit.clause->code_of_callback) ledger.reached(hit.function, hit.clause->code, check::generated);
    if (!sequence.deviation) continue;
    ++figures.deviations;
    findings.add(sequence, check::generated);
  }
  tell(shapes.size(), shapes.size(), {});
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
  result.cells = ledger.cells();
  result.findings = findings.all();
  return report(result, options.out);
}

}  // namespace esentcheck::command
