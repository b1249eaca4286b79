// What the interposed entry points share. A thread that is not simulated goes straight on to the function behind.
#pragma once

#include <pthread.h>

#include "harness/simulation/scheduler.hpp"
#include "harness/subject/faults/next.hpp"

namespace esentcheck::simulation {

using subject::faults::Next;

inline constinit Next<long(long, ...)> next_syscall{"syscall"};

}  // namespace esentcheck::simulation

// AddressSanitizer has to know each thread's stack: threads are started and joined through its own functions where it is
// there, which the linker would otherwise let ours replace.
// NOLINTBEGIN(readability-identifier-naming): the sanitizer's names
extern "C" [[gnu::weak]] int __interceptor_pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);
extern "C" [[gnu::weak]] int __interceptor_pthread_join(pthread_t, void**);
// NOLINTEND(readability-identifier-naming)

namespace esentcheck::simulation {

inline const auto sanitizers_create = &__interceptor_pthread_create;
inline const auto sanitizers_join = &__interceptor_pthread_join;

}  // namespace esentcheck::simulation
