// The other ways to wait for one another: semaphores, barriers, pthread_once, and the futexes underneath std::atomic's
// wait and the guards of local statics.
#include <linux/futex.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>

#include "harness/simulation/interpose/clock.hpp"
#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

constinit Next<int(sem_t*)> next_sem_wait{"sem_wait"};
constinit Next<int(sem_t*)> next_sem_trywait{"sem_trywait"};
constinit Next<int(sem_t*, const timespec*)> next_sem_timedwait{"sem_timedwait"};
constinit Next<int(sem_t*, clockid_t, const timespec*)> next_sem_clockwait{"sem_clockwait"};
constinit Next<int(sem_t*)> next_sem_post{"sem_post"};
constinit Next<int(pthread_once_t*, void (*)())> next_once{"pthread_once"};
constinit Next<int(pthread_barrier_t*, const pthread_barrierattr_t*, unsigned)> next_barrier_init{
    "pthread_barrier_init"};
constinit Next<int(pthread_barrier_t*)> next_barrier_wait{"pthread_barrier_wait"};
constinit Next<int(pthread_barrier_t*)> next_barrier_destroy{"pthread_barrier_destroy"};

int wait_for(sem_t* semaphore, Nanoseconds deadline = never) {
  scheduler.point(*here);
  while (next_sem_trywait.get()(semaphore) != 0) {
    if (errno != EAGAIN) return -1;
    if (scheduler.wait(*here, Wait::semaphore, semaphore, deadline)) continue;
    errno = ETIMEDOUT;
    return -1;
  }
  return 0;
}

/// A routine that runs underneath a pthread_once: the real one must not be entered, since who comes second would wait in
/// it for good.
struct Once {
  const pthread_once_t* control;
  Once* before;
};
Once* under_way = nullptr;

bool is_under_way(const pthread_once_t* control) {
  for (const Once* once = under_way; once != nullptr; once = once->before)
    if (once->control == control) return true;
  return false;
}

void take_out(Once& once) {
  Once** place = &under_way;
  while (*place != &once) place = &(*place)->before;
  *place = once.before;
}

constexpr int once_done = 2;  ///< as the C library marks it

int run_once(pthread_once_t* control, void (*routine)()) {
  scheduler.point(*here);
  while (is_under_way(control)) scheduler.wait(*here, Wait::once, control);
  if (*control == once_done) return 0;
  Once once{control, under_way};
  under_way = &once;
  routine();
  take_out(once);
  next_once.get()(control, [] {});
  scheduler.wake(control);
  return 0;
}

/// A barrier keeps its threshold to itself, so that it is noted when it is made.
struct Barrier {
  const pthread_barrier_t* address = nullptr;
  unsigned threshold = 0;
  unsigned arrived = 0;
};
Barrier barriers[64];

Barrier* barrier_at(const pthread_barrier_t* address) {
  for (Barrier& barrier : barriers)
    if (barrier.address == address) return &barrier;
  return nullptr;
}

int wait_for(Barrier& barrier) {
  scheduler.point(*here);
  if (++barrier.arrived == barrier.threshold) {
    barrier.arrived = 0;
    scheduler.wake(barrier.address);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  scheduler.wait(*here, Wait::barrier, barrier.address);
  return 0;
}

struct FutexCall {
  std::uint32_t* word;
  int operation;
  std::uint32_t value;
  const timespec* time;
};

long wait_for(const FutexCall& call, bool is_absolute) {
  scheduler.point(*here);
  if (__atomic_load_n(call.word, __ATOMIC_SEQ_CST) != call.value) {
    errno = EAGAIN;
    return -1;
  }
  Nanoseconds deadline = never;
  if (call.time != nullptr) deadline = is_absolute ? deadline_of(*call.time) : scheduler.now() + length_of(*call.time);
  if (scheduler.wait(*here, Wait::futex, call.word, deadline)) return 0;
  errno = ETIMEDOUT;
  return -1;
}

/// False: it is nothing that makes anybody wait or go on.
bool is_simulated(const FutexCall& call, long& result) {
  switch (call.operation & FUTEX_CMD_MASK) {
    case FUTEX_WAIT: result = wait_for(call, false); return true;
    case FUTEX_WAIT_BITSET: result = wait_for(call, true); return true;
    case FUTEX_WAKE:
    case FUTEX_WAKE_BITSET:
      result = static_cast<long>(scheduler.wake(call.word, call.value));
      scheduler.point(*here);
      return true;
    default: return false;
  }
}

}  // namespace
}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

ESENTCHECK_INTERPOSE int sem_wait(sem_t* semaphore) {
  return here == nullptr ? next_sem_wait.get()(semaphore) : wait_for(semaphore);
}
ESENTCHECK_INTERPOSE int sem_trywait(sem_t* semaphore) noexcept {
  if (here != nullptr) scheduler.point(*here);
  return next_sem_trywait.get()(semaphore);
}
ESENTCHECK_INTERPOSE int sem_timedwait(sem_t* semaphore, const timespec* until) {
  return here == nullptr ? next_sem_timedwait.get()(semaphore, until) : wait_for(semaphore, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int sem_clockwait(sem_t* semaphore, clockid_t clock, const timespec* until) {
  return here == nullptr ? next_sem_clockwait.get()(semaphore, clock, until) : wait_for(semaphore, deadline_of(*until));
}
ESENTCHECK_INTERPOSE int sem_post(sem_t* semaphore) noexcept {
  const int result = next_sem_post.get()(semaphore);
  if (here == nullptr) return result;
  scheduler.wake(semaphore, 1);
  scheduler.point(*here);
  return result;
}

ESENTCHECK_INTERPOSE int pthread_once(pthread_once_t* control, void (*routine)()) {
  return here == nullptr ? next_once.get()(control, routine) : run_once(control, routine);
}

ESENTCHECK_INTERPOSE int pthread_barrier_init(pthread_barrier_t* barrier, const pthread_barrierattr_t* attributes,
                                              unsigned threshold) noexcept {
  if (here != nullptr)
    if (Barrier* slot = barrier_at(nullptr); slot != nullptr) *slot = {barrier, threshold, 0};
  return next_barrier_init.get()(barrier, attributes, threshold);
}
ESENTCHECK_INTERPOSE int pthread_barrier_wait(pthread_barrier_t* barrier) noexcept {
  Barrier* known = here == nullptr ? nullptr : barrier_at(barrier);
  return known == nullptr ? next_barrier_wait.get()(barrier) : wait_for(*known);
}
ESENTCHECK_INTERPOSE int pthread_barrier_destroy(pthread_barrier_t* barrier) noexcept {
  if (here != nullptr)
    if (Barrier* known = barrier_at(barrier); known != nullptr) *known = {};
  return next_barrier_destroy.get()(barrier);
}

ESENTCHECK_INTERPOSE long syscall(long number, ...) noexcept {
  va_list list;
  va_start(list, number);
  long words[6];
  for (long& word : words) word = va_arg(list, long);
  va_end(list);
  long result = 0;
  if (here != nullptr && number == SYS_futex &&
      is_simulated({reinterpret_cast<std::uint32_t*>(words[0]), static_cast<int>(words[1]),
                    static_cast<std::uint32_t>(words[2]), reinterpret_cast<const timespec*>(words[3])},
                   result))
    return result;
  return next_syscall.get()(number, words[0], words[1], words[2], words[3], words[4], words[5]);
}
