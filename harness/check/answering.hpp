// The model as somebody who answers: what a call gives that returns with a code that the model allows.
#pragma once

#include <optional>

#include "harness/check/referee.hpp"

namespace esentcheck::check {

class Answering {
 public:
  /// Adds to the answer what its code hands out: handles are made up, documented values are the model's, and those that it
  /// leaves open are `otherwise`. The referee has not judged the answer yet.
  void give(const plan::Step&, const Referee&, subject::Observation&, std::optional<std::uint64_t> otherwise = {});

  /// A machine word that was never given out before.
  std::uint64_t next_word() { return last_word_ += 8; }

 private:
  std::uint64_t last_word_ = 0x1000;
};

}  // namespace esentcheck::check
