// How much conform does, of what has no end of its own: generated sequences, generated races, failures.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace esentcheck::command {

struct Amounts {
  std::uint32_t sequences = 0;
  std::uint32_t races = 0;
  std::uint32_t schedules = 0;  ///< of each race
  std::uint32_t faults = 0;
  std::uint64_t exhaustive = 0;  ///< schedules of a scenario's race of which every one is wanted
};

struct Budget {
  Amounts amounts;
  std::optional<std::chrono::seconds> time;  ///< at the end of which the rest is left; empty: however long it takes
};

/// What is done when nobody says otherwise: within a minute on one core.
Budget standard_budget();

/// "quick", "full", or a number of seconds.
std::optional<Budget> budget_named(std::string_view);

/// The time of a budget, given out in shares of what is left of it.
class Timer {
 public:
  using Clock = std::chrono::steady_clock;

  explicit Timer(std::optional<std::chrono::seconds> time) {
    if (time) end_ = Clock::now() + *time;
  }

  /// When a part of the work has to end that may take this share of the time that is left.
  std::optional<Clock::time_point> share(double part) const {
    if (!end_) return std::nullopt;
    const Clock::time_point now = Clock::now();
    return now + std::chrono::duration_cast<Clock::duration>((*end_ - now) * part);
  }

 private:
  std::optional<Clock::time_point> end_;
};

inline bool has_passed(std::optional<Timer::Clock::time_point> end) { return end && Timer::Clock::now() >= *end; }

}  // namespace esentcheck::command
