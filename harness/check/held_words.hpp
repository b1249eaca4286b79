// The words that a plan's variables hold, as the subject gave them out: enough to notice a word that two of them hold.
// What such a word denotes is not for a glance to say.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "harness/plan/plan.hpp"

namespace esentcheck::check {

/// As large as there are variables, however many words come and go.
class HeldWords {
 public:
  explicit HeldWords(std::size_t variables)
      : words_(variables),
        counts_(std::bit_ceil(16 * variables + 2)),
        shift_(65 - static_cast<int>(std::bit_width(counts_.size()))) {
    counts_[place_of(0)] = static_cast<std::uint32_t>(variables);
  }

  /// The variable holds that word from now on, if it is `given`. False: another one holds it as well.
  bool hold(plan::Variable variable, std::uint64_t word, bool given = true) {
    const std::uint64_t before = words_[variable];
    const std::uint64_t now = given ? word : before;
    --counts_[place_of(before)];
    words_[variable] = now;
    // Words that share a place are few: a word alone in its place needs no looking for.
    const bool alone = counts_[place_of(now)]++ == 0;
    return alone | !given || std::ranges::count(words_, now) == 1;
  }

 private:
  std::size_t place_of(std::uint64_t word) const { return (word * 0x9e3779b97f4a7c15) >> shift_; }

  std::vector<std::uint64_t> words_;   ///< by variable
  std::vector<std::uint32_t> counts_;  ///< of the words in each place; a power of two, far more than variables
  int shift_;
};

}  // namespace esentcheck::check
