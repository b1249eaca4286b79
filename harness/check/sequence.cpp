#include "harness/check/sequence.hpp"

#include <algorithm>
#include <bitset>

#include "harness/check/words.hpp"
#include "harness/generate/walk.hpp"

namespace esentcheck::check {
namespace {

using subject::End;
using subject::Observation;

/// Performs one step and judges it; false when the sequence is over.
class Performer {
 public:
  Performer(subject::Subject& subject, Sequence& sequence, Referee& referee)
      : subject_(subject), sequence_(sequence), referee_(referee) {}

  bool perform(const plan::Step& step) {
    if (step.kind == plan::StepKind::finish && referee_.pending_on(step.thread) == nullptr) return true;
    Observation seen;
    text_.clear();
    if (step.kind == plan::StepKind::restart) {
      sequence_.problem = subject_.restart();
      referee_.restart();
      sequence_.seen.push_back(seen);
      return !sequence_.problem;
    }
    subject_.perform({&sequence_.plan, {&step, 1}, {&seen, 1}, &text_});
    sequence_.seen.push_back(seen);
    const std::string_view text = seen.has_text ? text_.c_str() + seen.text_offset : "";
    Judgement judgement = referee_.judge(step, seen, text);
    if (judgement.deviation) {
      sequence_.deviation = std::move(judgement.deviation);
      return false;
    }
    if (judgement.clause != nullptr) note(judgement);
    return seen.end != End::skipped;
  }

 private:
  void note(const Judgement& judgement) {
    const std::span<const model::Clause> clauses = model::clauses_of(judgement.function);
    const auto position = static_cast<std::size_t>(judgement.clause - clauses.data());
    if (position < clauses.size() && position < seen_clauses_.front().size()) {
      auto& seen = seen_clauses_[static_cast<std::size_t>(judgement.function)];
      if (seen[position]) return;
      seen[position] = true;
    }
    sequence_.hits.push_back({judgement.function, judgement.clause});
  }

  subject::Subject& subject_;
  Sequence& sequence_;
  Referee& referee_;
  std::string text_;
  std::array<std::bitset<64>, spec::function_count> seen_clauses_;
};

}  // namespace

Sequence run_sequence(subject::Subject& subject, const generate::Shape& shape, const model::Profile& profile) {
  Sequence sequence;
  generate::Walk walk(shape, sequence.plan);
  sequence.problem = subject.start(sequence.plan);
  if (sequence.problem) return sequence;
  Referee referee(sequence.plan, profile);
  Performer performer(subject, sequence, referee);
  for (std::size_t i = 0; i < shape.calls; ++i) {
    const plan::Step step = walk.next(referee);
    sequence.plan.steps.push_back(step);
    if (!performer.perform(step)) break;
    walk.observe(step, referee);
  }
  return sequence;
}

Sequence run_plan(subject::Subject& subject, plan::Plan plan, const model::Profile& profile) {
  Sequence sequence;
  sequence.plan = std::move(plan);
  sequence.problem = subject.start(sequence.plan);
  if (sequence.problem) return sequence;
  Referee referee(sequence.plan, profile);
  Performer performer(subject, sequence, referee);
  for (std::size_t i = 0; i < sequence.plan.steps.size(); ++i) {
    const plan::Step step = sequence.plan.steps[i];
    if (performer.perform(step)) continue;
    sequence.plan.steps.resize(i + 1);
    break;
  }
  return sequence;
}

}  // namespace esentcheck::check
