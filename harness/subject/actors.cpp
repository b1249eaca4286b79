#include "harness/subject/actors.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <chrono>
#include <cstdio>
#include <string_view>

namespace esentcheck::subject {
namespace {

constexpr std::chrono::milliseconds between_looks{4};
constexpr int looks_without_a_switch = 6;  // about 20 ms in which the thread was not switched to
constexpr int looks_at_a_poller = 120;     // about half a second, of which it slept through most

struct Look {
  bool asleep = false;
  std::uint64_t switches = 0;
};

Look look_at(pid_t thread) {
  char path[64];
  std::snprintf(path, sizeof path, "/proc/self/task/%d/status", static_cast<int>(thread));
  char buffer[4096];
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t count = read(file, buffer, sizeof buffer);
  close(file);
  if (count <= 0) return {};

  const std::string_view status(buffer, static_cast<std::size_t>(count));
  const auto field = [&](std::string_view name) {
    const auto at = status.find(name);
    if (at == std::string_view::npos) return std::string_view();
    const std::string_view rest = status.substr(at + name.size());
    return rest.substr(rest.find_first_not_of(" \t"));
  };
  Look look;
  look.asleep = field("\nState:").starts_with('S');
  const std::string_view switches = field("\nvoluntary_ctxt_switches:");
  std::from_chars(switches.data(), switches.data() + switches.size(), look.switches);
  return look;
}

}  // namespace

Wait watch(FutexWord& state, pid_t thread) {
  constexpr auto running = static_cast<std::uint32_t>(Wait::running);
  int looks = 0;
  int asleep = 0;
  int unswitched = 0;
  Look before;
  while (unswitched < looks_without_a_switch) {
    if (looks == looks_at_a_poller) {
      if (asleep > looks / 2) break;
      looks = asleep = 0;
    }
    // Not always the same interval: a poller's timer and ours may go off together, so that it is never seen asleep.
    sleep_while(state, running, between_looks + std::chrono::microseconds(100 * (looks++ % 7)));
    if (state.load(std::memory_order_acquire) != running) return Wait::returned;
    const Look now = look_at(thread);
    asleep += now.asleep;
    unswitched = now.asleep && before.asleep && now.switches == before.switches ? unswitched + 1 : 0;
    before = now;
  }
  std::uint32_t expected = running;
  return state.compare_exchange_strong(expected, static_cast<std::uint32_t>(Wait::blocked)) ? Wait::blocked
                                                                                            : Wait::returned;
}

}  // namespace esentcheck::subject
