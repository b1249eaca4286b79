// How the harness speaks of calls, codes and deviations to people.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "harness/check/referee.hpp"
#include "harness/plan/plan.hpp"

namespace esentcheck::check {

/// "JET_errOutOfSessions", or the number for a code without a row.
std::string name_of(std::int32_t code);

/// "JET_errA or JET_errB"; "any code" when empty.
std::string list_of(std::span<const spec::Code> codes);

/// "JET_errOutOfSessions (JetDupSession/OutOfSessions)" for each outcome.
std::vector<std::string> spell(model::Function, const model::OutcomeSet&);

/// One sentence: what the call did that the model does not allow.
std::string describe(const plan::Plan&, const plan::Step&, const Deviation&);

/// What becomes of a call whose fault strikes, as the bits of Observation::faults_hit.
std::uint8_t armed(const plan::Fault&);

/// What the bits of Observation::faults_hit mean to the model.
model::Environment environment_of(std::uint8_t faults_hit);

}  // namespace esentcheck::check
