// Shrinking, on a subject that is the model with one thing wrong: fast enough for laws.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "harness/check/shrink.hpp"
#include "harness/random.hpp"
#include "harness/subject/tests/builder.hpp"
#include "harness/tests/model_subject.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using subject::Builder;
using subject::Observation;
using enum spec::Function;
using enum spec::Code;

/// A shape of RapidCheck's choice.
generate::Shape any_shape() { return generate::shapes(*rc::gen::arbitrary<std::uint64_t>(), 1, true, true).front(); }

bool is_dup_of_a_full_instance(const plan::Step& step, const Referee& referee) {
  return step.function == JetDupSession && referee.allowed(step, 0).front().code == errOutOfSessions;
}

void wrong_when_full(const plan::Step& step, const Referee& referee, Observation& seen) {
  if (is_dup_of_a_full_instance(step, referee) && seen.code < 0) seen.code = static_cast<std::int32_t>(errOutOfMemory);
}

/// Wrong in many ways, chosen by the function, the code and the number of live sessions.
void wrong_at_times(const plan::Step& step, const Referee& referee, Observation& seen) {
  std::uint64_t live = 0;
  for (const model::Session& session : referee.world().sessions) live += session.live ? 1 : 0;
  Random dice(static_cast<std::uint64_t>(step.function) << 32 ^ static_cast<std::uint32_t>(seen.code) ^ live << 16);
  if (live > 2 && dice.chance(40)) seen.code = seen.code == 0 ? static_cast<std::int32_t>(errOutOfSessions) : 0;
}

RC_GTEST_PROP(Shrinking, NeverReturnsWhatNoLongerDeviates, ()) {
  ModelSubject subject(wrong_at_times);
  const Sequence found = run_sequence(subject, any_shape(), {});
  RC_PRE(found.deviation.has_value());
  const Sequence shortest = shrink(subject, found, {}, {.runs = 300});

  RC_ASSERT(shortest.deviation.has_value());
  RC_ASSERT(alike(*shortest.deviation, *found.deviation));
  RC_ASSERT(shortest.plan.steps.size() <= found.plan.steps.size());
  RC_ASSERT(shortest.seen.size() == shortest.plan.steps.size());
  const Sequence again = run_plan(subject, shortest.plan, {});
  RC_ASSERT(again.deviation.has_value());
  RC_ASSERT(alike(*again.deviation, *found.deviation));
  RC_ASSERT(again.plan.steps.size() == shortest.plan.steps.size());
}

RC_GTEST_PROP(Shrinking, GivesTheSameTwice, ()) {
  ModelSubject subject(wrong_at_times);
  const Sequence found = run_sequence(subject, any_shape(), {});
  RC_PRE(found.deviation.has_value());
  const Sequence once = shrink(subject, found, {}, {.runs = 300});
  const Sequence twice = shrink(subject, found, {}, {.runs = 300});
  RC_ASSERT(same_plan(once.plan, twice.plan));
}

RC_GTEST_PROP(Shrinking, BringsEveryWayToAFullInstanceDownToTheShortest, ()) {
  ModelSubject subject(wrong_when_full);
  generate::Shape shape = any_shape();
  shape.limit.reset();
  shape.calls = 600;
  const Sequence found = run_sequence(subject, shape, {});
  RC_PRE(found.deviation.has_value());
  const Sequence shortest = shrink(subject, found, {});
  // Set a limit of one, start, begin, dup.
  RC_ASSERT(shortest.plan.steps.size() == 4u);
}

RC_GTEST_PROP(Shrinking, TellsOfEachStepAndEndsWithTheLast, ()) {
  ModelSubject subject(wrong_at_times);
  const Sequence found = run_sequence(subject, any_shape(), {});
  RC_PRE(found.deviation.has_value());
  Sequence told = found;
  const Sequence shortest = shrink(subject, found, {}, {.runs = 300}, [&](const Sequence& better) {
    RC_ASSERT(better.deviation.has_value());
    RC_ASSERT(alike(*better.deviation, *found.deviation));
    RC_ASSERT(better.plan.steps.size() <= told.plan.steps.size());
    told = better;
  });
  RC_ASSERT(same_plan(told.plan, shortest.plan));
}

TEST(Shrinking, StopsWhenItsRunsAreSpent) {
  ModelSubject subject(wrong_when_full);
  generate::Shape shape = generate::toy(7);
  const Sequence found = run_sequence(subject, shape, {});
  ASSERT_TRUE(found.deviation);
  subject.starts = 0;
  const Sequence result = shrink(subject, found, {}, {.runs = 25});
  EXPECT_LE(subject.starts, 26u);
  ASSERT_TRUE(result.deviation);
  EXPECT_LT(result.plan.steps.size(), found.plan.steps.size());
}

TEST(Shrinking, DoesNotBlameASubjectThatNeedNotValidateHandlesForOneThatShrinkingLost) {
  // Says success to everything that has to do with a session that denotes nothing, and to a full instance.
  class NoValidation final : public subject::Subject {
   public:
    const subject::Description& describe() const override { return description_; }
    std::optional<Diagnostic> start(const plan::Plan& plan) override { return model_.start(plan); }
    std::optional<Diagnostic> restart() override { return model_.restart(); }
    void perform(const subject::Batch& batch) override { model_.perform(batch); }

   private:
    ModelSubject model_{[](const plan::Step& step, const Referee&, Observation& seen) {
      if (step.function == JetDupSession && seen.code < 0) seen.code = 0;
    }};
    subject::Description description_;
  };
  NoValidation subject;
  Builder b;
  b.call(JetSetSystemParameter, {b.address("i"), {}, Builder::number(5), Builder::number(1)});
  b.call(JetInit, {b.address("i")});
  b.call(JetBeginSession, {b.value("i"), b.address("s")});
  b.call(JetDupSession, {b.value("s"), b.address("t")});
  const Sequence found = run_plan(subject, b.plan, {});
  ASSERT_TRUE(found.deviation);
  EXPECT_EQ(spelled(shrink(subject, found, {}).plan), spelled(b.plan)) << "all four steps are needed";
}

TEST(Deviations, AreAlikeByKindFunctionAndCode) {
  const Deviation one{.kind = reports::FindingKind::wrong_code, .function = JetDupSession, .code = -1};
  EXPECT_TRUE(alike(one, {.kind = reports::FindingKind::wrong_code, .function = JetDupSession, .code = -1}));
  EXPECT_FALSE(alike(one, {.kind = reports::FindingKind::crash, .function = JetDupSession, .code = -1}));
  EXPECT_FALSE(alike(one, {.kind = reports::FindingKind::wrong_code, .function = JetBeginSession, .code = -1}));
  EXPECT_FALSE(alike(one, {.kind = reports::FindingKind::wrong_code, .function = JetDupSession, .code = -2}));
}

// --- compact ---

RC_GTEST_PROP(Compacting, KeepsWhatEveryStepSays, ()) {
  ModelSubject subject;
  const Sequence run = run_sequence(subject, any_shape(), {});
  plan::Plan part = run.plan;
  const auto from = *rc::gen::inRange<std::size_t>(0, part.steps.size() / 2);
  part.steps.erase(part.steps.begin(), part.steps.begin() + static_cast<std::ptrdiff_t>(from));
  const plan::Plan small = compact(part);

  RC_ASSERT(spelled(small) == spelled(part));
  RC_ASSERT(small.variables.size() <= part.variables.size());
  RC_ASSERT(small.texts.size() <= part.texts.size());
  RC_ASSERT(same_plan(compact(small), small));
}

RC_GTEST_PROP(Compacting, KeepsWhatEveryStepAnswers, ()) {
  ModelSubject subject;
  const Sequence run = run_sequence(subject, any_shape(), {});
  const Sequence again = run_plan(subject, compact(run.plan), {});
  RC_ASSERT(again.seen.size() == run.seen.size());
  for (std::size_t i = 0; i < run.seen.size(); ++i) {
    RC_ASSERT(again.seen[i].code == run.seen[i].code);
    RC_ASSERT(again.seen[i].out == run.seen[i].out);
  }
}

TEST(Compacting, DropsWhatNoStepUses) {
  Builder b;
  plan::thread_named(b.plan, "idle");
  plan::variable_named(b.plan, "unused");
  b.text("unused");
  b.plan.directories = {"used", "unused"};
  b.call_on("busy", JetCreateInstance, {b.address("i"), b.text("used/one")});
  plan::Step& multi = b.call(JetEnableMultiInstance);
  b.plan.settings = {{5, Builder::number(1), {}}, {0, {}, b.text("used/two")}};
  multi.arguments[0] = {plan::SymbolKind::parameter_list, 1, 1};

  const plan::Plan small = compact(b.plan);
  EXPECT_EQ(spelled(small), spelled(b.plan));
  EXPECT_EQ(small.threads, (std::vector<std::string>{"main", "busy"}));
  EXPECT_EQ(small.variables, std::vector<std::string>{"i"});
  EXPECT_EQ(small.directories, std::vector<std::string>{"used"});
  EXPECT_EQ(small.settings.size(), 1u);
  EXPECT_EQ(small.texts.find("unused"), std::string::npos);
}

}  // namespace
}  // namespace esentcheck::check
