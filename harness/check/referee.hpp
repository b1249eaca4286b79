// The referee watches a subject call by call and knows, from the model alone, what each call may do. It holds the
// model's world, what the plan's variables hold, and which word denotes which object.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/bindings.hpp"
#include "harness/check/leaks.hpp"
#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"
#include "model/step.hpp"
#include "reports/result.hpp"

namespace esentcheck::check {

/// What a subject did that the model does not allow.
struct Deviation {
  reports::FindingKind kind{};
  model::Function function{};
  model::OutcomeSet allowed;             ///< what it might have done
  std::int32_t code = 0;                 ///< what it returned; the signal after a crash
  std::string detail;                    ///< one clause of a sentence, without the call
  std::optional<std::size_t> step = {};  ///< its position in the plan, where it is not the last one
};

/// One judged step.
struct Judgement {
  std::optional<Deviation> deviation;
  const model::Clause* clause = nullptr;  ///< the clause that explains the observation, when a call ended
  model::Function function{};             ///< of the call that ended
  bool ended = false;                     ///< the subject is gone, and the profile calls the call undefined
};

class Referee {
 public:
  Referee(const plan::Plan&, const model::Profile&);

  /// What the model allows for a step that makes a call, in the present world. `faults_hit` as in Observation; to look
  /// ahead, the faults that are armed count as hit.
  model::OutcomeSet allowed(const plan::Step&, std::uint8_t faults_hit) const;

  /// What an allowed answer would hand out, on a copy of the world.
  model::Produced foresee(const plan::Step&, const subject::Observation&) const;

  /// Judges what was seen of a step and moves the world on. After a deviation the world is unchanged.
  Judgement judge(const plan::Step&, const subject::Observation&, std::string_view text);

  /// The call of the step is under way, whatever becomes of it: for the time that it takes others see so. Only for a call
  /// that takes time.
  void begin(const plan::Step&);

  /// The subject's process was killed: a world without instances, in the same directory.
  void restart();

  /// The environment has done to a file what the step says.
  void change(const plan::Step&);

  const model::World& world() const { return world_; }
  const model::Profile& profile() const { return profile_; }
  std::uint64_t value_of(plan::Variable variable) const { return values_[variable]; }
  model::Handle session_in(plan::Variable variable) const { return bindings_.session(world_, values_[variable]); }
  model::Handle instance_in(plan::Variable variable) const { return bindings_.instance(world_, values_[variable]); }
  /// What a database id means to a call of that session.
  model::Handle database_in(plan::Variable variable, model::Handle session) const {
    return bindings_.database(world_, values_[variable], session);
  }

  /// The call that is pending on a thread (inside its callback, or waiting), or nullptr.
  const plan::Step* pending_on(plan::Thread thread) const;

  /// Equal for referees that will judge alike whatever comes.
  std::uint64_t fingerprint() const;

  /// Room for so many sessions, so that judging allocates nothing.
  void reserve(std::size_t sessions) { model::reserve_sessions(world_, sessions); }

 private:
  struct Pending {
    plan::Step step;
    model::Call call;
    bool begun = false;  ///< the model has seen its begin event
    bool in_callback = false;
    std::optional<model::SessionId> session;  ///< that the callback was given
  };

  model::Call resolve(const plan::Step&, std::uint8_t faults_hit) const;

  Judgement judge_return(const plan::Step&, const model::Call&, const model::OutcomeSet&, const subject::Observation&,
                         std::string_view text);
  bool names_the_untold(const plan::Step&, const subject::Observation&);
  bool must_be_on_disk(const model::Call&, const subject::Observation&) const;
  Judgement judge_cut(const plan::Step&);
  Judgement judge_begin(const plan::Step&, const subject::Observation&);
  static model::Call ending_of(const Pending&, std::uint8_t faults_hit);
  Pending pending_of(const plan::Step&, const model::Call&, bool lasts);
  Judgement judge_finish(const plan::Step&, const subject::Observation&, std::string_view text);
  std::optional<Deviation> check_outputs(const plan::Step&, const model::Call&, const model::Outcome&,
                                         const model::Produced&, const subject::Observation&, std::string_view text);
  bool is_taken(std::uint64_t word, model::Handle handle) const;
  void bind(std::uint64_t word, model::Handle handle);
  void remember_output(const plan::Step&, const subject::Observation&);

  const plan::Plan& plan_;
  model::Profile profile_;
  model::World world_;
  Bindings bindings_;
  std::vector<std::uint64_t> values_;
  std::vector<std::optional<Pending>> pending_;
  LeakWatch leaks_;
  mutable std::vector<model::ParameterSetting> settings_;
};

/// The position of the argument through which a function gives something back, or -1.
int output_position(model::Function);

}  // namespace esentcheck::check
