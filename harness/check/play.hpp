// Plays a scenario: takes each step to whoever answers, has the referee judge it, and looks whether it was what the
// scenario expects. The same loop rehearses a scenario on the model alone, before any subject is asked: that tells a
// wrong scenario from a wrong subject.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "harness/check/referee.hpp"
#include "harness/scenario/scenario.hpp"

namespace esentcheck::check {

enum class PlayStatus : std::uint8_t {
  shown,         ///< every step answered as expected
  other_answer,  ///< the model allows the answer, the scenario needs another: its claim was not shown
  deviates,      ///< the model does not allow the answer
  not_started,   ///< the subject could not be started
};

/// A step that was performed and what was seen. A swept step stands here once for each attempt.
struct Performed {
  plan::Step step;
  subject::Observation seen;
  std::string text;  ///< written to a buffer
};

/// A clause that explained an answer.
struct Hit {
  model::Function function{};
  const model::Clause* clause = nullptr;

  friend auto operator<=>(const Hit&, const Hit&) = default;
};

struct Play {
  PlayStatus status = PlayStatus::shown;
  std::optional<Deviation> deviation;  ///< with status deviates
  std::string detail;                  ///< one sentence, with every status but shown
  std::size_t step = 0;                ///< index in the plan of the step that ended it
  std::vector<Performed> performed;
  std::vector<subject::Span> spans;        ///< of each performed step, where the plan has a race …
  std::optional<plan::Schedule> schedule;  ///< … how it went, where it deviates …
  std::uint64_t schedules = 0;             ///< … under how many schedules it was played …
  bool all_schedules = true;               ///< … and whether none was left
  std::vector<Hit> hits;                   ///< without doubles, in a fixed order
};

/// Who answers. `text` takes what the call wrote to a buffer.
using Answer = std::function<subject::Observation(const plan::Step&, const Referee&, const scenario::Expectation&,
                                                  std::string& text)>;

Play play(const scenario::Scenario&, const model::Profile&, const Answer&);

/// Plays on a subject, in a fresh process. A race of which every schedule is wanted is left after so many.
Play play_on(subject::Subject&, const scenario::Scenario&, const model::Profile&,
             std::uint64_t most_schedules = std::numeric_limits<std::uint64_t>::max());

/// Plays on the model itself, which answers as the scenario expects wherever the profile allows it.
Play rehearse(const scenario::Scenario&, const model::Profile&);

bool expected_code(const scenario::Expectation&, std::int32_t code);

/// Most attempts of a sweep; a call that still allocates after so many is given up.
inline constexpr std::uint32_t most_attempts = 1000;

}  // namespace esentcheck::check
