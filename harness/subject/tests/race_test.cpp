// Races in a simulated process: who goes on is what the order says, each time.
#include <map>
#include <set>

#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

using simulation::Misuse;
using simulation::Order;
using simulation::RaceEnd;
using simulation::Strategy;
using simulation::Wait;

struct Race {
  std::vector<Observation> seen;
  RaceResult result;
};

class Races : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = open_subject(path_of("races"), Isolation::process,
                               {.time_limit = std::chrono::seconds(60), .host = {}, .output = {}, .probe = false});
    ASSERT_TRUE(opened) << opened.error().sentence();
    subject_ = std::move(*opened);
    if (!subject_->describe().capabilities.simulation) GTEST_SKIP() << "nothing is simulated under ThreadSanitizer";
  }

  Race run(const Builder& b, const Order& order) {
    Race race;
    race.seen.resize(b.plan.steps.size());
    if (const auto problem = subject_->start_simulated(b.plan)) throw std::runtime_error(problem->sentence());
    subject_->race({.plan = &b.plan, .steps = b.plan.steps, .observations = race.seen, .text = nullptr}, order,
                   race.result);
    return race;
  }

  static Order random(std::uint64_t seed) {
    Order order;
    order.strategy = Strategy::random_walk;
    order.seed = seed;
    return order;
  }

  /// The switches that lead a steady schedule to the same end.
  static Order again(const simulation::Record& record) {
    Order order;
    for (std::uint32_t i = 0; i < record.decisions; ++i)
      if (record.taken[i].taken != record.taken[i].steady)
        order.switches[order.switch_count++] = {i, record.taken[i].taken};
    return order;
  }

  std::unique_ptr<Subject> subject_;
};

Builder both(spec::Function one, spec::Function other) {
  Builder b;
  b.call_on("one", one);
  b.call_on("two", other);
  return b;
}

TEST_F(Races, TheSteadyScheduleRunsOneThreadAfterTheOther) {
  const Race race = run(both(JetStopService, JetStopService), {});
  EXPECT_EQ(race.result.end, End::returned);
  EXPECT_EQ(race.result.record.end, RaceEnd::finished);
  EXPECT_EQ(race.seen[0].code, 1);
  EXPECT_EQ(race.seen[1].code, 2);
  EXPECT_LT(race.result.spans[0].ended, race.result.spans[1].begun);
}

TEST_F(Races, SomeScheduleShowsALostUpdateAndTheSameSwitchesShowItAgain) {
  const Builder b = both(JetStopService, JetStopService);
  int lost = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Race race = run(b, random(seed));
    ASSERT_EQ(race.result.record.end, RaceEnd::finished);
    if (race.seen[0].code != race.seen[1].code) continue;
    ++lost;
    for (int i = 0; i < 3; ++i) {
      const Race replayed = run(b, again(race.result.record));
      EXPECT_EQ(replayed.seen[0].code, race.seen[0].code);
      EXPECT_EQ(replayed.seen[1].code, race.seen[1].code);
      EXPECT_EQ(replayed.result.record.decisions, race.result.record.decisions);
    }
  }
  EXPECT_GT(lost, 0);
  EXPECT_LT(lost, 40);
}

TEST_F(Races, OneSeedIsOneSchedule) {
  const Builder b = both(JetGetVersion, JetStopService);
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Race one = run(b, random(seed));
    const Race other = run(b, random(seed));
    ASSERT_EQ(one.result.record.decisions, other.result.record.decisions);
    for (std::uint32_t i = 0; i < one.result.record.decisions; ++i) {
      EXPECT_EQ(one.result.record.taken[i].taken, other.result.record.taken[i].taken);
      EXPECT_EQ(one.result.record.taken[i].could_go_on, other.result.record.taken[i].could_go_on);
    }
  }
}

TEST_F(Races, LocksTakenInTwoOrdersGetStuckAndTellWhoHoldsWhat) {
  const Builder b = both(JetTerm, JetStopServiceInstance);
  int stuck = 0;
  for (const Strategy strategy : {Strategy::random_walk, Strategy::priorities, Strategy::round_robin}) {
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Order order = random(seed);
      order.strategy = strategy;
      order.expected_decisions = 8;
      const Race race = run(b, order);
      if (race.result.record.end == RaceEnd::finished) continue;
      ++stuck;
      EXPECT_EQ(race.result.record.end, RaceEnd::stuck);
      EXPECT_EQ(race.result.record.waits[1], Wait::mutex);
      EXPECT_EQ(race.result.record.waits[2], Wait::mutex);
      EXPECT_EQ(race.result.record.holders[1], 2);
      EXPECT_EQ(race.result.record.holders[2], 1);
      EXPECT_EQ(race.result.spans[0].ended, 0u);
    }
  }
  EXPECT_GT(stuck, 0);
}

TEST_F(Races, ALostWakeUpGetsStuckAndATimelyOneDoesNot) {
  const Builder b = both(JetBeginTransaction, JetRollback);
  std::map<RaceEnd, int> ends;
  for (std::uint64_t seed = 0; seed < 20; ++seed) ++ends[run(b, random(seed)).result.record.end];
  EXPECT_GT(ends[RaceEnd::finished], 0);
  EXPECT_GT(ends[RaceEnd::stuck], 0);
}

TEST_F(Races, TimeIsVirtual) {
  Builder b = both(JetIdle, JetIdle);
  const Race race = run(b, random(1));
  EXPECT_EQ(race.seen[0].code, 3620);
  EXPECT_EQ(race.seen[1].code, 3620);
}

TEST_F(Races, ThreadsOfTheSubjectTakePart) {
  Builder b;
  for (const auto* actor : {"one", "two", "three"}) b.call_on(actor, JetGetVersion, {b.null(), b.address("v")});
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Race race = run(b, random(seed));
    ASSERT_EQ(race.result.record.end, RaceEnd::finished) << seed;
    std::set<int> codes;
    for (const Observation& seen : race.seen) codes.insert(seen.code);
    EXPECT_TRUE(codes.contains(3)) << "whoever came last saw all three";
  }
}

TEST_F(Races, GoingOnAndOnIsNoProgress) {
  const Race race = run(both(JetCommitTransaction, JetStopService), random(1));
  EXPECT_EQ(race.result.record.end, RaceEnd::no_progress);
  EXPECT_EQ(race.seen[1].code, 1);
  EXPECT_EQ(race.result.spans[0].ended, 0u);
}

TEST_F(Races, AnUnlockByAnotherThreadIsMisuse) {
  const Builder b = both(JetSetSessionContext, JetResetSessionContext);
  int misused = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed)
    misused += run(b, random(seed)).result.record.misuse == Misuse::unlock_of_another;
  EXPECT_GT(misused, 0);
}

TEST_F(Races, ALockThatIsDestroyedWhileItIsHeldIsMisuse) {
  EXPECT_EQ(run(both(JetStopBackupInstance, JetStopService), {}).result.record.misuse, Misuse::destroyed_held);
  EXPECT_EQ(run(both(JetStopService, JetStopService), {}).result.record.misuse, Misuse::none);
}

TEST_F(Races, TheOtherWaysToWaitAreSimulatedToo) {
  const Builder b = both(JetStopBackup, JetStopBackup);
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Race race = run(b, random(seed));
    ASSERT_EQ(race.result.record.end, RaceEnd::finished) << seed;
    EXPECT_EQ(race.seen[0].code, 1) << seed;
    EXPECT_EQ(race.seen[1].code, 1) << seed;
  }
  Builder alone;
  alone.call_on("one", JetStopBackup);
  const Race waits = run(alone, {});
  EXPECT_EQ(waits.result.record.end, RaceEnd::stuck);
  EXPECT_EQ(waits.result.record.waits[simulation::first_actor], Wait::barrier);
}

TEST_F(Races, CallsBeforeARaceRunOnTheFirstThread) {
  Builder before;
  before.call(JetStopService);
  before.call(JetGetVersion, {before.null(), before.address("v")});
  ASSERT_FALSE(subject_->start_simulated(before.plan));
  const Seen seen = perform(*subject_, before.plan);
  EXPECT_EQ(seen[0].code, 1);
  EXPECT_EQ(seen[1].code, 1);
  const Builder b = both(JetStopService, JetStopService);
  std::vector<Observation> raced(2);
  RaceResult result;
  subject_->race({.plan = &b.plan, .steps = b.plan.steps, .observations = raced, .text = nullptr}, {}, result);
  EXPECT_EQ(raced[0].code, 2);
  EXPECT_EQ(raced[1].code, 3);
  EXPECT_EQ(perform(*subject_, before.plan)[0].code, 4) << "and behind it";
}

}  // namespace
}  // namespace esentcheck::subject
