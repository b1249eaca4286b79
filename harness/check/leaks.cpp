#include "harness/check/leaks.hpp"

#include <fmt/format.h>

#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

/// How much more there is, where it is as much as each time before.
std::uint32_t steady(std::uint32_t more, std::uint32_t before, std::uint32_t now) {
  const std::uint32_t grown = now > before ? now - before : 0;
  return grown == more ? grown : 0;
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
  if (times_ == settling + 1) {
    more_blocks_ = seen.blocks > blocks_ ? seen.blocks - blocks_ : 0;
    more_descriptors_ = seen.descriptors > descriptors_ ? seen.descriptors - descriptors_ : 0;
  } else if (times_ > settling + 1) {
    more_blocks_ = steady(more_blocks_, blocks_, seen.blocks);
    more_descriptors_ = steady(more_descriptors_, descriptors_, seen.descriptors);
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
