#include "harness/check/leaks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

/// The least that there was more each time, with this time.
std::uint32_t least(std::uint32_t more, std::uint32_t before, std::uint32_t now) {
  return std::min(more, now > before ? now - before : 0);
}

}  // namespace

std::optional<std::string> LeakWatch::watch(const plan::Step& step, const subject::Observation& seen) {
  const bool fails = subject::faults::struck(seen.faults_hit) && seen.code < 0;
  if (!fails || step_ != step || code_ != seen.code) {
    step_.reset();
    times_ = 0;
    if (!fails) return std::nullopt;
    step_ = step;
    code_ = seen.code;
  }
  ++times_;
  if (times_ <= settling) more_blocks_ = more_descriptors_ = std::numeric_limits<std::uint32_t>::max();
  if (times_ > settling) {
    more_blocks_ = least(more_blocks_, blocks_, seen.blocks);
    more_descriptors_ = least(more_descriptors_, descriptors_, seen.descriptors);
  }
  blocks_ = seen.blocks;
  descriptors_ = seen.descriptors;
  if (times_ < leak_repeats) return std::nullopt;
  if (more_descriptors_ != 0) return "it leaves a file open each time that it fails";
  if (more_blocks_ != 0)
    return fmt::format("it keeps {} of memory each time that it fails",
                       more_blocks_ == 1 ? "a block" : fmt::format("{} blocks", more_blocks_));
  return std::nullopt;
}

}  // namespace esentcheck::check
