// The simulation as the host program uses it: threads that the subject starts, and actors of the harness, take turns as an
// order says; one runs at a time, and time is virtual.
//
// The entry points of the C library are replaced by the object library esentcheck_simulation, in programs that link it and
// export their symbols. Elsewhere is_here() is false, and nothing else may be called.
#pragma once

#include <functional>

#include "harness/simulation/schedule.hpp"

namespace esentcheck::simulation {

bool is_here();

/// From here on the process is a simulated one, and this thread its number 0. It must be the only one. `stuck` is called
/// where nobody can go on outside a race, by whoever finds that out, and must not return.
void begin(void (*stuck)());

/// While it lives, what this thread, number 0, does is the subject's doing: waiting lets others go on, starting a thread
/// starts a simulated one.
class Inside {
 public:
  Inside();
  ~Inside();
  Inside(const Inside&) = delete;
  Inside& operator=(const Inside&) = delete;
};

/// Runs the actors, threads of their own, until all have come to an end or none ever will; called by number 0. Where they
/// have not all, they stay behind for good, and the process is of no further use.
void race(const Order& order, Record& record, std::size_t actors, const std::function<void(std::size_t)>& run);

/// For an actor: a point between two calls, at which another thread may go on.
void pause();

}  // namespace esentcheck::simulation
