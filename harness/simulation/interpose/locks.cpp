// Mutexes and read-write locks. The real ones are taken, by trying: only one thread runs at a time, so that a try tells
// whether the lock is free, in whatever way its kind and its attributes have it.
#include <pthread.h>

#include <cerrno>

#include "harness/simulation/interpose/clock.hpp"
#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

constinit Next<int(pthread_mutex_t*)> next_lock{"pthread_mutex_lock"};
constinit Next<int(pthread_mutex_t*)> next_trylock{"pthread_mutex_trylock"};
constinit Next<int(pthread_mutex_t*, const timespec*)> next_timedlock{"pthread_mutex_timedlock"};
constinit Next<int(pthread_mutex_t*, clockid_t, const timespec*)> next_clocklock{"pthread_mutex_clocklock"};
constinit Next<int(pthread_mutex_t*)> next_unlock{"pthread_mutex_unlock"};
constinit Next<int(pthread_mutex_t*)> next_destroy{"pthread_mutex_destroy"};

constinit Next<int(pthread_rwlock_t*)> next_rdlock{"pthread_rwlock_rdlock"};
constinit Next<int(pthread_rwlock_t*)> next_tryrdlock{"pthread_rwlock_tryrdlock"};
constinit Next<int(pthread_rwlock_t*, const timespec*)> next_timedrdlock{"pthread_rwlock_timedrdlock"};
constinit Next<int(pthread_rwlock_t*, clockid_t, const timespec*)> next_clockrdlock{"pthread_rwlock_clockrdlock"};
constinit Next<int(pthread_rwlock_t*)> next_wrlock{"pthread_rwlock_wrlock"};
constinit Next<int(pthread_rwlock_t*)> next_trywrlock{"pthread_rwlock_trywrlock"};
constinit Next<int(pthread_rwlock_t*, const timespec*)> next_timedwrlock{"pthread_rwlock_timedwrlock"};
constinit Next<int(pthread_rwlock_t*, clockid_t, const timespec*)> next_clockwrlock{"pthread_rwlock_clockwrlock"};
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

int lock_mutex(pthread_mutex_t* mutex) { return take(mutex, Wait::mutex, next_trylock); }
void unlock_for_a_while(pthread_mutex_t* mutex) {
  next_unlock.get()(mutex);
  scheduler.wake(mutex);
}

}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

ESENTCHECK_INTERPOSE int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  return here == nullptr ? next_lock.get()(mutex) : lock_mutex(mutex);
}
ESENTCHECK_INTERPOSE int pthread_mutex_trylock(pthread_mutex_t* mutex) noexcept {
  if (here != nullptr) scheduler.point(*here);
  return next_trylock.get()(mutex);
}
ESENTCHECK_INTERPOSE int pthread_mutex_timedlock(pthread_mutex_t* mutex, const timespec* until) noexcept {
  return here == nullptr ? next_timedlock.get()(mutex, until)
                         : take(mutex, Wait::mutex, next_trylock, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_mutex_clocklock(pthread_mutex_t* mutex, clockid_t clock,
                                                 const timespec* until) noexcept {
  return here == nullptr ? next_clocklock.get()(mutex, clock, until)
                         : take(mutex, Wait::mutex, next_trylock, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_mutex_unlock(pthread_mutex_t* mutex) noexcept {
  if (here == nullptr) return next_unlock.get()(mutex);
  look_for_misuse(mutex);
  return give(mutex, next_unlock);
}
ESENTCHECK_INTERPOSE int pthread_mutex_destroy(pthread_mutex_t* mutex) noexcept {
  if (here != nullptr && mutex->__data.__owner != 0) scheduler.misused(*here, Misuse::destroyed_held);
  return next_destroy.get()(mutex);
}

ESENTCHECK_INTERPOSE int pthread_rwlock_rdlock(pthread_rwlock_t* lock) noexcept {
  return here == nullptr ? next_rdlock.get()(lock) : take(lock, Wait::read_lock, next_tryrdlock);
}
ESENTCHECK_INTERPOSE int pthread_rwlock_tryrdlock(pthread_rwlock_t* lock) noexcept {
  if (here != nullptr) scheduler.point(*here);
  return next_tryrdlock.get()(lock);
}
ESENTCHECK_INTERPOSE int pthread_rwlock_timedrdlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  return here == nullptr ? next_timedrdlock.get()(lock, until)
                         : take(lock, Wait::read_lock, next_tryrdlock, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_rwlock_clockrdlock(pthread_rwlock_t* lock, clockid_t clock,
                                                    const timespec* until) noexcept {
  return here == nullptr ? next_clockrdlock.get()(lock, clock, until)
                         : take(lock, Wait::read_lock, next_tryrdlock, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_rwlock_wrlock(pthread_rwlock_t* lock) noexcept {
  return here == nullptr ? next_wrlock.get()(lock) : take(lock, Wait::write_lock, next_trywrlock);
}
ESENTCHECK_INTERPOSE int pthread_rwlock_trywrlock(pthread_rwlock_t* lock) noexcept {
  if (here != nullptr) scheduler.point(*here);
  return next_trywrlock.get()(lock);
}
ESENTCHECK_INTERPOSE int pthread_rwlock_timedwrlock(pthread_rwlock_t* lock, const timespec* until) noexcept {
  return here == nullptr ? next_timedwrlock.get()(lock, until)
                         : take(lock, Wait::write_lock, next_trywrlock, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_rwlock_clockwrlock(pthread_rwlock_t* lock, clockid_t clock,
                                                    const timespec* until) noexcept {
  return here == nullptr ? next_clockwrlock.get()(lock, clock, until)
                         : take(lock, Wait::write_lock, next_trywrlock, deadline_of(*until));
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
ESENTCHECK_INTERPOSE int pthread_spin_unlock(pthread_spinlock_t* lock) noexcept {
  return here == nullptr ? next_spin_unlock.get()(lock) : give(lock, next_spin_unlock);
}
