// run: scenario files and folders, nothing generated.
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"

namespace esentcheck::command {
namespace {

/// A run of some files is not a judgement of everything: the ledger shows only what they touched.
std::vector<reports::Cell> touched(const std::vector<reports::Cell>& cells) {
  std::vector<reports::Cell> result;
  for (const reports::Cell& cell : cells)
    if (cell.status == reports::CellStatus::reached || cell.status == reports::CellStatus::deviates)
      result.push_back(cell);
  return result;
}

}  // namespace

ExitStatus run(const RunOptions& options, const std::string& typed) {
  std::vector<check::ScenarioFile> files;
  for (const std::filesystem::path& path : options.paths) {
    auto found = check::read_suite(path);
    if (!found) return complain(found.error(), ExitStatus::bad_input);
    std::ranges::move(*found, std::back_inserter(files));
  }
  auto subject = open(options.subject);
  if (!subject) return complain(subject.error(), ExitStatus::no_subject);
  if (const auto problem = prepare(options.out)) return complain(*problem, ExitStatus::no_output);

  reports::Result result = header(options.subject, **subject, 0, typed);
  check::Ledger ledger(options.subject.profile);
  check::Findings findings(**subject, options.subject.profile, options.out, replay_command(options.subject));
  result.scenarios =
      check::play_suite(files, **subject, options.subject.profile, ledger, findings, progress("scenarios"));
  result.cells = touched(ledger.cells());
  result.findings = findings.all();
  return report(result, options.out);
}

}  // namespace esentcheck::command
