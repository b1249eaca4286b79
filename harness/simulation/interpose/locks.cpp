// Mutexes and read-write locks. The real ones are taken, by trying: only one thread runs at a time, so that a try tells
// whether the lock is free, in whatever way its kind and its attributes have it.
#include <pthread.h>

#include <cerrno>

#include "harness/simulation/interpose/clock.hpp"
#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

constinit Next<int(pthread_mutex_t*)> next_unlock{"pthread_mutex_unlock"};
constinit Next<int(pthread_mutex_t*)> next_destroy{"pthread_mutex_destroy"};
constinit Next<int(pthread_rwlock_t*)> next_rwunlock{"pthread_rwlock_unlock"};
constinit Next<int(pthread_rwlock_t*)> next_rwdestroy{"pthread_rwlock_destroy"};
constinit Next<int(pthread_spinlock_t*)> next_spin_lock{"pthread_spin_lock"};
constinit Next<int(pthread_spinlock_t*)> next_spin_trylock{"pthread_spin_trylock"};
constinit Next<int(pthread_spinlock_t*)> next_spin_unlock{"pthread_spin_unlock"};

/// Tries until the lock is free or the deadline has come.
template <class Lock, class Try>
int take(Lock* lock, Wait kind, Try& attempt, Nanoseconds deadline = never) {
  scheduler.point(*here);
  for (;;) {
    const int result = attempt.get()(lock);
    if (result != EBUSY) return result;
    if (!scheduler.wait(*here, kind, const_cast<const void*>(static_cast<const volatile void*>(lock)), deadline))
      return ETIMEDOUT;
  }
}

template <class Lock, class Release>
int give(Lock* lock, Release& release) {
  const int result = release.get()(lock);
  scheduler.wake(const_cast<const void*>(static_cast<const volatile void*>(lock)));
  scheduler.point(*here);
  return result;
}

void look_for_misuse(const pthread_mutex_t* mutex) {
  if (mutex->__data.__owner != 0 && mutex->__data.__owner != here->id)
    scheduler.misused(*here, Misuse::unlock_of_another);
}

}  // namespace

void unlock_for_a_while(pthread_mutex_t* mutex) {
  next_unlock.get()(mutex);
  scheduler.wake(mutex);
}

}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

/// The four ways to take a lock. A moment says by itself of which clock it is.
// NOLINTBEGIN(bugprone-macro-parentheses): types and parts of names cannot stand in parentheses
#define ESENTCHECK_LOCK(type, prefix, name, kind)                                                             \
  namespace esentcheck::simulation {                                                                          \
  namespace {                                                                                                 \
  constinit Next<int(type*)> next_##name{#prefix #name};                                                      \
  constinit Next<int(type*)> next_try##name{#prefix "try" #name};                                             \
  constinit Next<int(type*, const timespec*)> next_timed##name{#prefix "timed" #name};                        \
  constinit Next<int(type*, clockid_t, const timespec*)> next_clock##name{#prefix "clock" #name};             \
  }                                                                                                           \
  }                                                                                                           \
  ESENTCHECK_INTERPOSE int prefix##name(type* lock) noexcept {                                                \
    return here == nullptr ? next_##name.get()(lock) : take(lock, kind, next_try##name);                      \
  }                                                                                                           \
  ESENTCHECK_INTERPOSE int prefix##try##name(type* lock) noexcept {                                           \
    if (here != nullptr) scheduler.point(*here);                                                              \
    return next_try##name.get()(lock);                                                                        \
  }                                                                                                           \
  ESENTCHECK_INTERPOSE int prefix##timed##name(type* lock, const timespec* until) noexcept {                  \
    return here == nullptr ? next_timed##name.get()(lock, until)                                              \
                           : take(lock, kind, next_try##name, deadline_of(*until));                           \
  }                                                                                                           \
  ESENTCHECK_INTERPOSE int prefix##clock##name(type* lock, clockid_t clock, const timespec* until) noexcept { \
    return here == nullptr ? next_clock##name.get()(lock, clock, until)                                       \
                           : take(lock, kind, next_try##name, deadline_of(*until));                           \
  }
// NOLINTEND(bugprone-macro-parentheses)

ESENTCHECK_LOCK(pthread_mutex_t, pthread_mutex_, lock, Wait::mutex)
ESENTCHECK_LOCK(pthread_rwlock_t, pthread_rwlock_, rdlock, Wait::read_lock)
ESENTCHECK_LOCK(pthread_rwlock_t, pthread_rwlock_, wrlock, Wait::write_lock)

ESENTCHECK_INTERPOSE int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  if (here == nullptr) return next_unlock.get()(mutex);
  look_for_misuse(mutex);
  return give(mutex, next_unlock);
}
ESENTCHECK_INTERPOSE int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
  if (here != nullptr && mutex->__data.__owner != 0) scheduler.misused(*here, Misuse::destroyed_held);
  return next_destroy.get()(mutex);
}

ESENTCHECK_INTERPOSE int pthread_rwlock_unlock(pthread_rwlock_t* lock) noexcept {
  return here == nullptr ? next_rwunlock.get()(lock) : give(lock, next_rwunlock);
}
ESENTCHECK_INTERPOSE int pthread_rwlock_destroy(pthread_rwlock_t* lock) noexcept {
  if (here != nullptr && (lock->__data.__cur_writer != 0 || lock->__data.__readers >> 3 != 0))
    scheduler.misused(*here, Misuse::destroyed_held);
  return next_rwdestroy.get()(lock);
}

ESENTCHECK_INTERPOSE int pthread_spin_lock(pthread_spinlock_t* lock) noexcept {
  return here == nullptr ? next_spin_lock.get()(lock) : take(lock, Wait::mutex, next_spin_trylock);
}
ESENTCHECK_INTERPOSE int pthread_spin_trylock(pthread_spinlock_t* lock) noexcept {
  if (here != nullptr) scheduler.point(*here);
  return next_spin_trylock.get()(lock);
}
ESENTCHECK_INTERPOSE int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
  return here == nullptr ? next_spin_unlock.get()(lock) : give(lock, next_spin_unlock);
}
