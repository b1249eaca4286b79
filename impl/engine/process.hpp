// What session calls need to know of the process without a lock.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/handle.hpp"
#include "esent.h"

namespace esent {

// The one instance of single-instance mode; 0 in the other modes. Written under the registry's mutex.
extern std::atomic<JET_INSTANCE> single_instance;
// How many instances are initialised, those that are terminating included.
extern std::atomic<std::uint32_t> initialised_instances;

// Zero and nil stand for the one instance in single-instance mode.
inline JET_INSTANCE meant_instance(JET_INSTANCE instance) noexcept {
  return names_nothing(instance) ? single_instance.load() : instance;
}

// What a session handle that names no session gives. jetendsession-function has both codes: with no instance
// initialised any more there cannot be a session at all.
inline JET_ERR bad_session(JET_SESID sesid) noexcept {
  if (names_nothing(sesid) || initialised_instances.load() != 0) return JET_errInvalidSesid;
  return JET_errNotInitialized;
}

}  // namespace esent
