#include "harness/check/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace esentcheck::check {
namespace {

using plan::Step;
using plan::SymbolKind;
using spec::Function;

/// Sessions that an instance has when nobody says otherwise; beyond this many a leak is looked for elsewhere.
constexpr std::uint64_t default_limit = 16;
constexpr std::uint64_t most_limit = 20;

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

/// A call that does not come back cannot tell what it was refused.
bool was_refused(const subject::Observation& seen) {
  return seen.faults_hit != 0 || seen.end == subject::End::crashed || seen.end == subject::End::hung;
}

class Sweeper {
 public:
  Sweeper(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
          std::uint64_t most_points, SweepFigures& figures, const std::function<void(const Sequence&)>& found)
      : subject_(subject),
        plan_(scenario.plan),
        profile_(profile),
        most_points_(most_points),
        figures_(figures),
        found_(found) {
    add_filling(plan_);
  }

  void sweep(std::size_t calls) {
    for (std::size_t at = 0; at < calls; ++at) {
      if (plan_.steps[at].kind != plan::StepKind::call) continue;
      if (!sweep_call(at)) return;
      ++figures_.calls;
    }
  }

 private:
  /// False: as much was made to fail as was asked for.
  bool sweep_call(std::size_t at) {
    for (std::uint32_t n = 1;; ++n) {
      if (figures_.points >= most_points_) {
        figures_.complete = false;
        return false;
      }
      plan::Plan plan = plan_;
      Step failing = plan.steps[at];
      failing.faults.memory = n;
      plan.steps.insert(plan.steps.begin() + static_cast<std::ptrdiff_t>(at), failing);
      const Sequence sequence = run_plan(subject_, std::move(plan), profile_);
      // What deviates without a refusal is for others to find.
      if (at >= sequence.seen.size() || !was_refused(sequence.seen[at])) return true;
      ++figures_.points;
      if (!sequence.deviation) continue;
      ++figures_.deviations;
      found_(sequence);
      return true;
    }
  }

  subject::Subject& subject_;
  plan::Plan plan_;
  const model::Profile& profile_;
  std::uint64_t most_points_;
  SweepFigures& figures_;
  const std::function<void(const Sequence&)>& found_;
};

}  // namespace

bool can_be_swept(const scenario::Scenario& scenario) {
  constexpr std::size_t most_steps = 60;  // each failure plays them all
  return scenario.plan.steps.size() <= most_steps && std::ranges::none_of(scenario.plan.steps, [](const Step& step) {
           return step.racing || step.faults.any() || step.until != plan::Until::returned ||
                  step.kind == plan::StepKind::finish || step.kind == plan::StepKind::restart;
         });
}

void sweep(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
           std::uint64_t most_points, SweepFigures& figures, const std::function<void(const Sequence&)>& found) {
  Sweeper(subject, scenario, profile, most_points, figures, found).sweep(scenario.plan.steps.size());
}

}  // namespace esentcheck::check
