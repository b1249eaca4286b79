// The calls that a search tries: few enough to try all of them everywhere, and with something of every function.
#pragma once

#include "harness/scenario/scenario.hpp"

namespace esentcheck::explore {

/// Its plan's steps are the calls, each to be made any number of times in any order. Variables: one instance, two sessions,
/// one database, a number.
const scenario::Scenario& alphabet();

}  // namespace esentcheck::explore
