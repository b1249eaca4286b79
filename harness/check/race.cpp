#include "harness/check/race.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "harness/check/history.hpp"
#include "harness/check/words.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;
using simulation::RaceEnd;
using simulation::Strategy;
using simulation::ThreadNumber;
using simulation::Wait;
using subject::End;
using subject::Observation;

std::string_view waits_for(Wait wait) {
  switch (wait) {
    case Wait::nothing: return "nothing";
    case Wait::mutex: return "a mutex";
    case Wait::read_lock: return "a lock to read";
    case Wait::write_lock: return "a lock to write";
    case Wait::condition: return "a condition variable";
    case Wait::thread_end: return "a thread's end";
    case Wait::once: return "an initialisation";
    case Wait::barrier: return "a barrier";
    case Wait::semaphore: return "a semaphore";
    case Wait::futex: return "an atomic to change";
    case Wait::time: return "a time to come";
    case Wait::race: break;
  }
  return "the race's end";
}

class Race {
 public:
  Race(subject::Subject& subject, const plan::Plan& plan, const simulation::Order& order, const model::Profile& profile)
      : subject_(subject),
        plan_(plan),
        order_(order),
        race_(plan::race_of(plan)),
        actors_(plan::actors_of(plan::racing_steps(plan))),
        referee_(plan, profile) {
    raced_.seen.resize(plan.steps.size());
    raced_.spans.resize(plan.steps.size());
  }

  Raced run() && {
    const bool at_large = order_.strategy == Strategy::at_large;
    raced_.problem = at_large ? subject_.start_at_large(plan_) : subject_.start_simulated(plan_);
    if (raced_.problem || !run_before()) return std::move(raced_);
    subject_.race(batch(race_.begin, race_.end), order_, result_);
    std::ranges::copy(result_.spans, raced_.spans.begin() + static_cast<std::ptrdiff_t>(race_.begin));
    note_schedule();
    if (!deviates_by_itself()) {
      run_behind();
      explain_all();
    }
    return std::move(raced_);
  }

 private:
  subject::Batch batch(std::size_t begin, std::size_t end) {
    return {&plan_, std::span(plan_.steps).subspan(begin, end - begin),
            std::span(raced_.seen).subspan(begin, end - begin), &raced_.text};
  }

  std::string_view text_of(const Observation& seen) const {
    return seen.has_text ? raced_.text.c_str() + seen.text_offset : std::string_view{};
  }

  /// False: something before the race deviates.
  bool run_before() {
    subject_.perform(batch(0, race_.begin));
    for (std::size_t i = 0; i < race_.begin; ++i) {
      const Judgement judgement = referee_.judge(plan_.steps[i], raced_.seen[i], text_of(raced_.seen[i]));
      if (judgement.clause != nullptr) raced_.hits.push_back({judgement.function, judgement.clause});
      if (!judgement.deviation) continue;
      raced_.deviation = judgement.deviation;
      raced_.deviation->step = i;
      return false;
    }
    return true;
  }

  void note_schedule() {
    const simulation::Record& record = result_.record;
    raced_.schedule.at_accesses = order_.accesses;
    raced_.decisions.assign(
        record.taken.begin(),
        record.taken.begin() + std::min<std::ptrdiff_t>(record.decisions, std::ssize(record.taken)));
    for (std::uint32_t i = 0; i < raced_.decisions.size(); ++i)
      if (record.taken[i].taken != record.taken[i].steady)
        raced_.schedule.switches.push_back({i, record.taken[i].taken});
  }

  /// The call that an actor was inside of at the end, or else the last one of the race.
  std::size_t unfinished(std::size_t actor) const {
    for (std::size_t i = race_.begin; i < race_.end; ++i)
      if (plan_.steps[i].thread == actors_[actor] && raced_.spans[i].begun != 0 && raced_.spans[i].ended == 0) return i;
    return race_.end;
  }

  std::size_t any_unfinished() const {
    for (std::size_t actor = 0; actor < actors_.size(); ++actor)
      if (const std::size_t step = unfinished(actor); step != race_.end) return step;
    return race_.end - 1;
  }

  void deviate(FindingKind kind, std::size_t step, std::int32_t code, std::string detail) {
    raced_.deviation = Deviation{kind, plan_.steps[step].function, {}, code, std::move(detail), step};
  }

  /// Whether the race shows something wrong whatever its calls have answered.
  bool deviates_by_itself() {
    const simulation::Record& record = result_.record;
    const std::size_t open = any_unfinished();
    if (result_.end == End::crashed) {
      const std::string how = result_.code >= 0 ? fmt::format("signal {}", result_.code) : "exit";
      deviate(FindingKind::crash, open, result_.code, fmt::format("the process ended in the race ({})", how));
    } else if (result_.end != End::returned) {
      deviate(FindingKind::hang, open, 0, "the race did not come to its end");
    } else if (record.end == RaceEnd::stuck) {
      deviate(FindingKind::deadlock, open, 0, fmt::format("nobody can go on: {}", fmt::join(waiting(), "; ")));
    } else if (record.end == RaceEnd::no_progress) {
      deviate(FindingKind::no_progress, open, 0, "threads go on and on, and the call does not come to its end");
    } else if (record.misuse != simulation::Misuse::none) {
      deviate(FindingKind::lock_misuse, open, 0, misuse());
    }
    return raced_.deviation.has_value();
  }

  std::vector<std::string> waiting() const {
    std::vector<std::string> texts;
    for (ThreadNumber number = 0; number < simulation::most_threads; ++number) {
      const Wait wait = result_.record.waits[number];
      if (wait == Wait::nothing || wait == Wait::race) continue;
      std::string text = plan::name_of(plan_, actors_, number);
      if (const std::size_t actor = number - simulation::first_actor; number > 0 && actor < actors_.size())
        if (const std::size_t step = unfinished(actor); step != race_.end)
          text += fmt::format(" in {}", spec::row(plan_.steps[step].function).name);
      text += fmt::format(" waits for {}", waits_for(wait));
      if (const ThreadNumber holder = result_.record.holders[number];
          holder < simulation::most_threads && wait == Wait::mutex)
        text += fmt::format(" that {} holds", holder == number ? "itself" : plan::name_of(plan_, actors_, holder));
      texts.push_back(std::move(text));
    }
    return texts;
  }

  std::string misuse() const {
    const std::string who = plan::name_of(plan_, actors_, result_.record.misuser);
    return result_.record.misuse == simulation::Misuse::unlock_of_another
               ? fmt::format("{} unlocked a mutex that it does not hold", who)
               : fmt::format("{} destroyed a lock that somebody holds", who);
  }

  /// Its calls are moments behind all of the race.
  void run_behind() {
    std::uint32_t moment = 0;
    for (const subject::Span& span : raced_.spans) moment = std::max({moment, span.begun, span.ended});
    subject_.perform(batch(race_.end, plan_.steps.size()));
    for (std::size_t i = race_.end; i < plan_.steps.size(); ++i)
      raced_.spans[i] = {moment + 1, moment + 2}, moment += 2;
  }

  void explain_all() {
    const auto rest = [&](const auto& list) { return std::span(list).subspan(race_.begin); };
    // What is no answer at all explains itself.
    for (std::size_t i = race_.begin; i < plan_.steps.size(); ++i) {
      if (raced_.seen[i].end == End::returned) continue;
      const Judgement judgement = referee_.judge(plan_.steps[i], raced_.seen[i], {});
      if (!judgement.deviation) continue;
      raced_.deviation = judgement.deviation;
      raced_.deviation->step = i;
      return;
    }
    const Explanation explanation =
        explain(referee_, {rest(plan_.steps), rest(raced_.seen), rest(raced_.spans), raced_.text});
    raced_.undecided = explanation.undecided;
    std::ranges::copy(explanation.hits, std::back_inserter(raced_.hits));
    if (explanation.explained || explanation.undecided) return;
    const std::size_t culprit = race_.begin + explanation.culprit;
    std::vector<std::string> before;
    for (const std::size_t placed : explanation.placed)
      if (const std::size_t i = race_.begin + placed; i < race_.end)
        before.push_back(fmt::format("{} = {}", plan::spell(plan_, plan_.steps[i]), name_of(raced_.seen[i].code)));
    deviate(FindingKind::race, culprit, raced_.seen[culprit].code,
            before.empty()
                ? std::string("no order of the calls explains it")
                : fmt::format("no order of the calls explains it; the furthest one: {}", fmt::join(before, ", ")));
    raced_.deviation->allowed = explanation.allowed;
  }

  subject::Subject& subject_;
  const plan::Plan& plan_;
  const simulation::Order& order_;
  plan::RaceSteps race_;
  std::vector<plan::Thread> actors_;
  Referee referee_;
  subject::RaceResult result_;
  Raced raced_;
};

}  // namespace

Raced race_once(subject::Subject& subject, const plan::Plan& plan, const simulation::Order& order,
                const model::Profile& profile) {
  return Race(subject, plan, order, profile).run();
}

Sequence run_race(subject::Subject& subject, const plan::Plan& plan, const simulation::Order& order,
                  const model::Profile& profile) {
  Raced raced = race_once(subject, plan, order, profile);
  Sequence sequence{.plan = plan,
                    .seen = std::move(raced.seen),
                    .spans = std::move(raced.spans),
                    .deviation = std::move(raced.deviation),
                    .hits = std::move(raced.hits),
                    .problem = std::move(raced.problem)};
  sequence.plan.schedule = std::move(raced.schedule);
  sequence.plan.exhaustive.reset();
  return sequence;
}

simulation::Order order_of(const plan::Schedule& schedule) {
  const std::vector<simulation::Switch>& switches = schedule.switches;
  simulation::Order order;
  order.accesses = schedule.at_accesses;
  order.switch_count = static_cast<std::uint32_t>(std::min(switches.size(), order.switches.size()));
  std::copy_n(switches.begin(), order.switch_count, order.switches.begin());
  return order;
}

Orders::Orders(const plan::Plan& plan, std::uint64_t seed, std::size_t count)
    : plan_(plan), seed_(seed), count_(plan.schedule ? 1 : count) {}

simulation::Order Orders::at(std::size_t index, std::size_t decisions) const {
  if (plan_.schedule) return order_of(*plan_.schedule);
  constexpr std::array strategies{Strategy::random_walk, Strategy::priorities, Strategy::random_walk,
                                  Strategy::priorities, Strategy::round_robin};
  simulation::Order order;
  if (index == 0) return order;
  order.strategy = strategies[index % strategies.size()];
  order.seed = seed_ * 1'000'003 + index;
  order.depth = static_cast<std::uint8_t>(2 + index % 3);
  order.expected_decisions = static_cast<std::uint32_t>(std::max<std::size_t>(decisions, 8));
  order.accesses = index % 4 == 3;
  order.rarely = static_cast<std::uint8_t>(index / 2 % 3 * 2);
  return order;
}

}  // namespace esentcheck::check
