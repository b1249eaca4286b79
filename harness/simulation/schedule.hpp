// What a simulated race is told, and what it tells: which thread goes on at each decision. Plain values, which travel
// between the harness and the subject's process as they are.
//
// A decision is a point at which more than one thread could go on. The steady schedule lets the running thread go on until
// it waits or yields, and then the next one, going round: so a schedule is spelled by where it departs from that one, which is short to read, easy
// to shrink, and the same whatever strategy found it.
#pragma once

#include <array>
#include <cstdint>

namespace esentcheck::simulation {

/// 0 is the thread that the subject's process began with, then come the actors of the harness, then the threads that the
/// subject starts, each in the order in which they are started.
using ThreadNumber = std::uint8_t;
inline constexpr ThreadNumber first_actor = 1;
inline constexpr ThreadNumber first_of_subject = 16;
inline constexpr std::size_t most_actors = first_of_subject - first_actor;
inline constexpr std::size_t most_threads = 64;
inline constexpr ThreadNumber no_thread = 0xff;

enum class Strategy : std::uint8_t {
  steady,       ///< nothing but the switches that are given
  random_walk,  ///< any thread that can go on, all with the same chance
  priorities,   ///< PCT: the highest of random priorities, lowered at `depth` random decisions
  round_robin,  ///< another thread at each decision
  at_large,     ///< no order of ours: the threads are the machine's own; only where nothing is simulated
};

/// At this decision (from 0) that thread goes on. One that cannot is left out.
struct Switch {
  std::uint32_t decision = 0;
  ThreadNumber thread = 0;

  friend bool operator==(const Switch&, const Switch&) = default;
};

struct Order {
  static constexpr std::size_t most_switches = 16384;

  Strategy strategy = Strategy::steady;
  bool accesses = false;                  ///< plain accesses of instrumented code are points, too
  std::uint8_t rarely = 0;                ///< a random walk looks around at one decision of 2 to this power
  std::uint8_t depth = 3;                 ///< of priorities
  std::uint32_t expected_decisions = 64;  ///< among which priorities are lowered
  std::uint64_t seed = 0;
  std::uint32_t switch_count = 0;
  std::array<Switch, most_switches> switches{};  ///< in the order of their decisions
};

struct Decision {
  std::uint64_t could_go_on = 0;  ///< a bit for each thread
  ThreadNumber steady = 0;        ///< the one that the steady schedule would have taken
  ThreadNumber taken = 0;
  /// The thread that had the turn waits or has ended; otherwise to take another one than the steady is a preemption.
  bool is_free = true;
};

enum class RaceEnd : std::uint8_t {
  finished,     ///< every actor has come to its end
  stuck,        ///< some actor waits, and nobody is left who could end its waiting
  no_progress,  ///< threads go on and on, and no actor comes to its end
};

/// What a thread waits for.
enum class Wait : std::uint8_t {
  nothing,
  mutex,
  read_lock,
  write_lock,
  condition,
  thread_end,
  once,
  barrier,
  semaphore,
  futex,
  time,
  race
};

enum class Misuse : std::uint8_t {
  none,
  unlock_of_another,  ///< a mutex was unlocked by a thread that does not hold it
  destroyed_held,     ///< a lock was destroyed while somebody held it
};

struct Record {
  static constexpr std::size_t most_decisions = Order::most_switches;

  RaceEnd end = RaceEnd::finished;
  Misuse misuse = Misuse::none;
  ThreadNumber misuser = 0;
  std::uint32_t decisions = 0;                       ///< that were taken; those beyond the array are not told
  std::array<Wait, most_threads> waits{};            ///< of each thread, at the end
  std::array<ThreadNumber, most_threads> holders{};  ///< who holds the mutex that it waits for; no_thread: not known
  std::array<Decision, most_decisions> taken{};
};

/// Makes every value one that there is: a record comes out of memory that the subject could have written to.
void mistrust(Record&);

}  // namespace esentcheck::simulation
