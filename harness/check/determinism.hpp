// Whether a subject does the same again in another process, under another address layout and environment. That it did is no
// proof; that it did not is one: nothing that it shows can then be shown again.
#pragma once

#include <cstdint>
#include <optional>

#include "harness/check/sequence.hpp"
#include "harness/generate/shape.hpp"

namespace esentcheck::check {

/// A generated sequence on both, step by step, up to the first one that was answered differently: its deviation says what
/// the other process answered. Handles count by the order in which they appear, not by their value.
std::optional<Sequence> diverging_sequence(subject::Subject&, subject::Subject& other, const generate::Shape&,
                                           const model::Profile&);

/// The same for a generated race under a few schedules, where decisions count as well: who could go on is part of a trace.
std::optional<Sequence> diverging_race(subject::Subject&, subject::Subject& other, std::uint64_t seed, std::uint64_t n,
                                       const model::Profile&);

}  // namespace esentcheck::check
