// Every schedule of a race with at most so many preemptions, depth first: each run follows the choices so far and is steady
// behind them; what it met beyond is what the next runs may choose otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/simulation/schedule.hpp"

namespace esentcheck::check {

class Exploration {
 public:
  /// A preemption stops a thread that could have gone on. Who follows a thread that waits or has ended is free.
  Exploration(std::uint32_t most_preemptions, bool at_accesses)
      : most_preemptions_(most_preemptions), at_accesses_(at_accesses) {}

  /// The next schedule; nothing when all have been taken.
  std::optional<simulation::Order> next();

  /// How the schedule given last went: its decisions, all of them.
  void took(const std::vector<simulation::Decision>&);

  std::uint64_t taken() const { return taken_; }

 private:
  struct Choice {
    simulation::Decision decision;
    std::uint64_t tried = 0;        ///< a bit for each thread
    std::uint32_t preemptions = 0;  ///< of the choices before it
  };

  bool costs(const Choice&, simulation::ThreadNumber) const;
  bool choose_otherwise(Choice&) const;

  std::uint32_t most_preemptions_;
  bool at_accesses_;
  std::vector<Choice> path_;
  std::uint64_t taken_ = 0;
};

}  // namespace esentcheck::check
