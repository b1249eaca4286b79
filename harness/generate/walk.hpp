// A walk through the model: each step is chosen from the state that the calls so far have reached, so that rare states
// (the limit, the deepest nesting, a stopped service, handles that have just ended) are reached on purpose.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <deque>
#include <vector>

#include "harness/check/foresight.hpp"
#include "harness/generate/shape.hpp"
#include "harness/generate/symbols.hpp"
#include "harness/plan/plan.hpp"
#include "harness/random.hpp"

namespace esentcheck::generate {

/// The small chances of one step and its picks, cut from one random number.
class Luck {
 public:
  Luck() = default;
  explicit Luck(Random& random) : Luck(random.next()) {}

  std::uint8_t byte() { return static_cast<std::uint8_t>(cut(8)); }
  bool chance(std::uint32_t in_thousand) { return cut(10) * 1000 < in_thousand * 1024; }
  /// A number below `bound`; good for two picks.
  std::uint32_t pick(std::size_t bound) {
    const std::uint64_t part = picks_ & 0xffffffff;
    picks_ = std::rotr(picks_, 32);
    return static_cast<std::uint32_t>((part * bound) >> 32);
  }

 private:
  // One draw is enough for both: a multiplication leaves nothing in its high bits that could be seen in the low ones.
  explicit Luck(std::uint64_t drawn) : chances_(drawn), picks_(std::rotl(drawn * 0xd1342543de82ef95, 32)) {}

  // Comes round again rather than to an end: a step that asks for more than 64 bits is rare.
  std::uint32_t cut(int bits) {
    const auto part = static_cast<std::uint32_t>(chances_ & ((1U << bits) - 1));
    chances_ = std::rotr(chances_, bits);
    return part;
  }

  std::uint64_t chances_ = 0;
  std::uint64_t picks_ = 0;
};

class Walk {
 public:
  /// Gives the plan the variables, threads, directories and texts that the walk's steps use. `plan` must outlive it.
  Walk(const Shape&, plan::Plan& plan);

  /// Makes `step`, which is as fresh, the next one, chosen from the present state.
  void next(const check::Foresight&, plan::Step& step);

  /// Takes note of what the step will have changed.
  void observe(const plan::Step&, const check::Foresight::Expected&, const check::Foresight&);

  /// Looks at everything anew, after the subject did something else than was foreseen.
  void resume_from(const check::Foresight&);

 private:
  static constexpr std::size_t draining = 0, filling = 1;

  /// Variables of one kind, those that hold live handles first.
  struct Pool {
    std::vector<plan::Variable> variables;
    std::vector<std::uint32_t> place;  ///< of each variable, by its number minus the first one's
    std::size_t live = 0;

    void set_live(plan::Variable, bool live);
    bool has(std::uint64_t variable) const { return variable - origin < place.size(); }
    bool is_live(plan::Variable v) const { return place[v - first()] < live; }
    plan::Variable first() const { return origin; }
    plan::Variable origin = 0;
  };

  Pool make_pool(std::string_view prefix, std::size_t count);
  void name_files();
  void fill_actions();
  void script_new_instance(plan::Variable instance);
  Action choose(const check::Foresight&, Luck&);
  void make(Action, plan::Step&, Luck);
  void make_other(Action, plan::Step&, Luck);
  void make_transaction_call(Action, plan::Step&, Luck);
  void make_instance_call(Action, plan::Step&, Luck);
  void make_backup_call(Action, plan::Step&, Luck);
  void make_database_call(Action, plan::Step&, Luck);
  void make_question(Action, plan::Step&, Luck);
  void make_parameter_call(Action, plan::Step&, Luck);
  void plant_fault(plan::Step&);
  plan::Fault any_file_fault();
  void take_scripted(plan::Step&);
  void observe_other(const plan::Step&, const check::Foresight::Expected&, const check::Foresight&);
  void observe_databases(const plan::Step&, const check::Foresight::Expected&, const check::Foresight&);
  void observe_new_session(const check::Foresight::Expected&);
  void observe_end(const plan::Symbol& session);

  // In registers from end to end: a walk that is asked for a step a few ten million times a second has no time for more.
  [[gnu::always_inline]] plan::Symbol any_session(Luck&);
  [[gnu::always_inline]] plan::Symbol any_instance(Luck&);
  [[gnu::always_inline]] plan::Symbol new_session(Luck&);
  plan::Symbol busy_session(Luck);
  plan::Symbol some_instance();
  plan::Symbol any_database(Luck&);
  plan::Symbol new_database();
  plan::Symbol some_file(Luck&);
  plan::Symbol some_folder();
  plan::Symbol some_callback(plan::SymbolKind);
  /// One of a few numbers, most of which a page knows.
  template <std::size_t count>
  plan::Symbol one_of(const std::array<std::uint32_t, count>& numbers) {
    return {plan::SymbolKind::number, 0, numbers[random_.below(count)]};
  }
  plan::Symbol bad_handle(const Pool& ended, const Pool& foreign);
  bool bad(Luck& luck) const { return luck.chance(shape_.bad_arguments); }
  static plan::Variable pick_live(const Pool& pool, Luck& luck) { return pool.variables[luck.pick(pool.live)]; }
  static plan::Variable pick_dead(const Pool& pool, Luck& luck) {
    return pool.variables[pool.live + luck.pick(pool.variables.size() - pool.live)];
  }

  Shape shape_;
  plan::Plan& plan_;
  Random random_;
  Pool sessions_;
  Pool instances_;
  plan::Variable value_ = 0;
  static constexpr std::size_t slots = 256;
  std::array<std::array<Action, slots>, 2> actions_{};  ///< drawn from; each action as often as its weight says
  std::deque<plan::Step> script_;                       ///< steps that come before anything is chosen
  std::vector<plan::Symbol> folders_;                   ///< by instance variable
  std::vector<plan::Symbol> names_;
  plan::Symbol recovery_off_;
  Pool databases_;
  std::vector<plan::Variable> openers_;  ///< by database variable: the session that it was opened by
  std::vector<plan::Symbol> files_;      ///< names of databases, the usual ones first
  plan::Symbol recent_file_;             ///< that was attached last, or nothing yet …
  plan::Symbol recent_session_;          ///< … and by whom
  std::vector<plan::Symbol> odd_paths_;  ///< that no database can have
  std::vector<plan::Symbol> backups_;    ///< folders for backups, a good one first
  plan::Symbol settings_;                ///< a list of parameters
  plan::Variable list_ = 0;              ///< of instances; freed by the step behind the one that asked for it
  bool filling_ = true;
  std::uint32_t refusals_wanted_ = 2;
  std::size_t drain_to_ = 0;
  plan::Thread thread_ = 0;
  plan::Variable busy_ = plan::no_variable;  ///< the session that most transactions and contexts are about
};

inline plan::Symbol Walk::any_session(Luck& luck) {
  if (sessions_.live == 0 || bad(luck)) return bad_handle(sessions_, instances_);
  return value(pick_live(sessions_, luck));
}

inline plan::Symbol Walk::any_instance(Luck& luck) {
  if (instances_.live == 0 || bad(luck)) return bad_handle(instances_, sessions_);
  return value(pick_live(instances_, luck));
}

}  // namespace esentcheck::generate
