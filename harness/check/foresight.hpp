// Foresight: what a sequence of calls will do, by the model alone, before the subject has answered. A generator needs a
// state to choose its next call from, and a subject in another process wants its calls in batches: foresight gives the
// generator the state, and tells afterwards, at a few comparisons a call, whether the subject did just that.
//
// It is no judge. Whenever an answer is not the one foreseen, the referee looks at every call of the sequence, and
// foresight starts again from the referee's world.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/check/habits.hpp"
#include "harness/check/held_words.hpp"
#include "harness/check/referee.hpp"
#include "harness/plan/plan.hpp"
#include "model/step.hpp"

namespace esentcheck::check {

class Foresight {
 public:
  /// `habits` are those of the subject, and are learned here; they must outlive this.
  Foresight(const plan::Plan&, const model::Profile&, Habits& habits);

  /// What was foreseen of one call.
  struct Expected {
    const model::Clause* clause = nullptr;
    std::uint64_t number = 0;
    std::int32_t code = 0;
    model::Function function{};
    bool gives_handle = false;
    bool gives_number = false;
    bool gives_value = false;     ///< in a buffer, or a text
    plan::Variable variable = 0;  ///< that the handle goes to
    Habits::Place habit;          ///< where several answers are allowed
    std::uint64_t value = 0;      ///< in a buffer
  };

  /// Takes the world one call further. Only calls that return: no step until: callback or blocked, no finish, no restart.
  void advance(const plan::Step&, Expected&);

  /// Whether an answer is the one that was foreseen. Answers have to be confirmed in the order of their calls.
  bool confirm(const Expected& expected, const subject::Observation& seen) {
    // Calls come in no order that a processor could learn, so that nothing here branches on what kind of call it is.
    const bool something = is_something(seen.out) & seen.out_written;
    const bool ended_so = (seen.end == subject::End::returned) & (seen.code == expected.code);
    // Something was written that nobody foresaw: nil or 0 where a call was refused is right, the rest is looked at.
    if (!(ended_so & (something == expected.gives_handle))) [[unlikely]]
      return confirm_otherwise(expected, seen);
    if (expected.gives_value && (!seen.has_number || seen.number != expected.value)) [[unlikely]]
      return false;
    return held_.hold(expected.variable, seen.out, something);
  }

  /// Goes on from what the referee knows.
  void resume_from(const Referee&);

  const model::World& world() const { return world_; }
  model::Handle session(plan::Variable v) const { return handle(v, model::HandleKind::session, {}); }
  model::Handle instance(plan::Variable v) const { return handle(v, model::HandleKind::instance, {}); }
  model::Handle database(plan::Variable v) const { return handle(v, model::HandleKind::database, {}); }
  std::uint64_t value(plan::Variable v) const { return values_[v]; }

  /// What the variable denotes where a handle of that kind is wanted. Where a subject gives one id for several opens of a
  /// database, it may be another one of them: that is for the referee to find out.
  model::Handle handle(plan::Variable v, model::HandleKind wanted, const model::Handle& /*session*/) const {
    const Variable& variable = variables_[v];
    if (variable.kind == wanted) [[likely]]
      return variable.handle;
    return {variable.kind == model::HandleKind::zero ? model::HandleKind::zero : model::HandleKind::garbage, 0};
  }

 private:
  struct Variable {
    model::Handle handle;                              ///< what it denotes: an object, or an ended one
    model::HandleKind kind = model::HandleKind::zero;  ///< what it was given: a session, an instance, a database
  };

  static bool gives_database(model::Function);
  /// Neither zero nor nil.
  static bool is_something(std::uint64_t word) { return word + 1 > 1; }
  bool confirm_otherwise(const Expected&, const subject::Observation&);
  bool is_live(model::Handle) const;
  void note_ends(const plan::Step&);
  void end_what_is_gone();
  const model::Outcome& choose(const plan::Step&, const model::OutcomeSet&, Expected&) const;

  const plan::Plan& plan_;
  model::Profile profile_;
  model::World world_;
  std::vector<Variable> variables_;
  std::vector<std::uint64_t> values_;  ///< by variable: numbers, as far as the referee knows them
  std::vector<model::Call> calls_;     ///< by function: the last one, so that the next need not be made from nothing
  std::vector<model::ParameterSetting> settings_;
  model::Produced produced_;  ///< kept for the memory of its text
  Habits& habits_;
  HeldWords held_;  ///< a handle that the subject gives while another variable holds it is for the referee to look at
  bool shared_ = false;  ///< some object may have several variables
};

}  // namespace esentcheck::check
