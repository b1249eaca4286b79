// Numbers that tell one sequence of logs, or one database, from any other that was ever made on this machine.
#pragma once

#include <cstdint>

#include "esent.h"

namespace esent {

std::uint64_t new_signature() noexcept;
// The time since 1970.
std::uint64_t now_seconds() noexcept;
// As the interface shows one and the time at which it was made.
JET_SIGNATURE signature_of(std::uint64_t signature, std::uint64_t seconds) noexcept;

}  // namespace esent
