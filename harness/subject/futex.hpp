// Waiting on a 32-bit word, also across processes: std::atomic::wait may not be used on shared memory, since the
// standard library is free to keep its waiters in tables of its own process.
#pragma once

#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <ctime>

namespace esentcheck::subject {

using FutexWord = std::atomic<std::uint32_t>;
static_assert(sizeof(FutexWord) == 4 && FutexWord::is_always_lock_free);

inline void wake(FutexWord& word) { syscall(SYS_futex, &word, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0); }

/// Returns when the word no longer holds `old`, when woken, or after `limit`, whichever comes first; look again.
inline void sleep_while(FutexWord& word, std::uint32_t old, std::chrono::nanoseconds limit) {
  const timespec relative{static_cast<time_t>(limit.count() / 1'000'000'000),
                          static_cast<long>(limit.count() % 1'000'000'000)};
  syscall(SYS_futex, &word, FUTEX_WAIT, old, &relative, nullptr, 0);
}

inline bool has_several_processors() {
  static const bool several = [] {
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 && CPU_COUNT(&set) > 1;
  }();
  return several;
}

/// Spins for a moment, for answers that are about to come: a sleep and a wake-up cost several microseconds each. With
/// one processor the answer cannot come while we spin. False: it did not come.
inline bool spin_while(const FutexWord& word, std::uint32_t old) {
  if (!has_several_processors()) return word.load(std::memory_order_acquire) != old;
  const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(20);
  do {
    for (int i = 0; i < 64; ++i) {
      if (word.load(std::memory_order_acquire) != old) return true;
#if defined(__x86_64__) || defined(__i386__)
      __builtin_ia32_pause();
#endif
    }
  } while (std::chrono::steady_clock::now() < end);
  return false;
}

/// Waits until the word no longer holds `old`; gives what it holds then.
inline std::uint32_t wait_while(FutexWord& word, std::uint32_t old) {
  if (!spin_while(word, old)) {
    while (word.load(std::memory_order_acquire) == old) sleep_while(word, old, std::chrono::seconds(10));
  }
  return word.load(std::memory_order_acquire);
}

}  // namespace esentcheck::subject
