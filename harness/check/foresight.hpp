// Foresight: what a sequence of calls will do, by the model alone, before the subject has answered. A generator needs a
// state to choose its next call from, and a subject in another process wants its calls in batches: foresight gives the
// generator the state, and tells afterwards, at a few comparisons a call, whether the subject did just that.
//
// It is no judge. Whenever an answer is not the one foreseen, the referee looks at every call of the sequence, and
// foresight starts again from the referee's world.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/check/referee.hpp"
#include "harness/plan/plan.hpp"
#include "model/step.hpp"

namespace esentcheck::check {

class Foresight {
 public:
  Foresight(const plan::Plan&, const model::Profile&);

  /// What was foreseen of one call.
  struct Expected {
    model::Function function{};
    std::int32_t code = 0;
    bool gives_handle = false;
    bool gives_number = false;
    std::uint16_t habit = 0;  ///< index into habits_, where several answers are allowed; 0: there is but one
    std::uint64_t number = 0;
    const model::Clause* clause = nullptr;
  };

  /// Takes the world one call further. Only calls that return: no step until: callback or blocked, no finish, no restart.
  Expected advance(const plan::Step&);

  /// Whether an answer is the one that was foreseen. Answers have to be confirmed in the order of their calls.
  bool confirm(const Expected&, const subject::Observation&);

  /// Goes on from what the referee knows.
  void resume_from(const Referee&);

  const model::World& world() const { return world_; }
  model::Handle session(plan::Variable v) const { return handle(v, model::HandleKind::session); }
  model::Handle instance(plan::Variable v) const { return handle(v, model::HandleKind::instance); }
  std::uint64_t value(plan::Variable v) const { return variables_[v].value; }

 private:
  // A position is given out again; its serial tells one object there from the next.
  struct Variable {
    model::HandleKind kind = model::HandleKind::zero;
    std::uint32_t position = 0;
    std::uint32_t serial = 0;
    std::uint64_t value = 0;
  };

  model::Handle handle(plan::Variable v, model::HandleKind wanted) const {
    const Variable& variable = variables_[v];
    if (variable.kind != wanted)
      return {variable.kind == model::HandleKind::zero ? model::HandleKind::zero : model::HandleKind::garbage, 0};
    const bool session = wanted == model::HandleKind::session;
    const std::vector<std::uint32_t>& serials = session ? session_serials_ : instance_serials_;
    const bool live = serials[variable.position] == variable.serial &&
                      (session ? world_.sessions[variable.position].live
                               : world_.instances[variable.position].phase != model::Phase::absent);
    return live ? model::Handle{wanted, variable.position} : model::Handle{model::HandleKind::ended, 0};
  }

  void remember(const plan::Symbol&, model::Handle);
  const model::Outcome& choose(const plan::Step&, const model::OutcomeSet&, Expected&) const;

  const plan::Plan& plan_;
  model::Profile profile_;
  model::World world_;
  std::vector<Variable> variables_;
  std::vector<std::uint32_t> session_serials_;
  std::vector<std::uint32_t> instance_serials_;
  std::uint32_t last_serial_ = 0;
  std::vector<model::ParameterSetting> settings_;
  // What the subject answered last where the pages leave a choice, by function and first clause that holds: subjects
  // check in an order of their own, but always in the same.
  std::vector<std::int32_t> habits_;
  Words seen_;  ///< handles that the subject gave out; one that comes again is for the referee to look at
};

}  // namespace esentcheck::check
