// The model as the one who answers: what a scenario expects, wherever the profile allows it.
#include <algorithm>

#include "harness/check/outputs.hpp"
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
    // A sweep's second attempt stands for its last: the model cannot know how often a subject allocates.
    if (step.faults.any() && step.faults.memory < 2) seen.faults_hit = armed(step.faults);
    const model::OutcomeSet allowed = referee.allowed(step, seen.faults_hit);

    if (step.kind == plan::StepKind::call && step.until != plan::Until::returned &&
        model::has_duration(step.function) && model::may_begin(step.function, allowed)) {
      seen.end = step.until == plan::Until::callback ? End::in_callback : End::blocked;
      seen.callback_session = next_word();
      return seen;
    }
    seen.end = End::returned;
    seen.code = static_cast<std::int32_t>(choose(allowed, expectation).code);
    give(step, referee, expectation, seen);
    return seen;
  }

 private:
  static model::Outcome choose(const model::OutcomeSet& allowed, const Expectation& expectation) {
    for (const spec::Code code : expectation.codes)
      if (const model::Outcome* outcome = allowed.find(code)) return *outcome;
    if (const model::Outcome* success = allowed.find(spec::Code::errSuccess)) return *success;
    return allowed.front();
  }

  /// Handles are made up; a documented value is what the model says, found by trying the call on a copy of the world.
  void give(const plan::Step& step, const Referee& referee, const Expectation& expectation, Observation& seen) {
    const plan::Step* pending = referee.pending_on(step.thread);
    const plan::Step& call = step.kind == plan::StepKind::finish && pending != nullptr ? *pending : step;
    const int position = output_position(call.function);
    if (seen.code < 0) return;
    give_value(step, call, referee, expectation, seen);
    if (position < 0) return;
    const plan::Symbol& symbol = call.arguments[static_cast<std::size_t>(position)];
    if (symbol.kind != plan::SymbolKind::address) return;
    seen.out_written = true;
    const model::Produced produced = referee.foresee(step, seen);
    if (produced.has_number)
      seen.out = produced.number;
    else if (expectation.gives && std::holds_alternative<std::uint64_t>(*expectation.gives))
      seen.out = std::get<std::uint64_t>(*expectation.gives);  // The model leaves the value open.
    else if (referee.instance_in(static_cast<plan::Variable>(symbol.number)).kind == model::HandleKind::instance &&
             produced.handle.kind == model::HandleKind::instance)
      seen.out = referee.value_of(static_cast<plan::Variable>(symbol.number));
    else
      seen.out = next_word();
  }

  /// What the step reads from a buffer: the model's value, or where it leaves that open, what is expected.
  static void give_value(const plan::Step& step, const plan::Step& call, const Referee& referee,
                         const Expectation& expectation, Observation& seen) {
    const plan::Symbol* buffer = buffer_of(call);
    if (buffer == nullptr || plan::reading_in(buffer->count).as != plan::ReadAs::number) return;
    seen.has_number = true;
    const model::Produced produced = referee.foresee(step, seen);
    if (produced.has_value && reads_value(call, produced))
      seen.number = produced.value;
    else if (expectation.gives && std::holds_alternative<std::uint64_t>(*expectation.gives))
      seen.number = std::get<std::uint64_t>(*expectation.gives);
  }

  std::uint64_t next_word() { return last_word_ += 8; }

  std::uint64_t last_word_ = 0x1000;
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
