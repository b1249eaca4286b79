// What can go wrong, and right, between threads: one behaviour for each function.
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>
#include <thread>

#include "jet.h"

namespace {

std::mutex counting;
int count = 0;

std::mutex first, second;

std::mutex waiting;
std::condition_variable woken;

std::atomic<int> word;

std::once_flag once;
pthread_barrier_t barrier;
sem_t semaphore;
std::timed_mutex timed;

}  // namespace

// Counts calls, and loses some: it looks and writes in two critical sections.
EXPORT JET_ERR JetStopService() {
  std::unique_lock lock(counting);
  const int seen = count;
  lock.unlock();
  lock.lock();
  count = seen + 1;
  return count;
}

// Two locks, taken in different orders.
EXPORT JET_ERR JetTerm(JET_INSTANCE) {
  const std::lock_guard one(first);
  const std::lock_guard two(second);
  return 0;
}
EXPORT JET_ERR JetStopServiceInstance(JET_INSTANCE) {
  const std::lock_guard two(second);
  const std::lock_guard one(first);
  return 0;
}

// A wake-up that comes before the waiting is lost.
EXPORT JET_ERR JetBeginTransaction(JET_SESID) {
  std::unique_lock lock(waiting);
  woken.wait(lock);
  return 0;
}
EXPORT JET_ERR JetRollback(JET_SESID, JET_GRBIT) {
  woken.notify_all();
  return 0;
}

// An hour, and how many seconds have passed.
EXPORT JET_ERR JetIdle(JET_SESID, JET_GRBIT) {
  const auto begin = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(std::chrono::hours(1));
  std::unique_lock lock(waiting);
  woken.wait_for(lock, std::chrono::seconds(20));
  return static_cast<JET_ERR>(
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count());
}

// A thread of its own, a futex underneath an atomic, a local static that two initialise, a read-write lock.
EXPORT JET_ERR JetGetVersion(JET_SESID, uint32_t* version) {
  static const int made = [] {
    std::this_thread::yield();
    return 1;
  }();
  static std::shared_mutex lock;
  std::thread other([] {
    const std::lock_guard writing(lock);
    ++word;
    word.notify_all();
  });
  word.wait(0);
  other.join();
  const std::shared_lock reading(lock);
  *version = static_cast<uint32_t>(made);
  return word.load();
}

// For two. 1: whoever leaves the barrier last keeps a lock for two seconds, and the other does not get it within one of them.
EXPORT JET_ERR JetStopBackup() {
  std::call_once(once, [] {
    pthread_barrier_init(&barrier, nullptr, 2);
    sched_yield();
    sem_init(&semaphore, 0, 0);
  });
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) {
    const std::lock_guard lock(timed);
    sem_post(&semaphore);
    std::this_thread::sleep_for(std::chrono::seconds(2));
    return 1;
  }
  sem_wait(&semaphore);
  if (timed.try_lock_for(std::chrono::seconds(1))) return 0;
  const std::lock_guard lock(timed);
  return 1;
}

// Destroys a lock that it holds.
EXPORT JET_ERR JetStopBackupInstance(JET_INSTANCE) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&mutex);
  pthread_mutex_destroy(&mutex);
  return 0;
}

// Goes on and on.
EXPORT JET_ERR JetCommitTransaction(JET_SESID, JET_GRBIT) {
  for (;;) sched_yield();
}

// Unlocks what it did not lock.
EXPORT JET_ERR JetSetSessionContext(JET_SESID, JET_API_PTR) {
  counting.lock();
  sched_yield();
  counting.unlock();
  return 0;
}
EXPORT JET_ERR JetResetSessionContext(JET_SESID) {
  counting.unlock();
  return 0;
}
