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
    model::Function function{};
    std::int32_t code = 0;
    bool gives_handle = false;
    bool gives_number = false;
    bool gives_value = false;
    Habits::Place habit;                          ///< where several answers are allowed
    plan::Variable variable = plan::no_variable;  ///< that the handle goes to
    std::uint64_t number = 0;
    std::uint64_t value = 0;
    const model::Clause* clause = nullptr;
  };

  /// Takes the world one call further. Only calls that return: no step until: callback or blocked, no finish, no restart.
  void advance(const plan::Step&, Expected&);

  /// Whether an answer is the one that was foreseen. Answers have to be confirmed in the order of their calls.
  bool confirm(const Expected& expected, const subject::Observation& seen) {
    if (seen.end != subject::End::returned) return false;
    if (seen.code != expected.code) {
      habits_.learn(expected.habit, seen.code);
      return false;
    }
    if (expected.gives_value && (!seen.has_number || seen.number != expected.value)) return false;
    const bool something = seen.out != 0 && seen.out != ~std::uint64_t{0} && seen.out_written;
    if (expected.gives_handle) return something && held_.hold(expected.variable, seen.out);
    if (expected.gives_number) return seen.out == expected.number;
    // Something was written that nobody foresaw: nil or 0 where a call was refused is right, the rest is looked at.
    return !something || (seen.out == nil_database && gives_database(expected.function));
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
