#include "harness/check/race_campaign.hpp"

#include <algorithm>

#include "harness/check/race.hpp"
#include "harness/generate/race.hpp"
#include "harness/random.hpp"

namespace esentcheck::check {
namespace {

/// The machine's own, where nothing can be simulated.
const simulation::Order at_large{.strategy = simulation::Strategy::at_large};

std::uint64_t seed_of(std::uint64_t seed, std::uint64_t n) { return Random(seed_for(seed, "races") + n).next(); }

}  // namespace

plan::Plan generated_plan(std::uint64_t seed, std::uint64_t n, bool validates_handles) {
  return generate::race(seed_of(seed, n), validates_handles);
}

Sequence generated_race(subject::Subject& subject, const model::Profile& profile, std::uint64_t seed, std::uint64_t n,
                        Threads threads, std::size_t schedules, RaceFigures& figures) {
  const bool simulated = threads == Threads::simulated;
  Sequence sequence;
  sequence.plan = generated_plan(seed, n, subject.describe().capabilities.validates_handles);
  const Orders orders(sequence.plan, seed_of(seed, n), schedules);
  ++figures.programs;
  std::size_t decisions = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Raced raced = race_once(subject, sequence.plan, simulated ? orders.at(i, decisions) : at_large, profile);
    sequence.problem = std::move(raced.problem);
    if (sequence.problem) break;
    decisions = std::max(decisions, raced.decisions.size());
    ++figures.schedules;
    figures.calls += sequence.plan.steps.size();
    figures.undecided += raced.undecided;
    std::ranges::copy(raced.hits, std::back_inserter(sequence.hits));
    if (!raced.deviation) continue;
    ++figures.deviations;
    sequence.seen = std::move(raced.seen);
    sequence.spans = std::move(raced.spans);
    sequence.deviation = std::move(raced.deviation);
    if (simulated) sequence.plan.schedule = std::move(raced.schedule);
    break;
  }
  return sequence;
}

}  // namespace esentcheck::check
