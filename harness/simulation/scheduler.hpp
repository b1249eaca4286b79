// Who goes on. Everything here is touched only by the thread that has the turn, so nothing needs a lock of its own; what is
// written before a turn is passed on is seen after it.
//
// Runs inside the subject's calls: nothing may allocate, throw or call what is interposed.
#pragma once

#include <pthread.h>
#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <limits>

#include "harness/simulation/schedule.hpp"

namespace esentcheck::simulation {

using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds never = std::numeric_limits<Nanoseconds>::max();

struct Thread {
  enum class State : std::uint8_t { unused, ready, waiting, finished };

  ThreadNumber number = 0;
  State state = State::unused;
  bool is_actor = false;
  bool timed_out = false;
  Wait wait = Wait::nothing;
  const void* object = nullptr;  ///< that it waits for
  std::uint64_t ticket = 0;      ///< the lower, the longer it has waited
  Nanoseconds deadline = never;
  std::int64_t priority = 0;
  pid_t id = 0;  ///< the kernel's
  pthread_t handle{};
  void* (*routine)(void*) = nullptr;
  void* argument = nullptr;
  std::atomic<std::uint32_t> turn{0};
};

class Scheduler {
 public:
  void begin(Thread*& main, void (*stuck)());

  /// A slot for a thread that is about to be started; nullptr: there are too many.
  Thread* add(bool is_actor);
  /// The thread could not be started after all.
  void take_back(Thread&);
  /// By the new thread, before anything else: waits for its first turn.
  void enter(Thread&);
  /// By a thread that will do nothing more.
  void leave(Thread&);

  /// Somebody else may go on here.
  void point(Thread& me);
  /// The same at a plain access of instrumented code, where the order counts these.
  void access(Thread& me) {
    if (record_ != nullptr && order_->accesses) point(me);
  }
  /// Somebody else should go on here, if anybody can.
  void yield(Thread& me);
  /// Waits until woken, or until the deadline has come: then false.
  bool wait(Thread& me, Wait, const void* object, Nanoseconds deadline = never);
  /// Wakes those who have waited longest for the object, and says how many.
  std::uint32_t wake(const void* object, std::uint32_t most = std::numeric_limits<std::uint32_t>::max());

  Thread* thread_of(pthread_t handle);
  void misused(const Thread& by, Misuse);

  /// Time that has passed in the simulation. Looking at it takes a little, so that who looks again and again gets on.
  Nanoseconds now() { return now_ += 100; }

  /// A call has come to its end.
  void made_progress() { steps_ = idle_advances_ = 0; }

  /// Number 0 lets the actors run.
  void race(Thread& me, const Order&, Record&);

 private:
  Thread* choose(Thread* me, bool yields);
  Thread* decide(std::uint64_t ready, ThreadNumber steady, const Thread* me, bool is_free);
  ThreadNumber by_strategy(std::uint32_t decision, std::uint64_t ready, ThreadNumber steady, const Thread* me);
  ThreadNumber walk(std::uint64_t ready, ThreadNumber steady);
  ThreadNumber highest(std::uint32_t decision, std::uint64_t ready, const Thread* me);
  Thread* give_up(RaceEnd);
  std::uint64_t ready() const;
  bool advance_time();
  ThreadNumber steady_choice(std::uint64_t ready, const Thread* me) const;
  void begin_priorities();
  void describe_waits();
  void pass(Thread* me, Thread* next);
  std::uint64_t random();

  Thread threads_[most_threads];
  ThreadNumber end_ = 0;  ///< behind the last one in use
  ThreadNumber next_actor_ = first_actor;
  ThreadNumber next_of_subject_ = first_of_subject;
  Nanoseconds now_ = 0;
  void (*stuck_)() = nullptr;
  std::uint64_t tickets_ = 0;

  // Of the race:
  const Order* order_ = nullptr;
  Record* record_ = nullptr;
  std::uint32_t next_switch_ = 0;
  std::uint64_t state_ = 0;
  std::uint64_t steps_ = 0;
  std::uint32_t actors_left_ = 0;
  std::uint32_t idle_advances_ = 0;
  std::int64_t lowest_priority_ = 0;
  std::uint32_t changes_[256] = {};
};

extern Scheduler scheduler;

/// The simulated thread that this one is, or nullptr.
extern constinit thread_local Thread* here;

/// Starts a simulated thread; number 0 and simulated threads do. As pthread_create.
int start_thread(pthread_t*, const pthread_attr_t*, void* (*routine)(void*), void* argument, bool is_actor);

/// Waiting and waking underneath everything that is interposed.
void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value);
void wake_up(std::atomic<std::uint32_t>& word);

}  // namespace esentcheck::simulation
