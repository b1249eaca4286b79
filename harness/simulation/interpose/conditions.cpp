// Condition variables: waiting and waking are the scheduler's, the real ones are never touched.
#include <dlfcn.h>
#include <pthread.h>

#include <atomic>
#include <cerrno>

#include "harness/simulation/interpose/clock.hpp"
#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {

void unlock_for_a_while(pthread_mutex_t*);

namespace {

constinit Next<int(pthread_cond_t*, pthread_mutex_t*)> next_wait{"pthread_cond_wait"};
constinit Next<int(pthread_cond_t*, pthread_mutex_t*, const timespec*)> next_timedwait{"pthread_cond_timedwait"};
constinit Next<int(pthread_cond_t*, pthread_mutex_t*, clockid_t, const timespec*)> next_clockwait{
    "pthread_cond_clockwait"};
constinit Next<int(pthread_cond_t*)> next_signal{"pthread_cond_signal"};
constinit Next<int(pthread_cond_t*)> next_broadcast{"pthread_cond_broadcast"};

int wait_for(pthread_cond_t* condition, pthread_mutex_t* mutex, Nanoseconds deadline = never) {
  scheduler.point(*here);
  unlock_for_a_while(mutex);
  const bool woken = scheduler.wait(*here, Wait::condition, condition, deadline);
  pthread_mutex_lock(mutex);  // ours
  return woken ? 0 : ETIMEDOUT;
}

}  // namespace
}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

ESENTCHECK_INTERPOSE int pthread_cond_wait(pthread_cond_t* condition, pthread_mutex_t* mutex) {
  return here == nullptr ? next_wait.get()(condition, mutex) : wait_for(condition, mutex);
}
ESENTCHECK_INTERPOSE int pthread_cond_timedwait(pthread_cond_t* condition, pthread_mutex_t* mutex,
                                                const timespec* until) {
  return here == nullptr ? next_timedwait.get()(condition, mutex, until)
                         : wait_for(condition, mutex, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_cond_clockwait(pthread_cond_t* condition, pthread_mutex_t* mutex, clockid_t clock,
                                                const timespec* until) {
  return here == nullptr ? next_clockwait.get()(condition, mutex, clock, until)
                         : wait_for(condition, mutex, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int pthread_cond_signal(pthread_cond_t* condition) noexcept {
  if (here == nullptr) return next_signal.get()(condition);
  scheduler.wake(condition, 1);
  scheduler.point(*here);
  return 0;
}
ESENTCHECK_INTERPOSE int pthread_cond_broadcast(pthread_cond_t* condition) noexcept {
  if (here == nullptr) return next_broadcast.get()(condition);
  scheduler.wake(condition);
  scheduler.point(*here);
  return 0;
}
