#include "harness/check/sequence.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <type_traits>

#include "harness/check/foresight.hpp"
#include "harness/check/frequency.hpp"
#include "harness/generate/walk.hpp"

namespace esentcheck::check {
namespace {

using subject::Observation;

/// Lengthens a list by fresh elements in bulk: copied as so many bytes, which takes a fraction of making each. Not too
/// many at once: beyond some 2000 bytes the C library copies by an instruction that is slow on many processors.
template <class Element>
void lengthen(std::vector<Element>& list, std::size_t to) {
  static_assert(std::is_trivially_copyable_v<Element>);
  static constexpr std::array<Element, 16> fresh{};
  while (list.size() < to) {
    const auto count = static_cast<std::ptrdiff_t>(std::min(to - list.size(), fresh.size()));
    list.insert(list.end(), fresh.begin(), fresh.begin() + count);
  }
}

/// The clauses met so far, each noted once.
class Notes {
 public:
  void note(model::Function function, const model::Clause* clause, std::vector<Hit>& hits) {
    const std::size_t place = (reinterpret_cast<std::uintptr_t>(clause) >> 3) % latest_.size();
    if (Hit& latest = latest_[place]; latest.clause != clause || latest.function != function) [[unlikely]] {
      latest = {function, clause};
      note_slowly(function, clause, hits);
    }
  }

 private:
  void note_slowly(model::Function function, const model::Clause* clause, std::vector<Hit>& hits) {
    if (clause == nullptr) return;
    const std::span<const model::Clause> clauses = model::clauses_of(function);
    const auto position = static_cast<std::size_t>(clause - clauses.data());
    if (position >= clauses.size()) return;  // A clause of the end of a call: seldom, and noted by scenarios.
    auto& met = met_[static_cast<std::size_t>(function)];
    if (met[position]) return;
    met[position] = true;
    hits.push_back({function, clause});
  }

  std::array<std::bitset<64>, spec::function_count> met_;
  std::array<Hit, 256> latest_{};  ///< noted lately, by address: the same few come again and again
};

/// The referee of a sequence, who looks at its steps when there is a reason to, but then at all of them in order.
class Court {
 public:
  Court(subject::Subject& subject, Sequence& sequence, const model::Profile& profile)
      : subject_(subject), sequence_(sequence), profile_(profile), referee_(sequence.plan, profile) {}

  /// Judges the steps up to `end` that were not judged yet. False at the first deviation, and where the subject is gone as
  /// the profile has it; the sequence ends there.
  bool judge_to(std::size_t end) {
    for (; judged_ < end; ++judged_) {
      const plan::Step& step = sequence_.plan.steps[judged_];
      const Observation& seen = sequence_.seen[judged_];
      const std::string_view text = seen.has_text ? text_.c_str() + seen.text_offset : "";
      if (step.kind == plan::StepKind::restart) {
        referee_.restart();
        continue;
      }
      if (step.kind == plan::StepKind::file) {
        referee_.change(step);
        continue;
      }
      if (frequency_ != nullptr && judged_ >= counted_from_ && seen.end == subject::End::returned)
        frequency_->count(situation_of(step), step.function, seen.code);
      Judgement judgement = referee_.judge(step, seen, text);
      if (judgement.deviation) {
        sequence_.deviation = std::move(judgement.deviation);
        return cut_behind(judged_);
      }
      if (judgement.ended) return cut_behind(judged_);
      notes.note(judgement.function, judgement.clause, sequence_.hits);
    }
    return true;
  }

  /// Performs the steps of the plan from `begin` on.
  void perform_from(std::size_t begin) {
    lengthen(sequence_.seen, sequence_.plan.steps.size());
    subject_.perform({&sequence_.plan, std::span(sequence_.plan.steps).subspan(begin),
                      std::span(sequence_.seen).subspan(begin), &text_});
  }

  /// Has the calls from `first` on counted when they are judged: what they were about is not known before.
  void count_from(std::size_t first, Frequency* frequency) {
    counted_from_ = first;
    frequency_ = frequency;
  }

  const Referee& referee() const { return referee_; }
  Notes notes;

 private:
  Situation situation_of(const plan::Step& step) const {
    return check::situation_of(referee_.world(), profile_, step, [&](plan::Variable v, model::HandleKind kind) {
      return kind == model::HandleKind::session ? referee_.session_in(v) : referee_.instance_in(v);
    });
  }

  bool cut_behind(std::size_t last) {
    sequence_.plan.steps.resize(last + 1);
    sequence_.seen.resize(last + 1);
    return false;
  }

  subject::Subject& subject_;
  Sequence& sequence_;
  const model::Profile& profile_;
  Referee referee_;
  std::string text_;
  std::size_t judged_ = 0;
  std::size_t counted_from_ = 0;
  Frequency* frequency_ = nullptr;
};

// Short batches while foresight is still surprised, since a surprise makes the rest of its batch less to the point; then
// longer ones, so that a switch between processes costs little. Where there is no switch, a batch is better kept as
// short as stays in the processor's nearest caches between the passes over it.
constexpr std::size_t shortest_batch = 32;
constexpr std::size_t longest_batch = 4096;
constexpr std::size_t longest_batch_here = 128;

Situation foreseen_situation(const Foresight& foresight, const model::Profile& profile, const plan::Step& step) {
  return situation_of(foresight.world(), profile, step,
                      [&](plan::Variable v, model::HandleKind kind) { return foresight.handle(v, kind, {}); });
}

}  // namespace

Sequence run_sequence(subject::Subject& subject, const generate::Shape& shape, const model::Profile& profile) {
  Habits habits;
  return run_sequence(subject, shape, profile, habits);
}

Sequence run_sequence(subject::Subject& subject, const generate::Shape& shape, const model::Profile& profile,
                      Habits& habits, Frequency* frequency) {
  Sequence sequence;
  generate::Walk walk(shape, sequence.plan);
  sequence.problem = subject.start(sequence.plan);
  if (sequence.problem) return sequence;
  sequence.plan.steps.reserve(shape.calls);
  sequence.seen.reserve(shape.calls);

  Foresight foresight(sequence.plan, profile, habits);
  Court court(subject, sequence, profile);
  std::vector<Foresight::Expected> expected;
  std::vector<Situation> situations;
  const std::size_t longest = subject.describe().isolation == "none" ? longest_batch_here : longest_batch;
  std::size_t batch_size = shortest_batch;
  while (sequence.plan.steps.size() < shape.calls) {
    const std::size_t begin = sequence.plan.steps.size();
    const std::size_t count = std::min<std::size_t>(batch_size, shape.calls - begin);
    if (expected.size() < count) expected.resize(count);
    lengthen(sequence.plan.steps, begin + count);
    for (std::size_t i = 0; i < count; ++i) {
      plan::Step& step = sequence.plan.steps[begin + i];
      walk.next(foresight, step);
      if (frequency != nullptr) situations.push_back(foreseen_situation(foresight, profile, step));
      foresight.advance(step, expected[i]);
      walk.observe(step, expected[i], foresight);
    }
    court.perform_from(begin);

    std::size_t confirmed = 0;
    while (confirmed < count && foresight.confirm(expected[confirmed], sequence.seen[begin + confirmed])) {
      court.notes.note(expected[confirmed].function, expected[confirmed].clause, sequence.hits);
      ++confirmed;
    }
    if (frequency != nullptr)
      for (std::size_t i = 0; i < confirmed; ++i)
        frequency->count(situations[i], expected[i].function, expected[i].code);
    situations.clear();
    if (confirmed == count) {
      batch_size = std::min(2 * batch_size, longest);
      continue;
    }
    batch_size = shortest_batch;
    court.count_from(begin + confirmed, frequency);
    if (!court.judge_to(begin + count)) return sequence;
    foresight.resume_from(court.referee());
    walk.resume_from(foresight);
  }
  return sequence;
}

Sequence run_plan(subject::Subject& subject, plan::Plan plan, const model::Profile& profile) {
  Sequence sequence;
  sequence.plan = std::move(plan);
  sequence.problem = subject.start(sequence.plan);
  if (sequence.problem) return sequence;
  const std::vector<plan::Step> steps = std::move(sequence.plan.steps);
  sequence.plan.steps.clear();
  Court court(subject, sequence, profile);
  const auto restarts = [](const plan::Step& step) { return step.kind == plan::StepKind::restart; };
  for (auto next = steps.begin(); next != steps.end();) {
    // Up to a restart, or up to a step that ends a call: whether one is pending shows only by then.
    const auto stop =
        std::find_if(next, steps.end(), [](const plan::Step& s) { return s.kind != plan::StepKind::call; });
    const std::size_t begin = sequence.plan.steps.size();
    sequence.plan.steps.insert(sequence.plan.steps.end(), next, stop);
    if (stop != next) court.perform_from(begin);
    if (!court.judge_to(sequence.plan.steps.size())) return sequence;
    next = stop;
    if (next == steps.end()) break;
    if (restarts(*next)) {
      sequence.problem = subject.restart();
      if (sequence.problem) return sequence;
      sequence.plan.steps.push_back(*next);
      sequence.seen.emplace_back();
    } else if (next->kind == plan::StepKind::file) {
      // A file that the steps so far have not made is no reason to stop: there is nothing to do to it.
      if (!subject.change_file(sequence.plan, *next)) {
        sequence.plan.steps.push_back(*next);
        sequence.seen.emplace_back();
      }
    } else if (court.referee().pending_on(next->thread) != nullptr) {
      sequence.plan.steps.push_back(*next);
      court.perform_from(sequence.plan.steps.size() - 1);
    }
    if (!court.judge_to(sequence.plan.steps.size())) return sequence;
    ++next;
  }
  return sequence;
}

}  // namespace esentcheck::check
