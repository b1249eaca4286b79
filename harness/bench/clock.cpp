#include "harness/bench/clock.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <system_error>

namespace esentcheck::bench {
namespace {

void add_children(pid_t parent, std::map<pid_t, double>& all) {
  std::error_code error;
  const std::filesystem::path threads = "/proc/" + std::to_string(parent) + "/task";
  for (const auto& thread : std::filesystem::directory_iterator(threads, error)) {
    std::ifstream children(thread.path() / "children");
    for (pid_t child = 0; children >> child;) {
      clockid_t clock{};
      timespec used{};
      if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &used) != 0) continue;
      all[child] = static_cast<double>(used.tv_sec) + 1e-9 * static_cast<double>(used.tv_nsec);
      add_children(child, all);
    }
  }
}

}  // namespace

std::map<pid_t, double> cpu_of_descendants() {
  std::map<pid_t, double> all;
  add_children(getpid(), all);
  return all;
}

double used_between(const std::map<pid_t, double>& before, const std::map<pid_t, double>& after) {
  double used = 0;
  for (const auto& [process, cpu] : after) {
    const auto earlier = before.find(process);
    used += earlier == before.end() ? cpu : cpu - earlier->second;
  }
  return used;
}

}  // namespace esentcheck::bench
