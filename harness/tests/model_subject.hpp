// A subject that answers as the model allows, in memory: right by construction, and fast. A test makes it wrong on
// purpose by changing what it is about to answer.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "harness/check/referee.hpp"
#include "harness/check/words.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::check {

class ModelSubject final : public subject::Subject {
 public:
  /// Sees the step, the world before it and the answer, and may change the answer.
  using Alter = std::function<void(const plan::Step&, const Referee&, subject::Observation&)>;

  explicit ModelSubject(Alter alter = {}) : alter_(std::move(alter)) {
    description_.address = "model";
    description_.name = "model";
    description_.isolation = "none";
    description_.capabilities = {.memory_faults = true, .threads = true, .validates_handles = true};
  }

  const subject::Description& describe() const override { return description_; }

  std::optional<Diagnostic> start(const plan::Plan& plan) override {
    if (refuses_to_start) return Diagnostic{"model", "does not start today"};
    referee_ = std::make_unique<Referee>(plan, model::Profile{});
    last_word_ = 0x1000;
    ++starts;
    return std::nullopt;
  }

  std::optional<Diagnostic> restart() override {
    referee_->restart();
    return std::nullopt;
  }

  void perform(const subject::Batch& batch) override {
    for (std::size_t i = 0; i < batch.steps.size(); ++i) batch.observations[i] = answer(batch.steps[i]);
  }

  bool refuses_to_start = false;
  std::size_t starts = 0;

 private:
  subject::Observation answer(const plan::Step& step) {
    subject::Observation seen;
    seen.end = subject::End::returned;
    seen.faults_hit = armed(step.faults);
    const model::OutcomeSet allowed = referee_->allowed(step, seen.faults_hit);
    const model::Outcome* success = allowed.find(model::Code::errSuccess);
    seen.code = static_cast<std::int32_t>((success != nullptr ? *success : allowed.front()).code);
    give(step, seen);
    if (alter_) alter_(step, *referee_, seen);
    referee_->judge(step, seen, {});
    return seen;
  }

  void give(const plan::Step& step, subject::Observation& seen) {
    const int position = output_position(step.function);
    if (position < 0 || seen.code < 0) return;
    const plan::Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
    if (symbol.kind != plan::SymbolKind::address) return;
    seen.out_written = true;
    const model::Produced produced = referee_->foresee(step, seen);
    const auto variable = static_cast<plan::Variable>(symbol.number);
    if (produced.has_number)
      seen.out = produced.number;
    else if (produced.handle.kind == model::HandleKind::instance &&
             referee_->instance_in(variable).kind == model::HandleKind::instance)
      seen.out = referee_->value_of(variable);
    else
      seen.out = last_word_ += 8;
  }

  Alter alter_;
  subject::Description description_;
  std::unique_ptr<Referee> referee_;
  std::uint64_t last_word_ = 0;
};

}  // namespace esentcheck::check
