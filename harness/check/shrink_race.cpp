#include <algorithm>

#include "harness/check/race.hpp"
#include "harness/check/shrink.hpp"

namespace esentcheck::check {
namespace {

using plan::Plan;
using plan::Step;
using reports::FindingKind;

bool alike_in_a_race(const Deviation& a, const Deviation& b) {
  if (a.kind != b.kind) return false;
  const bool any_call = a.kind == FindingKind::deadlock || a.kind == FindingKind::no_progress ||
                        a.kind == FindingKind::lock_misuse || a.kind == FindingKind::crash ||
                        a.kind == FindingKind::hang;
  return any_call || alike(a, b);
}

class RaceShrinker {
 public:
  RaceShrinker(subject::Subject& subject, const Sequence& found, const model::Profile& profile,
               const ShrinkLimits& limits, const Better& better)
      : better_(better),
        subject_(subject),
        profile_(profile),
        runs_left_(limits.runs),
        deadline_(std::chrono::steady_clock::now() + limits.patience),
        best_(found) {}

  Sequence shrink() {
    bool better = true;
    while (better && !spent()) {
      better = drop_actors();
      better = drop_steps() || better;
      better = drop_switches() || better;
    }
    keep(compact(best_.plan), *best_.plan.schedule);
    return std::move(best_);
  }

 private:
  /// Other schedules that a smaller plan is tried under, since its own may have lost its meaning.
  static constexpr std::size_t schedules = 25;

  bool spent() const { return runs_left_ == 0 || std::chrono::steady_clock::now() > deadline_; }

  /// Whether the plan shows the same under that order; then it is the best so far.
  bool shows(const Plan& plan, const simulation::Order& order) {
    if (spent()) return false;
    --runs_left_;
    Raced raced = race_once(subject_, plan, order, profile_);
    decisions_ = raced.decisions.size();
    if (raced.problem || !raced.deviation || !alike_in_a_race(*raced.deviation, *best_.deviation)) return false;
    best_.plan = plan;
    best_.plan.schedule = std::move(raced.schedule);
    best_.seen = std::move(raced.seen);
    best_.spans = std::move(raced.spans);
    best_.deviation = std::move(raced.deviation);
    if (better_) better_(best_);
    return true;
  }

  bool keep(Plan plan, const plan::Schedule& schedule) {
    plan.schedule.reset();
    return shows(plan, order_of(schedule));
  }

  bool try_plan(Plan plan) {
    if (plan::racing_steps(plan).empty()) return false;
    const auto schedule = *best_.plan.schedule;
    plan.schedule.reset();
    if (shows(plan, order_of(schedule))) return true;
    const Orders orders(plan, 1, schedules);
    for (std::size_t i = 0; i < orders.size(); ++i)
      if (shows(plan, orders.at(i, decisions_))) return true;
    return false;
  }

  bool drop_actors() {
    bool better = false;
    for (const plan::Thread actor : plan::actors_of(plan::racing_steps(best_.plan))) {
      Plan plan = best_.plan;
      std::erase_if(plan.steps, [&](const Step& step) { return step.racing && step.thread == actor; });
      better |= try_plan(std::move(plan));
    }
    return better;
  }

  bool drop_steps() {
    bool better = false;
    for (std::size_t i = best_.plan.steps.size(); i-- > 0 && !spent();) {
      Plan plan = best_.plan;
      plan.steps.erase(plan.steps.begin() + static_cast<std::ptrdiff_t>(i));
      better |= try_plan(std::move(plan));
      i = std::min(i, best_.plan.steps.size());
    }
    return better;
  }

  bool drop_switches() {
    bool better = false;
    for (std::size_t i = best_.plan.schedule->switches.size(); i-- > 0 && !spent();) {
      plan::Schedule schedule = *best_.plan.schedule;
      const std::size_t before = schedule.switches.size();
      schedule.switches.erase(schedule.switches.begin() + static_cast<std::ptrdiff_t>(i));
      const Sequence kept = best_;
      if (!keep(best_.plan, schedule)) continue;
      if (best_.plan.schedule->switches.size() < before)
        better = true;
      else
        best_ = kept;
      i = std::min(i, best_.plan.schedule->switches.size());
    }
    return better;
  }

  const Better& better_;
  subject::Subject& subject_;
  const model::Profile& profile_;
  std::uint32_t runs_left_;
  std::chrono::steady_clock::time_point deadline_;
  std::size_t decisions_ = 0;
  Sequence best_;
};

}  // namespace

Sequence shrink_race(subject::Subject& subject, const Sequence& found, const model::Profile& profile,
                     const ShrinkLimits& limits, const Better& better) {
  return RaceShrinker(subject, found, profile, limits, better).shrink();
}

}  // namespace esentcheck::check
