// A race as a scenario file: what is written is read as the same, and generated programs are ones that the format allows.
#include <set>

#include "harness/generate/race.hpp"
#include "harness/scenario/writer.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

scenario::Scenario scenario_with(plan::Plan plan) {
  scenario::Scenario scenario;
  scenario.claim = "a race";
  scenario.proves = {"JetDupSession/Success"};
  scenario.expectations.resize(plan.steps.size());
  for (scenario::Expectation& expectation : scenario.expectations) expectation.any = true;
  scenario.plan = std::move(plan);
  return scenario;
}

TEST(RaceScenario, IsReadAsItWasWritten) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    plan::Plan plan = generate::race(seed, seed % 2 == 0);
    if (seed % 3 == 0) plan.exhaustive = plan::Exhaustive{.preemptions = 2, .at_accesses = seed % 2 == 0};
    if (seed % 3 == 1)
      plan.schedule =
          plan::Schedule{.at_accesses = seed % 2 == 0,
                         .switches = {{3, simulation::first_actor}, {7, simulation::first_of_subject + 2}, {9, 0}}};
    const std::string text = scenario::write_scenario(scenario_with(plan));
    const plan::Plan read = scenario_of(text).plan;
    ASSERT_EQ(spelled(read), spelled(plan)) << text;
    for (std::size_t i = 0; i < plan.steps.size(); ++i) ASSERT_EQ(read.steps[i].racing, plan.steps[i].racing) << text;
    ASSERT_EQ(read.schedule, plan.schedule) << text;
    ASSERT_EQ(read.exhaustive.has_value(), plan.exhaustive.has_value()) << text;
    if (plan.exhaustive) {
      EXPECT_EQ(read.exhaustive->preemptions, 2u);
      EXPECT_EQ(read.exhaustive->at_accesses, plan.exhaustive->at_accesses);
    }
  }
}

TEST(RaceScenario, IsGeneratedForTwoToEightActorsAndAllThemes) {
  std::set<std::size_t> actors;
  std::set<spec::Function> called;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const plan::Plan plan = generate::race(seed, true);
    actors.insert(plan::actors_of(plan::racing_steps(plan)).size());
    for (const plan::Step& step : plan::racing_steps(plan)) called.insert(step.function);
  }
  EXPECT_EQ(actors, (std::set<std::size_t>{2, 3, 4, 5, 6, 7, 8}));
  using enum spec::Function;
  for (const spec::Function function :
       {JetBeginSession, JetDupSession, JetEndSession, JetBeginTransaction, JetCommitTransaction, JetRollback,
        JetSetSessionContext, JetResetSessionContext, JetTerm2, JetStopServiceInstance})
    EXPECT_TRUE(called.contains(function)) << spec::row(function).name;
}

TEST(RaceScenario, GivesAnEndedHandleOnlyToWhoDiagnosesIt) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const plan::Plan plan = generate::race(seed, false);
    std::set<std::uint64_t> ended;
    for (const plan::Step& step : plan::racing_steps(plan)) {
      EXPECT_NE(step.function, spec::Function::JetTerm2);
      EXPECT_FALSE(step.arguments[0].kind == plan::SymbolKind::value && ended.contains(step.arguments[0].number));
      if (step.function == spec::Function::JetEndSession) ended.insert(step.arguments[0].number);
    }
  }
}

}  // namespace
}  // namespace esentcheck::check
