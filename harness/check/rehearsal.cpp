// The model as the one who answers: what a scenario expects, wherever the profile allows it.
#include <algorithm>

#include "harness/check/answering.hpp"
#include "harness/check/play.hpp"
#include "harness/check/words.hpp"

namespace esentcheck::check {
namespace {

using scenario::Expectation;
using subject::End;
using subject::Observation;

class Rehearsal {
 public:
  Observation answer(const plan::Step& step, const Referee& referee, const Expectation& expectation) {
    Observation seen;
    if (step.kind == plan::StepKind::restart || step.kind == plan::StepKind::file) return seen;
    if (step.fault.cuts_power()) {
      seen.end = End::power_cut;
      return seen;
    }
    // A sweep's second attempt stands for its last: the model cannot know how often a subject allocates.
    if (!step.fault.of_memory() || step.fault.from < 2) seen.faults_hit = armed(step.fault);
    const model::OutcomeSet allowed = referee.allowed(step, seen.faults_hit);

    if (step.kind == plan::StepKind::call && step.until != plan::Until::returned &&
        model::has_duration(step.function) && model::may_begin(step.function, allowed)) {
      seen.end = step.until == plan::Until::callback ? End::in_callback : End::blocked;
      seen.callback_session = answering_.next_word();
      return seen;
    }
    seen.end = End::returned;
    seen.code = static_cast<std::int32_t>(choose(allowed, expectation).code);
    answering_.give(step, referee, seen, expected_number(expectation));
    return seen;
  }

 private:
  static model::Outcome choose(const model::OutcomeSet& allowed, const Expectation& expectation) {
    for (const spec::Code code : expectation.codes)
      if (const model::Outcome* outcome = allowed.find(code)) return *outcome;
    if (const model::Outcome* success = allowed.find(spec::Code::errSuccess)) return *success;
    return allowed.front();
  }

  /// A number that the scenario expects is right wherever the model leaves it open.
  static std::optional<std::uint64_t> expected_number(const Expectation& expectation) {
    if (!expectation.gives || !std::holds_alternative<std::uint64_t>(*expectation.gives)) return std::nullopt;
    return std::get<std::uint64_t>(*expectation.gives);
  }

  Answering answering_;
};

}  // namespace

Play rehearse(const scenario::Scenario& scenario, const model::Profile& profile) {
  Rehearsal rehearsal;
  return play(scenario, profile,
              [&](const plan::Step& step, const Referee& referee, const Expectation& expectation, std::string& text) {
                Observation seen = rehearsal.answer(step, referee, expectation);
                if (expectation.gives && std::holds_alternative<std::string>(*expectation.gives)) {
                  text = std::get<std::string>(*expectation.gives);
                  seen.has_text = true;
                }
                return seen;
              });
}

}  // namespace esentcheck::check
