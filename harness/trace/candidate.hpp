// One way in which the calls so far can be explained: the world that they have led to, which word denotes which of its
// objects, and the calls that have begun and not ended.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/bindings.hpp"
#include "harness/trace/trace.hpp"
#include "model/step.hpp"

namespace esentcheck::trace {

/// A call between its begin and its end. When it takes effect is not recorded: the judge tries each moment.
struct Pending {
  enum class Stage : std::uint8_t {
    waiting,  ///< it has not taken effect
    begun,    ///< the model has seen its begin event
    done,     ///< it has taken effect, and returns what it returned
  };

  const Line* line = nullptr;
  model::Call call;
  Stage stage = Stage::waiting;
  model::Handle session;  ///< that it is inside the engine with; zero: with none
};

struct Candidate {
  model::World world;
  check::Bindings bindings;
  std::vector<Pending> pending;
};

/// Whether two candidates will be alike in everything that follows.
bool same(const Candidate&, const Candidate&);

/// Adds it, unless it is there.
void add(std::vector<Candidate>&, Candidate&&);

}  // namespace esentcheck::trace
