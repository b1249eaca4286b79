// The threads that make a plan's calls. Exactly one acts at a time: the one that has the turn. Whoever has it reads the
// next step and either performs it or passes the turn to the thread that the step names, so that a batch of one thread's
// calls never leaves that thread.
#pragma once

#include <sys/types.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <thread>

#include "harness/plan/plan.hpp"
#include "harness/subject/futex.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

struct Actor {
  explicit Actor(plan::Thread which) : index(which) {}

  const plan::Thread index;
  FutexWord turn{0};
  std::thread thread;                 ///< not of actor 0
  std::atomic<bool> retired{false};   ///< will perform no step any more
  std::atomic<bool> away{false};      ///< in a call that was declared blocked and has not returned
  std::optional<Observation> landed;  ///< of such a call that has returned and waits for its `finish`

  void pass_turn() {
    turn.store(1, std::memory_order_release);
    wake(turn);
  }
  void wait_turn() {
    wait_while(turn, 0);
    turn.store(0, std::memory_order_relaxed);
  }
};

/// How a call that is expected to block ended, for the thread that watches it.
enum class Wait : std::uint32_t { running, returned, blocked };

/// Waits until `state` is no longer `running`, or until the thread is seen to be waiting for something; then declares it
/// `blocked`, unless the call returns at that very moment.
///
/// A thread counts as waiting when the kernel says that it sleeps (state S; one that merely waits for a processor is R,
/// one that waits for a disk is D) and it has not been switched to once over several looks: a sleeper that somebody has
/// just woken up leaves S at once, however loaded the machine is. A library may also wait by sleeping and looking again;
/// one that is asleep at most looks for half a second counts as waiting, too.
Wait watch(FutexWord& state, pid_t thread);

}  // namespace esentcheck::subject
