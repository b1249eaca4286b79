// Virtual time as the C library's clocks tell it. The clocks begin far apart, so that a moment says by itself which of
// them it is of: a condition variable's own clock need not be asked for.
#pragma once

#include <ctime>

#include "harness/simulation/scheduler.hpp"

namespace esentcheck::simulation {

inline constexpr Nanoseconds second = 1'000'000'000;
inline constexpr std::int64_t wall_begins = 1'767'225'600;  ///< 2026-01-01, in seconds
inline constexpr std::int64_t others_begin = 1'000;

inline Nanoseconds length_of(const timespec& time) { return time.tv_sec * second + time.tv_nsec; }

inline Nanoseconds deadline_of(const timespec& moment) {
  const std::int64_t begin = moment.tv_sec >= wall_begins / 2 ? wall_begins : others_begin;
  if (moment.tv_sec - begin > std::int64_t{1} << 32) return never;
  return (moment.tv_sec - begin) * second + moment.tv_nsec;
}

inline timespec moment_of(Nanoseconds time, bool is_wall) {
  return {static_cast<time_t>((is_wall ? wall_begins : others_begin) + time / second),
          static_cast<long>(time % second)};
}

}  // namespace esentcheck::simulation
