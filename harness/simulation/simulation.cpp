#include "harness/simulation/simulation.hpp"

#include "harness/simulation/scheduler.hpp"

namespace esentcheck::simulation {
namespace {

Thread* number_0 = nullptr;

struct Actor {
  const std::function<void(std::size_t)>* run;
  std::size_t index;
};

void* run_actor(void* argument) {
  const Actor& actor = *static_cast<const Actor*>(argument);
  (*actor.run)(actor.index);
  return nullptr;
}

}  // namespace

bool is_here() { return true; }

void begin(void (*stuck)()) { scheduler.begin(number_0, stuck); }

Inside::Inside() { here = number_0; }
Inside::~Inside() { here = nullptr; }

void race(const Order& order, Record& record, std::size_t actors, const std::function<void(std::size_t)>& run) {
  // Those who never come to an end keep using it.
  auto* all = new std::array<Actor, most_threads>;
  for (std::size_t i = 0; i < actors; ++i) {
    (*all)[i] = {&run, i};
    pthread_t thread;
    if (start_thread(&thread, nullptr, &run_actor, &(*all)[i], true) == 0) pthread_detach(thread);
  }
  scheduler.race(*number_0, order, record);
}

void pause() {
  scheduler.made_progress();
  scheduler.point(*here);
}

}  // namespace esentcheck::simulation
