#include "harness/check/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/check/race.hpp"
#include "harness/check/race_play.hpp"
#include "harness/random.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

using plan::Step;
using plan::SymbolKind;
using spec::Function;

/// Sessions that an instance has when nobody says otherwise; beyond this many a leak is looked for elsewhere.
constexpr std::uint64_t default_limit = 16;
constexpr std::uint64_t most_limit = 20;

/// What a power cut's draw says; journal.hpp. The last of them stands for another one at each point.
constexpr std::uint8_t nothing_survives = 0;
constexpr std::uint8_t names_survive = 2;
constexpr std::uint8_t first_draw = 3;
constexpr std::size_t draws = 250;
constexpr std::uint8_t any_draw = 255;

bool makes_an_instance(const Step& step) {
  using enum Function;
  return step.kind == plan::StepKind::call &&
         (step.function == JetInit || step.function == JetInit2 || step.function == JetInit3) &&
         step.arguments[0].kind == SymbolKind::address;
}

std::uint64_t limit_in(const plan::Plan& plan) {
  std::uint64_t limit = default_limit;
  for (const Step& step : plan.steps)
    if (step.function == Function::JetSetSystemParameter && step.arguments[2].kind == SymbolKind::number &&
        step.arguments[2].number == static_cast<std::uint64_t>(spec::Parameter::MaxSessions))
      limit = step.arguments[3].number;
  return limit;
}

/// As many sessions as there may be and one more, on each instance.
void add_filling(plan::Plan& plan) {
  const std::uint64_t limit = limit_in(plan);
  if (limit > most_limit) return;
  std::vector<std::uint64_t> instances;
  for (const Step& step : plan.steps)
    if (makes_an_instance(step) && std::ranges::find(instances, step.arguments[0].number) == instances.end())
      instances.push_back(step.arguments[0].number);
  for (const std::uint64_t instance : instances)
    for (std::uint64_t i = 1; i <= limit + 1; ++i) {
      Step begin{.function = Function::JetBeginSession};
      begin.arguments[0] = {SymbolKind::value, 0, instance};
      begin.arguments[1] = {SymbolKind::address, 0, plan::variable_named(plan, fmt::format("fill{}_{}", instance, i))};
      plan.steps.push_back(begin);
    }
}

template <class Element>
void shuffle(std::vector<Element>& list, std::uint64_t seed) {
  Random random(seed_for(seed, "sweep"));
  for (std::size_t left = list.size(); left > 1; --left)
    std::swap(list[left - 1], list[random.below(static_cast<std::uint32_t>(left))]);
}

/// A call that does not come back cannot tell what failed in it.
bool was_struck(const subject::Observation& seen) {
  using subject::End;
  return subject::faults::struck(seen.faults_hit) || seen.end == End::crashed || seen.end == End::hung ||
         seen.end == End::power_cut;
}

std::uint64_t& count_of(SweepFigures& figures, const plan::Fault& way) {
  if (way.of_memory()) return figures.memory;
  return way.cuts_power() ? figures.power_cuts : figures.files;
}

class Sweeper {
 public:
  Sweeper(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
          const SweepWatch& watch, SweepFigures& figures)
      : subject_(subject), plan_(scenario.plan), profile_(profile), watch_(watch), figures_(figures) {
    calls_ = plan_.steps.size();
    add_filling(plan_);
  }

  void sweep(std::span<const plan::Fault> ways, std::uint64_t seed) {
    std::vector<std::pair<std::size_t, plan::Fault>> all;
    const std::size_t reached = calls_reached();
    for (std::size_t at = 0; at < reached; ++at)
      for (const plan::Fault& way : ways)
        if (plan_.steps[at].kind == plan::StepKind::call && !plan_.steps[at].fault.any()) all.emplace_back(at, way);
    shuffle(all, seed);
    for (const auto& [at, way] : all) {
      if (!sweep_call(at, way)) return;
      ++figures_.calls;
    }
  }

 private:
  /// Behind what deviates without a failure there is nothing to get to.
  std::size_t calls_reached() {
    const Sequence plain = run(plan_, 0);
    if (!plain.deviation) return calls_;
    return std::min(calls_, plain.deviation->step.value_or(plain.plan.steps.size() - 1));
  }

  /// False: as much was made to fail as was asked for.
  bool sweep_call(std::size_t at, plan::Fault fault) {
    for (fault.from = 1;; ++fault.from) {
      if (!watch_.goes_on(figures_)) {
        figures_.complete = false;
        return false;
      }
      const Sequence sequence = run(with_fault(at, fault), at);
      // What deviates without a failure is for others to find.
      if (!has_failed(sequence, at)) return true;
      ++count_of(figures_, fault);
      if (!sequence.deviation) continue;
      ++figures_.deviations;
      watch_.found(sequence);
      return true;
    }
  }

  /// Each call of a race is swept under an order of its own.
  Sequence run(plan::Plan plan, std::size_t at) {
    if (plan::racing_steps(plan).empty()) return run_plan(subject_, std::move(plan), profile_);
    const Orders orders(plan, at, schedules_of_a_scenario);
    return run_race(subject_, plan, orders.at(at % orders.size(), 0), profile_);
  }

  /// Steps that have lost their meaning behind an earlier answer are left out, and others stand in their places.
  static bool has_failed(const Sequence& sequence, std::size_t at) {
    return at < sequence.seen.size() && sequence.plan.steps[at].fault.any() && was_struck(sequence.seen[at]);
  }

  plan::Plan with_fault(std::size_t at, plan::Fault fault) const {
    plan::Plan plan = plan_;
    const auto place = plan.steps.begin() + static_cast<std::ptrdiff_t>(at);
    Step failing = plan.steps[at];
    if (fault.draw == any_draw)
      fault.draw = static_cast<std::uint8_t>(first_draw + (at * 31 + std::size_t{7} * fault.from) % draws);
    failing.fault = fault;
    if (!fault.cuts_power()) {
      // What fails for good is made to fail again and again: it must not keep anything.
      const bool again = fault.times == plan::Times::always && !failing.racing;
      plan.steps.insert(place, again ? leak_repeats : 1, failing);
      return plan;
    }
    plan.steps.erase(place, plan.steps.end());
    plan.steps.push_back(failing);
    plan.steps.push_back({.kind = plan::StepKind::restart});
    plan.steps.insert(plan.steps.end(), plan_.steps.begin(), plan_.steps.end());
    // With one process there is one race, but a power cut needs two.
    for (Step& step : plan.steps) step.racing = false;
    plan.schedule.reset();
    return plan;
  }

  subject::Subject& subject_;
  plan::Plan plan_;
  std::size_t calls_ = 0;  ///< of the scenario itself
  const model::Profile& profile_;
  const SweepWatch& watch_;
  SweepFigures& figures_;
};

}  // namespace

bool can_be_swept(const scenario::Scenario& scenario) {
  constexpr std::size_t most_steps = 60;  // each failure plays them all
  return scenario.plan.steps.size() <= most_steps && std::ranges::none_of(scenario.plan.steps, [](const Step& step) {
           return step.until != plan::Until::returned || step.kind == plan::StepKind::finish;
         });
}

std::vector<plan::Fault> ways_to_fail(const subject::Capabilities& has) {
  using enum plan::Operation;
  using enum plan::Failure;
  using plan::Times;
  std::vector<plan::Fault> ways;
  if (has.memory_faults)
    for (const Times times : {Times::always, Times::once})
      ways.push_back({.operation = memory, .how = error, .times = times});
  if (has.file_faults) {
    for (const Times times : {Times::always, Times::once})
      ways.push_back({.operation = plan::Operation::file, .how = error, .times = times});
    ways.push_back({.operation = plan::Operation::file, .how = full, .times = Times::always});
    for (const plan::Failure how : {interrupted, part})
      ways.push_back({.operation = plan::Operation::file, .how = how, .times = Times::once});
  }
  if (has.power_cuts)
    for (const std::uint8_t draw : {nothing_survives, names_survive, any_draw})
      ways.push_back({.operation = plan::Operation::file, .how = power_cut, .draw = draw});
  return ways;
}

void sweep(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
           std::span<const plan::Fault> ways, const SweepWatch& watch, std::uint64_t seed, SweepFigures& figures) {
  Sweeper(subject, scenario, profile, watch, figures).sweep(ways, seed);
}

}  // namespace esentcheck::check
