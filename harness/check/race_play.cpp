#include "harness/check/race_play.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/check/exploration.hpp"
#include "harness/check/race.hpp"
#include "harness/check/words.hpp"

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

/// Orders one after the other: of an exhaustive exploration, or those that look for trouble.
class Schedules {
 public:
  explicit Schedules(const plan::Plan& plan) : orders_(plan, 1, schedules_of_a_scenario) {
    if (plan.exhaustive) exploration_.emplace(plan.exhaustive->preemptions, plan.exhaustive->at_accesses);
  }

  std::optional<simulation::Order> next() {
    if (exploration_) return exploration_->next();
    return taken_ < orders_.size() ? std::optional(orders_.at(taken_, most_decisions_)) : std::nullopt;
  }

  void took(const Raced& raced) {
    ++taken_;
    most_decisions_ = std::max(most_decisions_, raced.decisions.size());
    if (exploration_) exploration_->took(raced.decisions);
  }

 private:
  Orders orders_;
  std::optional<Exploration> exploration_;
  std::size_t taken_ = 0;
  std::size_t most_decisions_ = 0;
};

class RacePlayer {
 public:
  RacePlayer(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile)
      : subject_(subject), scenario_(scenario), plan_(scenario.plan), profile_(profile) {}

  Play play(std::uint64_t most_schedules) {
    Schedules schedules(plan_);
    while (const std::optional<simulation::Order> order = schedules.next()) {
      if (play_.schedules == most_schedules) {
        play_.all_schedules = false;
        break;
      }
      Raced raced = race_once(subject_, plan_, *order, profile_);
      if (raced.problem) return {.status = PlayStatus::not_started, .detail = raced.problem->sentence()};
      schedules.took(raced);
      ++play_.schedules;
      if (!as_expected(raced)) break;
    }
    std::ranges::sort(play_.hits);
    play_.hits.erase(std::unique(play_.hits.begin(), play_.hits.end()), play_.hits.end());
    return std::move(play_);
  }

 private:
  bool as_expected(Raced& raced) {
    play_.performed = performed(plan_, raced);
    play_.spans = raced.spans;
    std::ranges::copy(raced.hits, std::back_inserter(play_.hits));
    if (raced.deviation) {
      play_.step = raced.deviation->step.value_or(plan_.steps.size() - 1);
      play_.status = PlayStatus::deviates;
      play_.detail = describe(plan_, plan_.steps[play_.step], *raced.deviation);
      play_.deviation = std::move(raced.deviation);
      play_.schedule = std::move(raced.schedule);
      return false;
    }
    const std::size_t step = unexpected(scenario_, raced);
    if (step == plan_.steps.size()) return true;
    play_.step = step;
    play_.status = PlayStatus::other_answer;
    play_.detail = fmt::format("{} returned {}, the scenario expects {}", spell(plan_, plan_.steps[step]),
                               name_of(raced.seen[step].code), list_of(scenario_.expectations[step].codes));
    return false;
  }

  subject::Subject& subject_;
  const scenario::Scenario& scenario_;
  const plan::Plan& plan_;
  const model::Profile& profile_;
  Play play_;
};

}  // namespace

Play play_race_on(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
                  std::uint64_t most_schedules) {
  return RacePlayer(subject, scenario, profile).play(most_schedules);
}

}  // namespace esentcheck::check
