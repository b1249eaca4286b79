#include "harness/bench/bare_loop.hpp"

#include <algorithm>
#include <array>

#include "harness/bench/toy.hpp"
#include "harness/random.hpp"

namespace esentcheck::bench {
namespace {

/// The handles that should be alive, and the one that was ended last.
struct Model {
  std::array<std::uint64_t, ToyEngine::limit> live{};
  std::uint32_t count = 0;
  std::uint64_t ended = 0x5eed;

  bool knows(std::uint64_t handle) const {
    return std::find(live.begin(), live.begin() + count, handle) != live.begin() + count;
  }
};

}  // namespace

std::uint64_t bare_loop(std::uint64_t seed, std::uint32_t calls) {
  Random random(seed);
  ToyEngine engine;
  Model model;
  std::uint64_t wrong = 0;
  const auto bad_handle = [&] { return random.below(4) == 0 ? ~std::uint64_t{0} : model.ended; };
  for (std::uint32_t i = 0; i < calls; ++i) {
    const std::uint32_t action = random.below(3);
    const bool good_session = model.count > 0 && !random.chance(100);
    const std::uint32_t at = good_session ? random.below(model.count) : 0;
    if (action == 2) {
      const std::int32_t code = engine.end_session(good_session ? model.live[at] : bad_handle());
      wrong += code != (good_session ? ToyEngine::success : ToyEngine::invalid_sesid);
      if (!good_session) continue;
      model.ended = model.live[at];
      model.live[at] = model.live[--model.count];
      continue;
    }
    std::uint64_t made = 0;
    std::int32_t code = 0;
    std::int32_t expected = model.count == ToyEngine::limit ? ToyEngine::out_of_sessions : ToyEngine::success;
    if (action == 0) {
      const bool good = !random.chance(100);
      if (!good) expected = ToyEngine::invalid_parameter;
      code = engine.begin_session(good ? ToyEngine::instance_handle : bad_handle(), &made);
    } else {
      if (!good_session) expected = ToyEngine::invalid_sesid;
      code = engine.dup_session(good_session ? model.live[at] : bad_handle(), &made);
    }
    wrong += code != expected;
    if (expected == ToyEngine::success) {
      wrong += made == 0 || model.knows(made);
      model.live[model.count++] = made;
    } else {
      wrong += made != 0;
    }
  }
  return wrong;
}

}  // namespace esentcheck::bench
