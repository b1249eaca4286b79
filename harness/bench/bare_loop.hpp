// The least that a randomised test of the toy can do: the yardstick.
#pragma once

#include <cstdint>

namespace esentcheck::bench {

/// Draws calls with good and bad handles, makes them on a ToyEngine, and compares each answer with a model written by hand
/// for just this. Gives the number of answers that were wrong.
std::uint64_t bare_loop(std::uint64_t seed, std::uint32_t calls);

}  // namespace esentcheck::bench
