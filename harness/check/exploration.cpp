#include "harness/check/exploration.hpp"

#include <bit>

namespace esentcheck::check {

using simulation::Decision;
using simulation::Order;
using simulation::ThreadNumber;

bool Exploration::costs(const Choice& choice, ThreadNumber taken) const {
  return !choice.decision.is_free && taken != choice.decision.steady;
}

/// The next thread that has not been tried there and that the preemptions left allow. False: there is none.
bool Exploration::choose_otherwise(Choice& choice) const {
  for (std::uint64_t rest = choice.decision.could_go_on & ~choice.tried; rest != 0; rest &= rest - 1) {
    const auto thread = static_cast<ThreadNumber>(std::countr_zero(rest));
    choice.tried |= std::uint64_t{1} << thread;
    if (choice.preemptions + (costs(choice, thread) ? 1 : 0) > most_preemptions_) continue;
    choice.decision.taken = thread;
    return true;
  }
  return false;
}

std::optional<Order> Exploration::next() {
  if (taken_ > 0) {
    while (!path_.empty() && !choose_otherwise(path_.back())) path_.pop_back();
    if (path_.empty()) return std::nullopt;
  }
  Order order;
  order.accesses = at_accesses_;
  for (std::uint32_t i = 0; i < path_.size(); ++i)
    if (path_[i].decision.taken != path_[i].decision.steady)
      order.switches[order.switch_count++] = {i, path_[i].decision.taken};
  return order;
}

void Exploration::took(const std::vector<Decision>& decisions) {
  ++taken_;
  for (std::size_t i = path_.size(); i < decisions.size(); ++i) {
    Choice choice{decisions[i], std::uint64_t{1} << decisions[i].taken, 0};
    if (i > 0)
      choice.preemptions = path_[i - 1].preemptions + (costs(path_[i - 1], path_[i - 1].decision.taken) ? 1 : 0);
    path_.push_back(choice);
  }
}

}  // namespace esentcheck::check
