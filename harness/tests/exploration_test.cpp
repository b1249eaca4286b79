// Every schedule, each once: against a race that is small enough to count.
#include "harness/check/exploration.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <set>
#include <string>

namespace esentcheck::check {
namespace {

using simulation::Decision;
using simulation::Order;
using simulation::ThreadNumber;

/// Threads that do nothing but go on, each through so many points and then its end; a decision wherever two could.
struct Toy {
  std::vector<int> points;

  /// The order in which the threads went on, and the decisions that led there.
  std::string run(const Order& order, std::vector<Decision>& decisions) const {
    std::vector<int> left = points;
    std::string went;
    std::size_t at = points.size();  // nobody has the turn yet
    std::uint32_t next = 0;
    for (;;) {
      std::uint64_t ready = 0;
      for (std::size_t i = 0; i < left.size(); ++i)
        if (left[i] > 0) ready |= std::uint64_t{1} << i;
      if (ready == 0) return went;
      const bool can_stay = at < left.size() && left[at] > 0;
      const auto steady = static_cast<ThreadNumber>(can_stay ? at : static_cast<std::size_t>(std::countr_zero(ready)));
      ThreadNumber taken = steady;
      if (!std::has_single_bit(ready)) {
        const auto decision = static_cast<std::uint32_t>(decisions.size());
        if (next < order.switch_count && order.switches[next].decision == decision)
          taken = order.switches[next++].thread;
        decisions.push_back({ready, steady, taken, !can_stay});
      }
      at = taken;
      --left[at];
      went += static_cast<char>('a' + at);
    }
  }
};

std::multiset<std::string> all(const Toy& toy, std::uint32_t preemptions) {
  Exploration exploration(preemptions, false);
  std::multiset<std::string> seen;
  while (const auto order = exploration.next()) {
    std::vector<Decision> decisions;
    seen.insert(toy.run(*order, decisions));
    exploration.took(decisions);
  }
  EXPECT_EQ(exploration.taken(), seen.size());
  return seen;
}

std::size_t count(const Toy& toy, std::uint32_t preemptions) {
  const std::multiset<std::string> seen = all(toy, preemptions);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), seen.size()) << "one was taken twice";
  return seen.size();
}

TEST(Exploration, WithEnoughPreemptionsTakesEveryInterleaving) {
  EXPECT_EQ(count({{2, 2}}, 9), 6u);      // 4 choose 2
  EXPECT_EQ(count({{3, 3}}, 9), 20u);     // 6 choose 3
  EXPECT_EQ(count({{2, 2, 2}}, 9), 90u);  // 6! / 2!^3
}

TEST(Exploration, WithoutPreemptionsTakesEveryOrderOfThreads) {
  EXPECT_EQ(all({{3, 3}}, 0), (std::multiset<std::string>{"aaabbb", "bbbaaa"}));
  EXPECT_EQ(count({{5, 5, 5}}, 0), 6u);
}

TEST(Exploration, WithOnePreemptionStopsOneThreadOnce) {
  EXPECT_EQ(all({{2, 2}}, 1), (std::multiset<std::string>{"aabb", "abba", "bbaa", "baab"}));
}

TEST(Exploration, OfASingleThreadIsOneSchedule) { EXPECT_EQ(count({{7}}, 3), 1u); }

}  // namespace
}  // namespace esentcheck::check
