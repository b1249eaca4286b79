#include <fcntl.h>
#include <unistd.h>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {

constinit thread_local Armed* armed_here = nullptr;
constinit thread_local bool looking_up = false;
constinit std::atomic<std::uint32_t> syncs_made{0};

namespace {

/// The draw for one operation, evenly spread over 0 to 99.
std::uint32_t percentile(const Armed& armed) {
  std::uint64_t hash = (std::uint64_t{armed.count} << 8 | armed.fault.draw) * 0x9e3779b97f4a7c15;
  hash = (hash ^ hash >> 32) * 0xd6e8feb86659fd93;
  return static_cast<std::uint32_t>((hash >> 32) * 100 >> 32);
}

}  // namespace

bool is_next(Armed& armed) {
  if (++armed.count < armed.fault.from) return false;
  switch (armed.fault.times) {
    case plan::Times::always: return true;
    case plan::Times::once: return armed.count == armed.fault.from;
    case plan::Times::by_chance: return percentile(armed) < armed.fault.chance;
  }
  return false;
}

bool can_refuse_memory() { return true; }
bool can_fail_files() { return true; }

Holdings holdings() {
  const int lowest = open("/", O_PATH | O_CLOEXEC);
  if (lowest >= 0) close(lowest);
  return {.blocks = blocks_held(), .descriptors = static_cast<std::uint32_t>(lowest)};
}

Armed* arm(Armed* armed) {
  Armed* before = armed_here;
  const std::uint32_t syncs = syncs_made.load(std::memory_order_relaxed);
  if (before != nullptr && before->syncs != syncs) before->hit |= synced;
  armed_here = armed;
  if (armed != nullptr) {
    armed->syncs = syncs;
    count_blocks();
  }
  return before;
}

}  // namespace esentcheck::subject::faults
