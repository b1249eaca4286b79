// What tells profiles apart: that it really does, that nothing shorter does, and that a profile is not told from itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "harness/check/play.hpp"
#include "harness/explore/alphabet.hpp"
#include "harness/explore/apart.hpp"
#include "harness/scenario/reader.hpp"
#include "harness/scenario/writer.hpp"

namespace esentcheck::explore {
namespace {

using model::Profile;
using model::Reading;

const Profile documented{};
const Profile engine{.reading = Reading::engine};
const Profile engine_fast{.reading = Reading::engine_fast};

const Apart& to_depth(std::size_t depth) {
  static std::map<std::size_t, Apart> all;
  if (!all.contains(depth)) all[depth] = tell_apart(documented, engine, {.depth = depth});
  return all[depth];
}

const Apart& documented_from_engine() { return to_depth(4); }

spec::Function last_function(const Separation& separation) {
  return alphabet().plan.steps[separation.calls.back()].function;
}

TEST(Alphabet, CallsEveryFunctionOfTheSurface) {
  for (const spec::FunctionRow& row : spec::functions())
    EXPECT_EQ(std::ranges::any_of(alphabet().plan.steps,
                                  [&](const plan::Step& step) { return step.function == row.function; }),
              model::is_modelled(row.function))
        << row.name;
}

TEST(Apart, AProfileIsNotToldFromItself) {
  for (const Profile& profile : {documented, engine, engine_fast}) {
    const Apart apart = tell_apart(profile, profile, {.depth = 3});
    EXPECT_TRUE(apart.by_function.empty()) << model::name_of(profile.reading);
    EXPECT_EQ(apart.depth, 3u);
    EXPECT_GT(apart.states, 10u);
  }
}

TEST(Apart, EachSequenceIsRightForTheOneAndNotForTheOther) {
  EXPECT_GT(documented_from_engine().by_function.size(), 10u);
  for (const Separation& separation : documented_from_engine().by_function) {
    const scenario::Scenario scenario = as_scenario(separation, documented, engine);
    const check::Play right = check::rehearse(scenario, documented);
    EXPECT_EQ(right.status, check::PlayStatus::shown) << scenario.claim << ": " << right.detail;
    const check::Play wrong = check::rehearse(scenario, engine);
    EXPECT_NE(wrong.status, check::PlayStatus::shown) << scenario.claim;
    EXPECT_EQ(wrong.step, scenario.plan.steps.size() - 1) << scenario.claim << ": " << wrong.detail;
  }
}

TEST(Apart, NothingShorterThanTheShortestIsFound) {
  for (const Separation& separation : documented_from_engine().by_function) {
    if (separation.calls.size() < 2) continue;
    const Apart& shorter = to_depth(separation.calls.size() - 1);
    EXPECT_TRUE(std::ranges::none_of(shorter.by_function, [&](const Separation& other) {
      return last_function(other) == last_function(separation);
    })) << spec::row(last_function(separation)).name;
  }
}

TEST(Apart, TheLimitTellsThePagesFromTheEngine) {
  const auto& all = documented_from_engine().by_function;
  const auto found = std::ranges::find(all, spec::Function::JetBeginSession, last_function);
  ASSERT_NE(found, all.end());
  // Set a limit of one, start, begin, begin: the pages refuse the second session, the engine has 65 more.
  EXPECT_LE(found->calls.size(), 4u);
}

TEST(Apart, ReadingsOfTheEngineAndReleasesAreToldApart) {
  EXPECT_FALSE(tell_apart(engine, engine_fast, {.depth = 3}).by_function.empty());
  EXPECT_FALSE(tell_apart(documented, {.release = spec::Release::windows_2000}, {.depth = 4}).by_function.empty());
}

TEST(Apart, EachSequenceIsAScenarioThatCanBeRead) {
  const scenario::ClauseCheck clauses{.exists = [](std::string_view id) { return model::clause_named(id) != nullptr; },
                                      .nearest = {}};
  for (const Separation& separation : documented_from_engine().by_function) {
    const std::string text = scenario::write_scenario(as_scenario(separation, documented, engine));
    const auto read = scenario::read_scenarios_from(text, "written", clauses);
    EXPECT_TRUE(read) << read.error().sentence() << "\n" << text;
  }
}

}  // namespace
}  // namespace esentcheck::explore
