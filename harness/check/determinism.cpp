#include "harness/check/determinism.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/check/findings.hpp"
#include "harness/check/race.hpp"
#include "harness/check/race_campaign.hpp"

namespace esentcheck::check {
namespace {

using simulation::Decision;
using subject::Observation;

bool same(const Decision& a, const Decision& b) {
  return a.could_go_on == b.could_go_on && a.taken == b.taken && a.is_free == b.is_free;
}

Sequence cut(const plan::Plan& plan, std::span<const Observation> seen, std::size_t step, std::string detail) {
  Sequence sequence;
  sequence.plan = plan;
  sequence.seen.assign(seen.begin(), seen.end());
  // A race stays whole: its actors' steps stand behind one another.
  if (plan::racing_steps(plan).empty()) {
    sequence.plan.steps.resize(step + 1);
    sequence.seen.resize(step + 1);
  }
  sequence.deviation = Deviation{
      reports::FindingKind::nondeterminism, plan.steps[step].function, {}, seen[step].code, std::move(detail), step};
  return sequence;
}

/// Compared as they are told: a handle by its place among the handles.
std::optional<Sequence> compare(const plan::Plan& plan, std::span<const plan::Step> other_steps,
                                std::span<const Observation> one, std::span<const Observation> other) {
  const auto lines = trace_of(plan, plan.steps, one);
  const auto others = trace_of(plan, other_steps, other);
  const std::size_t both = std::min(lines.size(), others.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (lines[i].call != others[i].call) return std::nullopt;  // what led there was compared, and is no answer
    if (lines[i].observed != others[i].observed)
      return cut(plan, one, i, fmt::format("another process answered {}", others[i].observed));
  }
  return std::nullopt;
}

}  // namespace

std::optional<Sequence> diverging_sequence(subject::Subject& one, subject::Subject& other, const generate::Shape& shape,
                                           const model::Profile& profile) {
  const Sequence first = run_sequence(one, shape, profile);
  const Sequence second = run_sequence(other, shape, profile);
  if (first.problem || second.problem) return std::nullopt;
  return compare(first.plan, second.plan.steps, first.seen, second.seen);
}

std::optional<Sequence> diverging_race(subject::Subject& one, subject::Subject& other, std::uint64_t seed,
                                       std::uint64_t n, const model::Profile& profile) {
  constexpr std::size_t schedules = 3;
  const plan::Plan plan = generated_plan(seed, n, one.describe().capabilities.validates_handles);
  const Orders orders(plan, seed + n, schedules);
  std::size_t decisions = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    const simulation::Order order = orders.at(i, decisions);
    const Raced first = race_once(one, plan, order, profile);
    const Raced second = race_once(other, plan, order, profile);
    if (first.problem || second.problem) return std::nullopt;
    decisions = std::max(decisions, first.decisions.size());
    if (auto found = compare(plan, plan.steps, first.seen, second.seen)) {
      found->spans = first.spans;
      found->plan.schedule = first.schedule;
      return found;
    }
    const auto [here, there] = std::ranges::mismatch(first.decisions, second.decisions, same);
    if (here == first.decisions.end() && there == second.decisions.end()) continue;
    Sequence found = cut(plan, first.seen, plan::race_of(plan).begin,
                         fmt::format("another process had other threads that could go on at decision {} of the race",
                                     here - first.decisions.begin()));
    found.spans = first.spans;
    found.plan.schedule = first.schedule;
    return found;
  }
  return std::nullopt;
}

}  // namespace esentcheck::check
