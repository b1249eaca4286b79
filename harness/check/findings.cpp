#include "harness/check/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <numeric>

#include "harness/check/c_program.hpp"
#include "harness/check/words.hpp"
#include "harness/scenario/writer.hpp"

namespace esentcheck::check {
namespace {

using plan::SymbolKind;
using subject::End;
using subject::Observation;

/// Names machine words h1, h2, … so that no address of a run gets into a trace.
class HandleNames {
 public:
  std::string of(std::uint64_t word) {
    if (word == 0) return "0";
    if (word == ~std::uint64_t{0}) return "nil";
    const auto [place, added] = names_.try_emplace(word, names_.size() + 1);
    return fmt::format("h{}", place->second);
  }

 private:
  std::map<std::uint64_t, std::size_t> names_;
};

bool gives_handle(model::Function function, std::size_t position) {
  const spec::ArgumentType type = spec::row(function).arguments[position].type;
  return type != spec::ArgumentType::integer_out;
}

std::string spell_observation(const plan::Plan& plan, const plan::Step& step, const Observation& seen,
                              HandleNames& names) {
  switch (seen.end) {
    case End::skipped:
      if (step.kind == plan::StepKind::file) return "done";
      return step.kind == plan::StepKind::restart ? "restarted" : "not performed";
    case End::in_callback:
      return fmt::format("inside its status callback, session {}", names.of(seen.callback_session));
    case End::blocked: return "waits";
    case End::crashed:
      return seen.code >= 0 ? fmt::format("the process died of signal {}", seen.code) : "the process exited";
    case End::hung: return "no answer";
    case End::not_implemented: return "not exported";
    case End::power_cut: return "the power was cut";
    case End::returned: break;
  }
  std::string text = name_of(seen.code);
  if (seen.has_number) text += fmt::format(", {} in the buffer", seen.number);
  const int position = step.kind == plan::StepKind::call ? output_position(step.function) : -1;
  if (position < 0 || !seen.out_written) return text;
  const plan::Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
  if (symbol.kind != SymbolKind::address) return text;
  const bool handle = gives_handle(step.function, static_cast<std::size_t>(position));
  return fmt::format("{}, {} = {}", text, plan.variables[symbol.number],
                     handle ? names.of(seen.out) : std::to_string(seen.out));
}

/// The clause that best says what should have happened: one that the page states, before what no page says.
const model::Clause* telling_clause(const model::OutcomeSet& allowed) {
  const model::Clause* best = nullptr;
  for (const model::Outcome& outcome : allowed.all())
    if (best == nullptr || outcome.clause->basis < best->basis) best = outcome.clause;
  return best;
}

std::string condition(model::Function function, const model::Clause& clause) {
  for (const spec::DocumentedCode& row : spec::row(function).codes)
    if (row.code == clause.code) return std::string(row.when);
  return std::string(clause.reason);
}

}  // namespace

Sequence as_sequence(const plan::Plan& plan, const Play& play) {
  Sequence sequence;
  sequence.plan = plan;
  sequence.plan.steps.clear();
  for (const Performed& performed : play.performed) {
    sequence.plan.steps.push_back(performed.step);
    sequence.seen.push_back(performed.seen);
  }
  sequence.deviation = play.deviation;
  sequence.spans = play.spans;
  if (play.schedule) {
    sequence.plan.schedule = play.schedule;
    sequence.plan.exhaustive.reset();
  }
  return sequence;
}

std::vector<reports::TraceLine> trace_of(const plan::Plan& plan, std::span<const plan::Step> steps,
                                         std::span<const Observation> seen) {
  HandleNames names;
  std::vector<reports::TraceLine> lines;
  for (std::size_t i = 0; i < std::min(steps.size(), seen.size()); ++i) {
    // Whose call it is stands beside it.
    plan::Step step = steps[i];
    if (step.kind == plan::StepKind::call) step.thread = 0;
    lines.push_back({.thread = plan.threads[steps[i].thread],
                     .call = plan::spell(plan, step),
                     .observed = spell_observation(plan, steps[i], seen[i], names)});
  }
  return lines;
}

/// In the order in which the calls began; those that never did at the end.
std::vector<reports::TraceLine> trace_of(const Sequence& sequence) {
  std::vector<reports::TraceLine> lines = trace_of(sequence.plan, sequence.plan.steps, sequence.seen);
  const plan::RaceSteps race = plan::race_of(sequence.plan);
  if (race.begin == race.end) return lines;
  std::vector<std::size_t> order(lines.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto begun = [&](std::size_t i) { return sequence.spans[i].begun - 1; };
  std::stable_sort(order.begin() + static_cast<std::ptrdiff_t>(race.begin),
                   order.begin() + static_cast<std::ptrdiff_t>(race.end),
                   [&](std::size_t a, std::size_t b) { return begun(a) < begun(b); });
  std::vector<reports::TraceLine> sorted;
  sorted.reserve(order.size());
  for (const std::size_t i : order) sorted.push_back(lines[i]);
  return sorted;
}

std::vector<std::string> schedule_of(const plan::Plan& plan) {
  if (!plan.schedule) return {};
  const auto actors = plan::actors_of(plan::racing_steps(plan));
  std::vector<std::string> lines;
  if (plan.schedule->at_accesses) lines.emplace_back("decisions at accesses, too");
  for (const simulation::Switch& each : plan.schedule->switches)
    lines.push_back(fmt::format("at decision {} {} goes on", each.decision, plan::name_of(plan, actors, each.thread)));
  if (plan.schedule->switches.empty()) lines.emplace_back("each thread goes on until it waits");
  return lines;
}

scenario::Scenario as_scenario(const Sequence& sequence, std::string claim) {
  scenario::Scenario result;
  result.claim = std::move(claim);
  result.plan = sequence.plan;
  for (std::size_t i = 0; i < sequence.plan.steps.size(); ++i) {
    scenario::Expectation& expectation = result.expectations.emplace_back();
    const plan::Step& step = sequence.plan.steps[i];
    const bool last = i + 1 == sequence.plan.steps.size();
    if (sequence.plan.schedule) {
      expectation.any = true;
      continue;
    }
    const bool returns = step.kind == plan::StepKind::finish ||
                         (step.kind == plan::StepKind::call && step.until == plan::Until::returned);
    if (!returns) continue;
    if (!last) {
      expectation.codes = {static_cast<spec::Code>(sequence.seen[i].code)};
    } else if (sequence.deviation) {
      for (const model::Outcome& outcome : sequence.deviation->allowed.all())
        if (std::ranges::find(expectation.codes, outcome.code) == expectation.codes.end())
          expectation.codes.push_back(outcome.code);
      expectation.any = expectation.codes.empty();
    }
  }
  if (sequence.deviation) {
    const model::Function function = sequence.deviation->function;
    result.page = spec::row(function).page;
    if (const model::Clause* clause = telling_clause(sequence.deviation->allowed))
      result.proves = {model::id_of(function, *clause)};
    else if (!model::clauses_of(function).empty())
      result.proves = {model::id_of(function, model::clauses_of(function).back())};
  }
  return result;
}

/// False also where there are too many.
bool Findings::is_new(const Deviation& deviation) {
  if (findings_.size() >= most) return false;
  if (std::ranges::any_of(kept_, [&](const Deviation& d) { return alike(d, deviation); })) return false;
  kept_.push_back(deviation);
  return true;
}

void Findings::add(const Sequence& found, std::string_view by) {
  if (!found.deviation || !is_new(*found.deviation)) return;
  const bool races = !plan::racing_steps(found.plan).empty();
  // On disk from the beginning, as good as it is by then: shrinking may take a minute, and be stopped.
  const Better write = [&](const Sequence& best) {
    if (!folder_.empty()) describe_finding(best, by);
  };
  write(found);
  const Sequence shortest =
      races ? shrink_race(subject_, found, profile_, race_limits, write) : shrink(subject_, found, profile_, {}, write);
  findings_.push_back(describe_finding(shortest, by));
}

void Findings::keep(const Sequence& found, std::string_view by) {
  if (found.deviation && is_new(*found.deviation)) findings_.push_back(describe_finding(found, by));
}

reports::Finding Findings::describe_finding(const Sequence& shortest, std::string_view by) {
  const Deviation& deviation = *shortest.deviation;
  reports::Finding finding;
  finding.kind = deviation.kind;
  const std::size_t at = deviation.step.value_or(shortest.plan.steps.size() - 1);
  finding.title = describe(shortest.plan, shortest.plan.steps[at], deviation);
  finding.scenario = by;
  finding.function = spec::row(deviation.function).name;
  finding.page = spec::row(deviation.function).page;
  if (const model::Clause* clause = telling_clause(deviation.allowed)) {
    finding.clause = model::id_of(deviation.function, *clause);
    finding.why = condition(deviation.function, *clause);
  }
  finding.allowed = spell(deviation.function, deviation.allowed);
  finding.trace = trace_of(shortest);
  const auto in_order_of_steps = trace_of(shortest.plan, shortest.plan.steps, shortest.seen);
  finding.observed = at < in_order_of_steps.size() ? in_order_of_steps[at].observed : deviation.detail;
  finding.schedule = schedule_of(shortest.plan);
  finding.trace_file = write_trace(shortest, finding);
  finding.program_file = write_program(shortest, finding);
  finding.replay = fmt::format("{} {}", command_, (folder_ / finding.trace_file).string());
  return finding;
}

std::string Findings::write(const reports::Finding& finding, std::string_view extension, const std::string& text) {
  std::string name = fmt::format("traces/{:02}-{}.{}", findings_.size() + 1, finding.function, extension);
  std::filesystem::create_directories(folder_ / "traces");
  std::ofstream(folder_ / name) << text;
  return name;
}

std::string Findings::write_trace(const Sequence& shortest, const reports::Finding& finding) {
  if (folder_.empty()) return {};
  return write(finding, "yaml", scenario::write_scenario(as_scenario(shortest, finding.title)));
}

std::string Findings::write_program(const Sequence& shortest, const reports::Finding& finding) {
  const auto program = folder_.empty() ? std::nullopt : c_program(shortest, finding.title);
  return program ? write(finding, "c", *program) : std::string();
}

}  // namespace esentcheck::check
