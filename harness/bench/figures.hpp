// What was measured, as lines for people.
#pragma once

#include <string>

#include "harness/bench/measure.hpp"
#include "harness/bench/session_pair.hpp"

namespace esentcheck::bench {

std::string spell(const Effort&, const ToyRates&);
std::string spell(const Effort&, const LibraryRates&, const std::string& library);
std::string spell(const Effort&, const SessionPairs&);

/// The targets, each met or not.
std::string spell_targets(const ToyRates&, const LibraryRates&, const SessionPairs&);

}  // namespace esentcheck::bench
