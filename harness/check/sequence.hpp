// A generated sequence on a subject: calls chosen from the model's state, each judged as soon as it is answered.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "harness/check/habits.hpp"
#include "harness/check/play.hpp"
#include "harness/generate/shape.hpp"
#include "harness/plan/plan.hpp"

namespace esentcheck::check {

struct Sequence {
  plan::Plan plan;  ///< with the steps that were performed
  std::vector<subject::Observation> seen;
  std::vector<subject::Span> spans;    ///< of a plan with a race
  std::optional<Deviation> deviation;  ///< of the last step
  std::vector<Hit> hits;
  std::optional<Diagnostic> problem;  ///< the subject could not be started
};

class Frequency;

/// `habits` are what is known of the subject, and what the next sequence on it starts from. The calls are counted where
/// `frequency` is not nullptr.
Sequence run_sequence(subject::Subject&, const generate::Shape&, const model::Profile&, Habits& habits,
                      Frequency* frequency = nullptr);
Sequence run_sequence(subject::Subject&, const generate::Shape&, const model::Profile&);

/// Performs a plan as it stands, without expectations, up to the first deviation.
Sequence run_plan(subject::Subject&, plan::Plan, const model::Profile&);

}  // namespace esentcheck::check
