// Calls that overlap, and whether some order of them explains what each answered: every call has its effect at one moment
// between its beginning and its end, or, where it takes time (JetInit, JetTerm, …), at two, and the model allows each answer
// at that moment. This is linearizability, with durations.
//
// An order is looked for only as far as the ends of calls demand (just in time), and no state is looked at twice. A call
// that never ended explains nothing and needs no explanation.
//
// Two things are right that one moment for each call would not explain: that a session is refused as in use while another
// call is inside it, and that a call gives the handle which an overlapping JetEndSession has made free. A third call that
// uses such a handle while both are under way may still be accused where it is innocent.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "harness/check/play.hpp"
#include "harness/check/referee.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::check {

/// At most so many calls.
inline constexpr std::size_t most_history = 256;

/// Calls as they were seen; all lists are of one length.
struct History {
  std::span<const plan::Step> steps;
  std::span<const subject::Observation> seen;
  std::span<const subject::Span> spans;
  std::string_view text;  ///< that observations refer to
};

struct Explanation {
  bool explained = false;
  bool undecided = false;  ///< given up: there are too many orders
  std::vector<Hit> hits;   ///< of the order that explains
  /// Where nothing explains: the call whose answer cannot be placed, in the longest part that has an explanation, what the
  /// model allowed it there in one order or another, and the calls placed before it in one of those orders.
  std::size_t culprit = 0;
  model::OutcomeSet allowed;
  std::vector<std::size_t> placed;
};

/// `before` is the referee of the calls before the first of them.
Explanation explain(const Referee& before, const History&);

}  // namespace esentcheck::check
