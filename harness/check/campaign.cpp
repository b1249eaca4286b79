#include "harness/check/campaign.hpp"

#include <algorithm>
#include <array>

namespace esentcheck::check {
namespace {

using generate::Action;
using generate::Shape;

/// How much more often an action is taken all of whose combinations are rare.
constexpr std::uint32_t most_pull = 4;

/// What is known of the functions that each action calls.
std::array<Frequency::Knowledge, generate::action_count> by_action(const Frequency& frequency) {
  std::array<Frequency::Knowledge, generate::action_count> known{};
  for (const spec::FunctionRow& row : spec::functions()) {
    const std::optional<Action> action = generate::action_of(row.function);
    if (!action) continue;
    Frequency::Knowledge& sum = known[static_cast<std::size_t>(*action)];
    sum.met += frequency.of(row.function).met;
    sum.rare += frequency.of(row.function).rare;
  }
  return known;
}

/// An action whose functions keep meeting new things is taken more often. What the shape leaves out stays out.
void steer(Shape& shape, const Frequency& frequency) {
  const auto known = by_action(frequency);
  for (std::size_t i = 0; i < generate::action_count; ++i) {
    const auto& [met, rare] = known[i];
    const std::uint32_t pull = met == 0 ? most_pull : 1 + (most_pull - 1) * rare / met;
    shape.weights[i] = static_cast<std::uint8_t>(std::min<std::uint32_t>(shape.weights[i] * pull, 255));
  }
}

}  // namespace

Campaign::Campaign(subject::Subject& subject, const model::Profile& profile, std::uint64_t seed, std::size_t count,
                   bool steered)
    : subject_(subject), profile_(profile), steered_(steered) {
  const subject::Capabilities& has = subject.describe().capabilities;
  shapes_ = generate::shapes(seed, count, has.memory_faults, has.threads, has.file_faults);
  // What a handle that denotes nothing does is defined only where it is diagnosed.
  if (has.validates_handles) return;
  for (Shape& shape : shapes_) shape.bad_arguments = 0;
}

Sequence Campaign::next() {
  Shape& shape = shapes_[next_++];
  if (steered_) steer(shape, frequency_);
  return run_sequence(subject_, shape, profile_, habits_, &frequency_);
}

}  // namespace esentcheck::check
