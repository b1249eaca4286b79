// A scenario with a race, played under its own schedule or under many.
#pragma once

#include "harness/check/sequence.hpp"

namespace esentcheck::check {

/// How many schedules a race is played under that has none of its own.
inline constexpr std::size_t schedules_of_a_scenario = 40;

/// As play_on. What the scenario expects, each schedule has to show.
Play play_race_on(subject::Subject&, const scenario::Scenario&, const model::Profile&, std::uint64_t most_schedules);

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

/// A generated program, the n-th that belongs to the seed, under so many schedules, until one shows a deviation: then the
/// result ends in it.
Sequence generated_race(subject::Subject&, const model::Profile&, std::uint64_t seed, std::uint64_t n,
                        std::size_t schedules, RaceFigures&);

}  // namespace esentcheck::check
