#include "reports/terminal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reports/groups.hpp"
#include "reports/names.hpp"
#include "reports/page.hpp"
#include "reports/terminal_parts.hpp"
#include "reports/text.hpp"
#include "reports/verdict.hpp"

namespace esentcheck::reports {
namespace {

/// "1 call", "2 calls": of words that take an s.
std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", grouped(number), noun, number == 1 ? "" : "s");
}

std::string summary(const ScenarioCounts& counts) {
  std::string text = fmt::format("{} of {} passed", grouped(counts.passed), grouped(counts.total()));
  if (counts.failed != 0) text += fmt::format(", {} failed", grouped(counts.failed));
  if (counts.skipped != 0) text += fmt::format(", {} skipped", grouped(counts.skipped));
  if (counts.invalid != 0) text += fmt::format(", {} invalid", grouped(counts.invalid));
  return text;
}

std::string summary(const GeneratedResult& generated) {
  return fmt::format("{}, {}, {}", counted(generated.sequences, "sequence"), counted(generated.calls, "call"),
                     counted(generated.deviations, "deviation"));
}

std::string summary(const FaultsResult& faults) {
  if (!faults.reason.empty()) return fmt::format("none: {}", faults.reason);
  return fmt::format("{} refused, {} failed, {}, {}{}", counted(faults.memory, "allocation"),
                     counted(faults.files, "file operation"), counted(faults.power_cuts, "power cut"),
                     counted(faults.deviations, "deviation"), faults.complete ? ", none left" : "");
}

std::uint64_t schedules_of(const std::vector<ScenarioResult>& scenarios) {
  std::uint64_t sum = 0;
  for (const ScenarioResult& scenario : scenarios) sum += scenario.schedules;
  return sum;
}

std::string summary(const RacesResult& races) {
  if (races.schedules == 0 && !races.reason.empty()) return fmt::format("none: {}", races.reason);
  std::string text = fmt::format("{}, {}, {}, {}", counted(races.programs, "program"),
                                 counted(races.schedules, "schedule"), counted(races.calls, "call"),
                                 counted(races.deviations, "deviation"));
  if (!races.reason.empty()) text += fmt::format(", and no more: {}", races.reason);
  if (!races.simulated) text += ", on the machine's own threads";
  if (races.undecided != 0) text += fmt::format(", {} undecided", grouped(races.undecided));
  return text;
}

std::string summary(const std::vector<Frequency>& frequencies) {
  const auto once = std::ranges::count(frequencies, std::uint64_t{1}, &Frequency::calls);
  return fmt::format("{} of state, function and code, {} of them once", counted(frequencies.size(), "combination"),
                     grouped(static_cast<std::uint64_t>(once)));
}

// --- who and how ---

void write_header(Page& page, const Result& result) {
  const Subject& subject = result.subject;
  const auto row = [&page](std::string_view label, std::string_view value) {
    page.to(indent).put(label, Ink::dim).to(label_end).prose(value);
  };
  const auto verbatim = [&page](std::string_view label, std::string_view value) {
    page.to(indent).put(label, Ink::dim).to(label_end).put(value).end();
  };
  page.put(fmt::format("esentcheck {}", result.version), Ink::bold).end().end();
  verbatim("subject", fmt::format("{} {}", subject.name, subject.version));
  verbatim("address", subject.address);
  row("isolation", subject.isolation);
  row("can", subject.capabilities.empty() ? "nothing beyond the calls themselves" : joined(subject.capabilities));
  if (!subject.not_implemented.empty()) row("lacks", joined(subject.not_implemented));
  row("profile", fmt::format("{}, release {}", result.profile, result.release));
  row("seed", std::to_string(result.seed));
  verbatim("command", result.command);
  verbatim("date", result.date);
}

// --- scenarios ---

/// A file once, however many of its examples are meant.
std::vector<std::string> by_file(const std::vector<const ScenarioResult*>& scenarios) {
  std::vector<std::string> lines;
  for (std::size_t at = 0, next = 0; at < scenarios.size(); at = next) {
    const ScenarioResult& first = *scenarios[at];
    while (next < scenarios.size() && scenarios[next]->file == first.file) ++next;
    if (next - at > 1)
      lines.push_back(fmt::format("{} [{} examples]", first.file, next - at));
    else
      lines.push_back(first.example.empty() ? first.file : fmt::format("{} [{}]", first.file, first.example));
  }
  return lines;
}

/// More files than this are only counted: those for another profile are many, and nobody reads them here.
constexpr std::size_t most_files = 12;

/// Scenarios of one status with their details, those of one detail together: a missing capability skips many.
void write_scenarios_that(Page& page, const Result& result, ScenarioStatus status, std::string_view title, Ink with) {
  Groups<const ScenarioResult*> details;
  for (const ScenarioResult& scenario : result.scenarios)
    if (scenario.status == status)
      details.add(scenario.detail.empty() ? "no reason is given" : scenario.detail, &scenario);
  if (details.empty()) return;
  page.heading(title);
  for (const auto& [detail, scenarios] : details) {
    page.to(indent).prose(detail, with);
    const std::vector<std::string> files = by_file(scenarios);
    for (std::size_t at = 0; at < std::min(files.size(), most_files); ++at)
      page.to(indent + 2).put(files[at], Ink::dim).end();
    if (files.size() > most_files)
      page.to(indent + 2)
          .put(fmt::format("and {} more, which the report names", files.size() - most_files), Ink::dim)
          .end();
  }
}

// --- the bottom line ---

void write_totals(Page& page, const Result& result) {
  const auto row = [&page](std::string_view label, std::string_view value, Ink with = Ink::plain) {
    page.to(indent).put(label, Ink::dim).to(label_end).prose(value, with);
  };
  page.end().rule(page.width()).end();
  row("cells", summary(count(result.cells)));
  row("scenarios", summary(count(result.scenarios)));
  if (const std::uint64_t schedules = schedules_of(result.scenarios); schedules != 0)
    row("", fmt::format("{} of their races", counted(schedules, "schedule")));
  row("generated", summary(result.generated));
  if (result.races.programs != 0 || !result.races.reason.empty()) row("races", summary(result.races));
  if (result.faults.points() != 0 || !result.faults.reason.empty()) row("faults", summary(result.faults));
  if (!result.generated.frequencies.empty()) row("met", summary(result.generated.frequencies));
  row("judged", fmt::format("{} {}, profile {}, release {}, seed {}", result.subject.name, result.subject.version,
                            result.profile, result.release, result.seed));
  row("verdict", fmt::format("{}: {}", name(result.verdict), because(result)), ink(result.verdict));
}

}  // namespace

std::string terminal(const Result& result, TerminalStyle style) {
  Page page(style);
  write_header(page, result);
  write_matrix(page, result.cells);
  write_reasons(page, result.cells, CellStatus::unreachable, "Unreachable here", "no reason is given");
  write_reasons(page, result.cells, CellStatus::not_tried, "Not tried",
                "no scenario and no generated sequence tries these");
  write_findings(page, result.findings);
  write_scenarios_that(page, result, ScenarioStatus::invalid, "Invalid scenarios", Ink::bad);
  write_scenarios_that(page, result, ScenarioStatus::failed, "Failed scenarios", Ink::bad);
  write_scenarios_that(page, result, ScenarioStatus::skipped, "Skipped scenarios", Ink::doubtful);
  write_totals(page, result);
  return page.take();
}

}  // namespace esentcheck::reports
