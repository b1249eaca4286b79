// A subject that answers as the model allows under a profile, in memory: right by construction, and fast. A test makes it
// wrong on purpose by changing what it is about to answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "harness/check/answering.hpp"
#include "harness/check/words.hpp"
#include "harness/random.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::check {

class ModelSubject final : public subject::Subject {
 public:
  /// Sees the step, the world before it and the answer, and may change the answer.
  using Alter = std::function<void(const plan::Step&, const Referee&, subject::Observation&)>;

  explicit ModelSubject(Alter alter = {}) : ModelSubject(model::Profile{}, std::nullopt, std::move(alter)) {}

  /// With a seed it takes any of the codes that are allowed; without, success where that is one.
  explicit ModelSubject(const model::Profile& profile, std::optional<std::uint64_t> seed = {}, Alter alter = {})
      : alter_(std::move(alter)), profile_(profile), seed_(seed), random_(seed.value_or(0)) {
    description_.address = "model";
    description_.name = "model";
    description_.isolation = "none";
    description_.capabilities = {.memory_faults = true, .threads = true, .validates_handles = true};
  }

  const subject::Description& describe() const override { return description_; }

  std::optional<Diagnostic> start(const plan::Plan& plan) override {
    if (refuses_to_start) return Diagnostic{"model", "does not start today"};
    referee_ = std::make_unique<Referee>(plan, profile_);
    answering_ = {};
    gone_ = false;
    random_ = Random(seed_.value_or(0));
    ++starts;
    return std::nullopt;
  }

  std::optional<Diagnostic> restart() override {
    referee_->restart();
    return std::nullopt;
  }

  void perform(const subject::Batch& batch) override {
    for (std::size_t i = 0; i < batch.steps.size() && !gone_; ++i) batch.observations[i] = answer(batch.steps[i]);
  }

  bool refuses_to_start = false;
  std::size_t starts = 0;

 private:
  subject::Observation answer(const plan::Step& step) {
    subject::Observation seen;
    seen.end = subject::End::returned;
    seen.faults_hit = armed(step.fault);
    const model::OutcomeSet allowed = referee_->allowed(step, seen.faults_hit);
    const model::Outcome outcome = choose(allowed);
    if (outcome.clause->ending != model::Ending::returns) {
      seen.end = outcome.clause->ending == model::Ending::crashes ? subject::End::crashed : subject::End::hung;
      gone_ = true;
      return seen;
    }
    seen.code = static_cast<std::int32_t>(outcome.code);
    answering_.give(step, *referee_, seen);
    if (alter_) alter_(step, *referee_, seen);
    referee_->judge(step, seen, {});
    return seen;
  }

  const model::Outcome& choose(const model::OutcomeSet& allowed) {
    if (seed_) return allowed.all()[random_.below(static_cast<std::uint32_t>(allowed.size()))];
    const model::Outcome* success = allowed.find(model::Code::errSuccess);
    return success != nullptr ? *success : allowed.front();
  }

  Alter alter_;
  subject::Description description_;
  std::unique_ptr<Referee> referee_;
  model::Profile profile_;
  std::optional<std::uint64_t> seed_;
  Random random_;
  Answering answering_;
  bool gone_ = false;  ///< it has crashed or hung
};

}  // namespace esentcheck::check
