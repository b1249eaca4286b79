// Arguments as a walk spells them.
#pragma once

#include <cstdint>

#include "harness/plan/plan.hpp"

namespace esentcheck::generate {

inline plan::Symbol number(std::uint64_t value) { return {plan::SymbolKind::number, 0, value}; }
inline plan::Symbol value(plan::Variable variable) { return {plan::SymbolKind::value, 0, variable}; }
inline plan::Symbol address(plan::Variable variable) { return {plan::SymbolKind::address, 0, variable}; }
inline plan::Symbol null() { return {plan::SymbolKind::null}; }
inline plan::Symbol parameter(spec::Parameter which) { return number(static_cast<std::uint64_t>(which)); }

/// Memory for a result of so many bytes.
inline plan::Symbol result(std::uint64_t bytes, plan::Reading reading = {.as = plan::ReadAs::nothing}) {
  return {plan::SymbolKind::buffer, plan::packed(reading), bytes};
}
/// Memory that the call reads a number from.
inline plan::Symbol memory(std::uint64_t value, std::uint32_t bytes) {
  return {plan::SymbolKind::memory, bytes, value};
}

}  // namespace esentcheck::generate
