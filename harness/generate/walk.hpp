// A walk through the model: each step is chosen from the state that the calls so far have reached, so that rare states
// (the limit, the deepest nesting, a stopped service, handles that have just ended) are reached on purpose.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <vector>

#include "harness/check/foresight.hpp"
#include "harness/generate/shape.hpp"
#include "harness/plan/plan.hpp"
#include "harness/random.hpp"

namespace esentcheck::generate {

class Walk {
 public:
  /// Gives the plan the variables, threads, directories and texts that the walk's steps use. `plan` must outlive it.
  Walk(const Shape&, plan::Plan& plan);

  /// The next step, chosen from the present state. Steps are not added to the plan.
  plan::Step next(const check::Foresight&);

  /// Takes note of what the step has changed.
  void observe(const plan::Step&, const check::Foresight&);

  /// Looks at everything anew, after the subject did something else than was foreseen.
  void resume_from(const check::Foresight&);

 private:
  /// Variables of one kind, those that hold live handles first.
  struct Pool {
    std::vector<plan::Variable> variables;
    std::vector<std::uint32_t> place;  ///< of each variable, by its number minus the first one's
    std::size_t live = 0;

    void set_live(plan::Variable, bool live);
    bool is_live(plan::Variable v) const { return place[v - first()] < live; }
    plan::Variable first() const { return origin; }
    plan::Variable origin = 0;
  };

  Pool make_pool(std::string_view prefix, std::size_t count);
  void script_new_instance(plan::Variable instance);
  Action choose(const check::Foresight&);
  plan::Step make(Action);
  plan::Step take_scripted();

  plan::Step call(model::Function) const;
  plan::Symbol any_session();
  plan::Symbol any_instance();
  plan::Symbol new_session();
  plan::Symbol bad_handle(const Pool& ended, const Pool& foreign);
  bool bad() { return shape_.bad_arguments != 0 && random_.chance(shape_.bad_arguments); }
  plan::Variable pick_live(const Pool& pool) { return pool.variables[random_.below(static_cast<std::uint32_t>(pool.live))]; }

  Shape shape_;
  plan::Plan& plan_;
  Random random_;
  Pool sessions_;
  Pool instances_;
  plan::Variable value_ = 0;
  std::array<Action, 256> actions_{};   ///< drawn from; each action as often as its weight says
  std::deque<plan::Step> script_;       ///< steps that come before anything is chosen
  std::vector<plan::Symbol> folders_;   ///< by instance variable
  std::vector<plan::Symbol> names_;
  plan::Symbol recovery_off_;
  plan::Symbol backup_;
  bool filling_ = true;
  std::uint32_t refusals_wanted_ = 2;
  std::size_t drain_to_ = 0;
  plan::Thread thread_ = 0;
};

}  // namespace esentcheck::generate
