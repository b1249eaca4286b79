// What a failing call keeps: made again and again, it must not hold more memory or more descriptors each time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::check {

/// So many of the same failing call in a row are needed to tell a leak from what is kept once, or grows now and then.
inline constexpr std::size_t leak_repeats = 8;

class LeakWatch {
 public:
  /// Shown each step in its turn. Says what is lost, once that is certain.
  std::optional<std::string> watch(const plan::Step&, const subject::Observation&);

 private:
  static constexpr std::size_t settling = 3;  ///< the first ones may keep something for good

  std::optional<plan::Step> step_;
  std::int32_t code_ = 0;
  std::size_t times_ = 0;
  std::uint32_t blocks_ = 0;
  std::uint32_t descriptors_ = 0;
  std::uint32_t more_blocks_ = 0;       ///< that each of them kept, at least
  std::uint32_t more_descriptors_ = 0;  ///< by which the lowest free one rose: by one, or over some that are in use
};

}  // namespace esentcheck::check
