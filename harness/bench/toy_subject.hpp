// The toy engine as a subject, in memory.
#pragma once

#include "harness/bench/toy.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::bench {

class ToySubject final : public subject::Subject {
 public:
  const subject::Description& describe() const override { return description_; }
  std::optional<Diagnostic> start(const plan::Plan& plan) override;
  std::optional<Diagnostic> restart() override { return Diagnostic{"toy", "it has no process"}; }
  void perform(const subject::Batch&) override;

 private:
  std::uint64_t word(const plan::Symbol&) const;

  subject::Description description_{.address = "toy", .name = "toy", .isolation = "none"};
  ToyEngine engine_;
  std::vector<std::uint64_t> variables_;
};

}  // namespace esentcheck::bench
