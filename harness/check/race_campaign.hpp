// The generated races of a run: programs that belong to its seed, each under many schedules.
#pragma once

#include <cstdint>

#include "harness/check/sequence.hpp"

namespace esentcheck::check {

/// What generated races have come to.
struct RaceFigures {
  std::uint64_t programs = 0;
  std::uint64_t schedules = 0;
  std::uint64_t calls = 0;
  std::uint64_t deviations = 0;  ///< programs that deviate under some schedule
  std::uint64_t undecided = 0;   ///< schedules after which the calls have too many orders to look at
};

/// The n-th program that belongs to the seed.
plan::Plan generated_plan(std::uint64_t seed, std::uint64_t n, bool validates_handles);

/// Whose threads a race runs on: with the machine's own what it shows may not come again.
enum class Threads : std::uint8_t { simulated, at_large };

/// A generated program, the n-th that belongs to the seed, under so many schedules, or so many times at large, until one shows
/// a deviation: then the result ends in it.
Sequence generated_race(subject::Subject&, const model::Profile&, std::uint64_t seed, std::uint64_t n, Threads,
                        std::size_t schedules, RaceFigures&);

}  // namespace esentcheck::check
