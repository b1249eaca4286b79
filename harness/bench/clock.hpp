// What time costs are measured in: CPU time of this process and of the processes below it, and the wall's clock.
#pragma once

#include <chrono>
#include <ctime>
#include <map>

#include <sys/types.h>

namespace esentcheck::bench {

/// Seconds of CPU time that this process has used, all threads.
inline double own_cpu() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

inline double wall() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// CPU time of each process below this one that is alive.
std::map<pid_t, double> cpu_of_descendants();

/// What the processes that are alive `after` have used since `before`.
double used_between(const std::map<pid_t, double>& before, const std::map<pid_t, double>& after);

}  // namespace esentcheck::bench
