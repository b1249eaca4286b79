#include "harness/check/play.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/check/race_play.hpp"
#include "harness/check/words.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

using scenario::Expectation;
using subject::End;
using subject::Observation;

/// Whether a step that may end in several ways ended in the one that it was made for.
bool got_there(const plan::Step& step, End end) {
  if (end == End::power_cut) return step.fault.cuts_power();
  if (step.kind == plan::StepKind::finish || step.until == plan::Until::returned) return end == End::returned;
  return end == (step.until == plan::Until::callback ? End::in_callback : End::blocked);
}

/// What stands in the memory for a result comes before what stands behind a pointer beside it: how long that is.
std::uint64_t given_number(const Observation& seen) { return seen.has_number ? seen.number : seen.out; }

bool expected_value(const Expectation& expectation, const Observation& seen, std::string_view text) {
  if (!expectation.gives) return true;
  if (const auto* number = std::get_if<std::uint64_t>(&*expectation.gives)) return given_number(seen) == *number;
  return text == std::get<std::string>(*expectation.gives);
}

}  // namespace

bool expected_code(const Expectation& expectation, std::int32_t code) {
  if (expectation.any) return true;
  return std::ranges::find(expectation.codes, static_cast<spec::Code>(code)) != expectation.codes.end();
}

namespace {

class Player {
 public:
  Player(const scenario::Scenario& scenario, const model::Profile& profile, const Answer& answer)
      : scenario_(scenario), answer_(answer), referee_(scenario.plan, profile) {}

  Play play() {
    for (result_.step = 0; result_.step < scenario_.plan.steps.size(); ++result_.step)
      if (!play_step(scenario_.plan.steps[result_.step], scenario_.expectations[result_.step])) break;
    if (result_.status == PlayStatus::shown && swept_ && !refused_)
      stop(PlayStatus::other_answer, "the call allocated nothing, so nothing could be refused");
    std::ranges::sort(result_.hits);
    result_.hits.erase(std::unique(result_.hits.begin(), result_.hits.end()), result_.hits.end());
    return std::move(result_);
  }

 private:
  bool play_step(plan::Step step, const Expectation& expectation) {
    if (!expectation.sweep) return perform(step, expectation);
    swept_ = true;
    for (std::uint32_t attempt = 1; attempt <= most_attempts; ++attempt) {
      step.fault = {plan::Operation::memory, attempt};
      Expectation refused_or_done = expectation;
      refused_or_done.codes.push_back(spec::Code::errSuccess);
      if (!perform(step, refused_or_done)) return false;
      const Observation& seen = result_.performed.back().seen;
      const bool refused = subject::faults::struck(seen.faults_hit);
      refused_ |= refused;
      if (!refused || seen.code >= 0) return true;
    }
    return stop(PlayStatus::other_answer,
                fmt::format("the call was still refused memory after {} attempts", most_attempts));
  }

  bool perform(const plan::Step& step, const Expectation& expectation) {
    if (step.kind == plan::StepKind::finish && referee_.pending_on(step.thread) == nullptr)
      return stop(PlayStatus::other_answer,
                  fmt::format("no call is pending on thread {} any more", scenario_.plan.threads[step.thread]));
    const model::OutcomeSet allowed = allowed_here(step);
    Performed& done = result_.performed.emplace_back();
    done.step = step;
    done.seen = answer_(step, referee_, expectation, done.text);
    if (step.kind == plan::StepKind::restart) {
      referee_.restart();
      return true;
    }
    if (step.kind == plan::StepKind::file) {
      if (!done.text.empty()) return stop(PlayStatus::other_answer, done.text);
      referee_.change(step);
      return true;
    }
    if (done.seen.end == End::skipped) return stop(PlayStatus::not_started, done.text);

    Judgement judgement = referee_.judge(step, done.seen, done.text);
    if (judgement.deviation) {
      result_.deviation = std::move(judgement.deviation);
      return stop(PlayStatus::deviates, describe(scenario_.plan, step, *result_.deviation));
    }
    if (judgement.ended)
      return stop(PlayStatus::other_answer,
                  fmt::format("{} did not come back, and the profile calls it undefined", spell(scenario_.plan, step)));
    note_hits(judgement, allowed, done.seen);
    return as_expected(step, expectation, done);
  }

  model::OutcomeSet allowed_here(const plan::Step& step) const {
    if (step.kind == plan::StepKind::restart || step.kind == plan::StepKind::file) return {};
    // Whether a fault was hit is known only afterwards; a clause that needs it counts as a hit when its code comes.
    return referee_.allowed(step, armed(step.fault));
  }

  void note_hits(const Judgement& judgement, const model::OutcomeSet& allowed, const Observation& seen) {
    if (seen.end != End::returned) return;
    for (const model::Outcome& outcome : allowed.all())
      if (static_cast<std::int32_t>(outcome.code) == seen.code)
        result_.hits.push_back({judgement.function, outcome.clause});
  }

  bool as_expected(const plan::Step& step, const Expectation& expectation, const Performed& done) {
    if (!got_there(step, done.seen.end))
      return stop(PlayStatus::other_answer,
                  fmt::format("{} {}", spell(scenario_.plan, step),
                              done.seen.end == End::returned ? fmt::format("returned {}", name_of(done.seen.code))
                                                             : std::string("is still under way")));
    if (done.seen.end != End::returned) return true;
    if (!expected_code(expectation, done.seen.code))
      return stop(PlayStatus::other_answer,
                  fmt::format("{} returned {}, the scenario expects {}", spell(scenario_.plan, step),
                              name_of(done.seen.code), list_of(expectation.codes)));
    if (!expected_value(expectation, done.seen, done.text))
      return stop(PlayStatus::other_answer,
                  fmt::format("{} gave {}, the scenario expects another value", spell(scenario_.plan, step),
                              done.text.empty() ? std::to_string(given_number(done.seen)) : '"' + done.text + '"'));
    return true;
  }

  bool stop(PlayStatus status, std::string detail) {
    result_.status = status;
    result_.detail = std::move(detail);
    return false;
  }

  const scenario::Scenario& scenario_;
  const Answer& answer_;
  Referee referee_;
  Play result_;
  // One refusal is enough: of many calls alike, few may need memory.
  bool swept_ = false;
  bool refused_ = false;
};

}  // namespace

Play play(const scenario::Scenario& scenario, const model::Profile& profile, const Answer& answer) {
  return Player(scenario, profile, answer).play();
}

Play play_on(subject::Subject& subject, const scenario::Scenario& scenario, const model::Profile& profile,
             std::uint64_t most_schedules) {
  if (!plan::racing_steps(scenario.plan).empty()) return play_race_on(subject, scenario, profile, most_schedules);
  if (const auto problem = subject.start(scenario.plan))
    return {.status = PlayStatus::not_started, .detail = problem->sentence()};
  return play(scenario, profile, [&](const plan::Step& step, const Referee&, const Expectation&, std::string& text) {
    Observation seen;
    if (step.kind == plan::StepKind::restart) {
      if (const auto problem = subject.restart()) text = problem->sentence();
      return seen;
    }
    if (step.kind == plan::StepKind::file) {
      if (const auto problem = subject.change_file(scenario.plan, step)) text = problem->sentence();
      return seen;
    }
    std::string written;
    subject.perform({&scenario.plan, {&step, 1}, {&seen, 1}, &written});
    if (seen.has_text) text = written.c_str() + seen.text_offset;
    return seen;
  });
}

}  // namespace esentcheck::check
