#include "harness/trace/candidate.hpp"

#include <algorithm>
#include <utility>

namespace esentcheck::trace {
namespace {

bool same_words(const Candidate& a, const Candidate& b) {
  for (std::uint32_t i = 0; i < a.world.instances.size(); ++i)
    if (a.bindings.word_of(model::InstanceId{i}) != b.bindings.word_of(model::InstanceId{i})) return false;
  for (std::uint32_t i = 0; i < a.world.sessions.size(); ++i)
    if (a.world.sessions[i].live && a.bindings.word_of(model::SessionId{i}) != b.bindings.word_of(model::SessionId{i}))
      return false;
  return true;
}

bool same_pending(const Pending& a, const Pending& b) {
  return a.line == b.line && a.stage == b.stage && a.session == b.session &&
         a.call.arguments[0].handle == b.call.arguments[0].handle;
}

}  // namespace

bool same(const Candidate& a, const Candidate& b) {
  return std::ranges::equal(a.pending, b.pending, same_pending) && a.world == b.world && same_words(a, b);
}

void add(std::vector<Candidate>& candidates, Candidate&& candidate) {
  if (std::ranges::none_of(candidates, [&](const Candidate& known) { return same(known, candidate); }))
    candidates.push_back(std::move(candidate));
}

}  // namespace esentcheck::trace
