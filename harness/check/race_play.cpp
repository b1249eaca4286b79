#include "harness/check/race_play.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/check/race.hpp"
#include "harness/check/words.hpp"
#include "harness/generate/race.hpp"
#include "harness/random.hpp"

namespace esentcheck::check {
namespace {

std::vector<Performed> performed(const plan::Plan& plan, const Raced& raced) {
  std::vector<Performed> all;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const subject::Observation& seen = raced.seen[i];
    all.push_back({plan.steps[i], seen, seen.has_text ? raced.text.c_str() + seen.text_offset : ""});
  }
  return all;
}

/// The first step that answered something else than the scenario expects; the plan's length where none did.
std::size_t unexpected(const scenario::Scenario& scenario, const Raced& raced) {
  std::size_t i = 0;
  while (i < scenario.plan.steps.size() && expected_code(scenario.expectations[i], raced.seen[i].code)) ++i;
  return i;
}

}  // namespace

Play play_race_on(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile) {
  const plan::Plan& plan = scenario.plan;
  const Orders orders(plan, 1, schedules_of_a_scenario);
  Play play;
  std::uint32_t decisions = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Raced raced = race_once(subject, plan, orders.at(i, decisions), profile);
    if (raced.problem) return {.status = PlayStatus::not_started, .detail = raced.problem->sentence()};
    decisions = std::max(decisions, raced.decisions);
    play.performed = performed(plan, raced);
    play.spans = raced.spans;
    std::ranges::copy(raced.hits, std::back_inserter(play.hits));
    if (raced.deviation) {
      play.step = raced.deviation->step.value_or(plan.steps.size() - 1);
      play.status = PlayStatus::deviates;
      play.detail = describe(plan, plan.steps[play.step], *raced.deviation);
      play.deviation = std::move(raced.deviation);
      play.schedule = std::move(raced.schedule);
      break;
    }
    if (const std::size_t step = unexpected(scenario, raced); step != plan.steps.size()) {
      play.step = step;
      play.status = PlayStatus::other_answer;
      play.detail = fmt::format("{} returned {}, the scenario expects {}", spell(plan, plan.steps[step]),
                                name_of(raced.seen[step].code), list_of(scenario.expectations[step].codes));
      break;
    }
  }
  std::ranges::sort(play.hits);
  play.hits.erase(std::unique(play.hits.begin(), play.hits.end()), play.hits.end());
  return play;
}

Sequence generated_race(subject::Subject& subject, const model::Profile& profile, std::uint64_t seed, std::uint64_t n,
                        std::size_t schedules, RaceFigures& figures) {
  const std::uint64_t own_seed = Random(seed_for(seed, "races") + n).next();
  Sequence sequence;
  sequence.plan = generate::race(own_seed, subject.describe().capabilities.validates_handles);
  const Orders orders(sequence.plan, own_seed, schedules);
  ++figures.programs;
  std::uint32_t decisions = 0;
  for (std::size_t i = 0; i < orders.size(); ++i) {
    Raced raced = race_once(subject, sequence.plan, orders.at(i, decisions), profile);
    sequence.problem = std::move(raced.problem);
    if (sequence.problem) break;
    decisions = std::max(decisions, raced.decisions);
    ++figures.schedules;
    figures.calls += sequence.plan.steps.size();
    figures.undecided += raced.undecided;
    std::ranges::copy(raced.hits, std::back_inserter(sequence.hits));
    if (!raced.deviation) continue;
    ++figures.deviations;
    sequence.seen = std::move(raced.seen);
    sequence.spans = std::move(raced.spans);
    sequence.deviation = std::move(raced.deviation);
    sequence.plan.schedule = std::move(raced.schedule);
    break;
  }
  return sequence;
}

}  // namespace esentcheck::check
