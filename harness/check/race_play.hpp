// A scenario with a race, played under its own schedule or under many.
#pragma once

#include "harness/check/play.hpp"

namespace esentcheck::check {

/// How many schedules a race is played under that has none of its own.
inline constexpr std::size_t schedules_of_a_scenario = 40;

/// As play_on. What the scenario expects, each schedule has to show.
Play play_race_on(subject::Subject&, const scenario::Scenario&, const model::Profile&, std::uint64_t most_schedules);

}  // namespace esentcheck::check
