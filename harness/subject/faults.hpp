// Environment conditions: operations that the subject asks for inside one call fail, as a plan's fault says.
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

/// What became of the operations of a call in which something was to fail, whether it did or not.
enum Hit : std::uint8_t {
  memory_hit = 1,
  write_hit = 2,
  sync_hit = 4,
  file_hit = 8,    ///< another operation on files failed
  full_hit = 16,   ///< what failed did so for lack of space
  synced = 32,     ///< a sync succeeded, on whatever thread: a library may have one for it
  names_hit = 64,  ///< an operation that changes what is in a folder failed, and all later ones
  written = 128,   ///< something was written to a file
};

/// Whether something has failed in the call.
constexpr bool struck(std::uint8_t hit) { return (hit & ~(synced | written)) != 0; }

/// The fault of one call, and how far it has come.
struct Armed {
  explicit Armed(const plan::Fault& of_call) : fault(of_call) {}

  plan::Fault fault;
  std::uint32_t count = 0;  ///< operations so far that could have failed like that
  std::uint8_t hit = 0;     ///< bits of Hit
  std::uint32_t syncs = 0;  ///< that the process had made when it was armed
};

bool can_refuse_memory();
bool can_fail_files();

/// From here on operations of this thread count against `armed` (nullptr: against nothing). Gives what was armed before,
/// so that a call made inside a status callback has its own fault, and the outer call's does not count meanwhile.
Armed* arm(Armed* armed);

/// What the process has, as far as it was asked for since a fault was first armed in it.
struct Holdings {
  std::uint32_t blocks = 0;       ///< of memory; always 0 where a sanitizer has the allocation functions
  std::uint32_t descriptors = 0;  ///< the lowest that is free
};
Holdings holdings();

/// From here on all that this process changes in files is noted down, so that a fault can cut the power: then `told` is
/// called, the files become what a power cut would have left of them, and the process ends.
void expect_power_cut(void (*told)());

}  // namespace esentcheck::subject::faults
