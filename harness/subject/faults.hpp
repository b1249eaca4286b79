// Environment conditions: the n-th allocation, write or sync that the subject makes inside one call fails, and so does
// every later one inside that call.
//
// Only operations of the thread that makes the call count. A library's own background threads are left alone: which of
// their operations belong to a call is not for us to guess, and a count that depends on timing would not replay.
//
// The entry points of the C library are replaced by the object library esentcheck_faults, in programs that link it and
// export their symbols. Elsewhere the functions below do nothing and the capabilities say so.
#pragma once

#include <cstdint>

#include "harness/plan/plan.hpp"

namespace esentcheck::subject::faults {

enum Hit : std::uint8_t { memory_hit = 1, write_hit = 2, sync_hit = 4 };

/// The faults of one call: counts down to the operation that fails and stays there.
struct Armed {
  explicit Armed(const plan::Faults& plan) : memory(plan.memory), write(plan.write), sync(plan.sync) {}

  std::uint32_t memory;  ///< the memory-th allocation from now is refused; 0: none
  std::uint32_t write;
  std::uint32_t sync;
  std::uint8_t hit = 0;  ///< bits of Hit
};

bool can_refuse_memory();
bool can_fail_files();

/// From here on operations of this thread count against `armed` (nullptr: against nothing). Gives what was armed before,
/// so that a call made inside a status callback has its own faults, and the outer call's do not count meanwhile.
Armed* arm(Armed* armed);

}  // namespace esentcheck::subject::faults
