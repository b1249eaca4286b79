// What a subject answers where the pages leave a choice. Subjects check in an order of their own, but always in the same:
// what one answered last to a call with the same things wrong is what it will most likely answer again.
//
// Only a guess: it decides how often foresight is surprised, never what is right.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/plan/plan.hpp"
#include "model/step.hpp"

namespace esentcheck::check {

class Habits {
 public:
  /// Where the answer to a call is noted: for just these clauses, and for any set of clauses that begins like it.
  struct Place {
    std::uint16_t exact = 0;  ///< 0: there is no choice
    std::uint16_t rough = 0;
  };

  Habits() : codes_(2 * spec::function_count * places + 1, unknown) {}

  static Place place_of(const plan::Step&, const model::OutcomeSet&);

  /// What the subject will most likely answer; what most subjects do where nothing is known of this one.
  const model::Outcome& guess(Place, const plan::Step&, const model::OutcomeSet&) const;

  void learn(Place place, std::int32_t code) {
    if (place.exact != 0) codes_[place.exact] = codes_[place.rough] = code;
  }

 private:
  static constexpr std::size_t places = 128;  // for each function
  static constexpr std::int32_t unknown = 1;  // No function returns it: the smallest warning is 1007.

  std::vector<std::int32_t> codes_;
};

}  // namespace esentcheck::check
