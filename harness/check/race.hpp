// A plan with a race in it on a subject: what is before the race one call after the other, then its actors side by side as
// an order says, then what is behind it. What the race answered must have an explanation that what comes behind agrees with.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "harness/check/play.hpp"
#include "harness/check/referee.hpp"
#include "harness/check/sequence.hpp"
#include "harness/simulation/schedule.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::check {

struct Raced {
  std::optional<Diagnostic> problem;  ///< the subject could not be started
  std::optional<Deviation> deviation;
  std::vector<subject::Observation> seen;  ///< of each step of the plan
  std::vector<subject::Span> spans;        ///< of each step, behind one another where there is no race
  std::string text;                        ///< that observations refer to
  std::vector<Hit> hits;
  plan::Schedule schedule;                      ///< how it went
  std::vector<simulation::Decision> decisions;  ///< that were taken
  bool undecided = false;                       ///< too many orders to tell
};

Raced race_once(subject::Subject&, const plan::Plan&, const simulation::Order&, const model::Profile&);

/// The same, in the form of a sequence that has gone as it went.
Sequence run_race(subject::Subject&, const plan::Plan&, const simulation::Order&, const model::Profile&);

simulation::Order order_of(const plan::Schedule&);

/// Orders to look for trouble with: the plan's own schedule where it has one; otherwise of every kind, each with its seed.
class Orders {
 public:
  Orders(const plan::Plan&, std::uint64_t seed, std::size_t count);
  std::size_t size() const { return count_; }
  /// `decisions` is how many an earlier run of the plan has had.
  simulation::Order at(std::size_t, std::size_t decisions) const;

 private:
  const plan::Plan& plan_;
  std::uint64_t seed_;
  std::size_t count_;
};

}  // namespace esentcheck::check
