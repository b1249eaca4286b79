#include "harness/check/habits.hpp"

namespace esentcheck::check {

Habits::Place Habits::place_of(const plan::Step& step, const model::OutcomeSet& allowed) {
  const model::Clause* const first = model::clauses_of(step.function).data();
  std::uint64_t clauses = step.fault.any() ? 1 : 0;
  for (const model::Outcome& outcome : allowed.all()) clauses |= std::uint64_t{2} << (outcome.clause - first);
  const auto hash = [](std::uint64_t set) { return (set * 0x9e3779b97f4a7c15) >> 57; };
  static_assert(places == 1 << (64 - 57));
  const std::uint64_t beginning = clauses & (~clauses + 1);
  const std::size_t own = 1 + 2 * places * static_cast<std::size_t>(step.function);
  return {static_cast<std::uint16_t>(own + hash(clauses)), static_cast<std::uint16_t>(own + places + hash(beginning))};
}

const model::Outcome& Habits::guess(Place place, const plan::Step& step, const model::OutcomeSet& allowed) const {
  for (const std::uint16_t at : {place.exact, place.rough})
    if (const model::Outcome* usual = allowed.find(static_cast<model::Code>(codes_[at]))) return *usual;
  // Nothing learned yet: most subjects do the call; one with a failure planted in it mostly fails.
  const model::Outcome* success = step.fault.any() ? nullptr : allowed.find(model::Code::errSuccess);
  return success != nullptr ? *success : allowed.front();
}

}  // namespace esentcheck::check
