// What simulation.hpp means in a program without esentcheck_simulation. Weak, so that its object files win where they are
// linked, in whatever order.
#include "harness/simulation/simulation.hpp"

namespace esentcheck::simulation {

[[gnu::weak]] bool is_here() { return false; }
[[gnu::weak]] void begin(void (*)()) {}
// NOLINTBEGIN(modernize-use-equals-default): a default one could not be weak
[[gnu::weak]] Inside::Inside() {}
[[gnu::weak]] Inside::~Inside() {}
// NOLINTEND(modernize-use-equals-default)
[[gnu::weak]] void race(const Order&, Record&, std::size_t, const std::function<void(std::size_t)>&) {}
[[gnu::weak]] void pause() {}

}  // namespace esentcheck::simulation
