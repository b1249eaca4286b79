// What generated sequences are worth: that they meet the rare states, differ from one another, and repeat.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "harness/check/sequence.hpp"
#include "harness/generate/shape.hpp"
#include "harness/tests/model_subject.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using enum spec::Code;

bool ran_out_of_sessions(const Sequence& sequence) {
  return std::ranges::any_of(sequence.hits, [](const Hit& hit) { return hit.clause->code == errOutOfSessions; });
}

std::vector<generate::Shape> with_the_default_limit(std::uint64_t seed, std::size_t count) {
  std::vector<generate::Shape> shapes = generate::shapes(seed, 6 * count, true, true);
  std::erase_if(shapes, [](const generate::Shape& shape) { return shape.limit.has_value(); });
  shapes.resize(count);
  return shapes;
}

TEST(GeneratedSequences, MeetTheDefaultLimitOfSixteenInFourOfFiveRuns) {
  const auto subject = open(libesent);
  int met = 0;
  for (const generate::Shape& shape : with_the_default_limit(1, 100)) {
    const Sequence sequence = run_sequence(*subject, shape, {});
    ASSERT_FALSE(sequence.problem);
    EXPECT_FALSE(sequence.deviation) << "libesent deviates under shape seed " << shape.seed;
    met += ran_out_of_sessions(sequence) ? 1 : 0;
  }
  EXPECT_GE(met, 80);
}

TEST(GeneratedSequences, MeetOnTheModelWhatTheyMeetOnTheLibrary) {
  // The count above is deterministic by seed, and independent of the library's own choices.
  int met = 0;
  ModelSubject subject;
  for (const generate::Shape& shape : with_the_default_limit(2, 100))
    met += ran_out_of_sessions(run_sequence(subject, shape, {})) ? 1 : 0;
  EXPECT_GE(met, 80);
}

TEST(GeneratedSequences, ReachAllCodesOfJetDupSessionThatNeedNoBackDoor) {
  const auto subject = open(libesent);
  std::set<spec::Code> codes;
  for (const generate::Shape& shape : generate::shapes(1, 100, true, true))
    for (const Hit& hit : run_sequence(*subject, shape, {}).hits)
      if (hit.function == spec::Function::JetDupSession) codes.insert(hit.clause->code);
  for (const spec::Code code : {errSuccess, errOutOfSessions, errOutOfMemory, errInvalidSesid, errInvalidParameter,
                                errClientRequestToStopJetService})
    EXPECT_TRUE(codes.contains(code)) << static_cast<int>(code);
}

TEST(GeneratedSequences, CallEveryFunctionOfTheSurface) {
  std::set<spec::Function> called;
  ModelSubject subject;
  for (const generate::Shape& shape : generate::shapes(1, 200, true, true))
    for (const plan::Step& step : run_sequence(subject, shape, {}).plan.steps) called.insert(step.function);
  for (const spec::FunctionRow& row : spec::functions())
    EXPECT_EQ(called.contains(row.function), model::is_modelled(row.function)) << row.name;
}

TEST(GeneratedSequences, TakeTheLightestActionHoweverMuchTheOthersWeigh) {
  generate::Shape shape{.seed = 5, .calls = 20'000};
  shape.weights.fill(255);
  shape.weights[static_cast<std::size_t>(generate::Action::idle)] = 1;
  ModelSubject subject;
  const Sequence sequence = run_sequence(subject, shape, {});
  EXPECT_TRUE(std::ranges::any_of(sequence.plan.steps,
                                  [](const plan::Step& step) { return step.function == spec::Function::JetIdle; }));
}

TEST(GeneratedSequences, OfOneShapeAreTheSameStepByStep) {
  const auto subject = open(libesent);
  for (const generate::Shape& shape : generate::shapes(3, 5, true, true)) {
    const Sequence once = run_sequence(*subject, shape, {});
    const Sequence twice = run_sequence(*subject, shape, {});
    EXPECT_TRUE(same_plan(once.plan, twice.plan)) << shape.seed;
    ASSERT_EQ(once.seen.size(), twice.seen.size());
    for (std::size_t i = 0; i < once.seen.size(); ++i) EXPECT_EQ(once.seen[i].code, twice.seen[i].code) << i;
  }
}

TEST(GeneratedSequences, OfOtherSeedsAreOthers) {
  ModelSubject subject;
  generate::Shape shape = generate::toy(1);
  const Sequence one = run_sequence(subject, shape, {});
  shape.seed = 2;
  EXPECT_FALSE(same_plan(one.plan, run_sequence(subject, shape, {}).plan));
}

TEST(Shapes, OfOneSeedAreTheSame) {
  EXPECT_EQ(generate::shapes(5, 50, true, true), generate::shapes(5, 50, true, true));
}

TEST(Shapes, OfALongerRunBeginLikeThoseOfAShorterOne) {
  const auto many = generate::shapes(5, 50, true, true);
  EXPECT_EQ(std::vector(many.begin(), many.begin() + 10), generate::shapes(5, 10, true, true));
}

TEST(Shapes, OfASwarmLeaveOutDifferentActions) {
  std::set<std::vector<bool>> kept;
  std::array<int, generate::action_count> left_out{};
  for (const generate::Shape& shape : generate::shapes(1, 100, true, true)) {
    std::vector<bool> keeps;
    for (std::size_t i = 0; i < generate::action_count; ++i) {
      keeps.push_back(shape.weights[i] != 0);
      left_out[i] += shape.weights[i] == 0 ? 1 : 0;
    }
    kept.insert(keeps);
    for (const auto always :
         {generate::Action::begin_session, generate::Action::dup_session, generate::Action::end_session})
      EXPECT_NE(shape.weights[static_cast<std::size_t>(always)], 0);
  }
  EXPECT_GT(kept.size(), 90u);
  for (std::size_t i = 3; i < generate::action_count; ++i) {
    EXPECT_GT(left_out[i], 10) << generate::name_of(static_cast<generate::Action>(i));
    EXPECT_LT(left_out[i], 60) << generate::name_of(static_cast<generate::Action>(i));
  }
}

TEST(Shapes, AskForNothingThatTheSubjectCannotDo) {
  for (const generate::Shape& shape : generate::shapes(1, 100, false, false)) {
    EXPECT_EQ(shape.memory_faults, 0);
    EXPECT_EQ(shape.file_faults, 0);
    EXPECT_EQ(shape.threads, 1);
  }
}

}  // namespace
}  // namespace esentcheck::check
