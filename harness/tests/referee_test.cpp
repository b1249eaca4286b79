// What the referee says of each kind of answer, without any subject: the answers are written down here.
#include <gtest/gtest.h>

#include "harness/check/referee.hpp"
#include "harness/subject/faults.hpp"
#include "harness/subject/tests/builder.hpp"

namespace esentcheck::check {
namespace {

using reports::FindingKind;
using subject::Builder;
using subject::End;
using subject::Observation;
using enum spec::Function;
using enum spec::Code;

constexpr std::uint64_t nil = ~std::uint64_t{0};

Observation returned(spec::Code code) { return {.end = End::returned, .code = static_cast<std::int32_t>(code)}; }
Observation gave(std::uint64_t word, spec::Code code = errSuccess) {
  Observation seen = returned(code);
  seen.out_written = true;
  seen.out = word;
  return seen;
}

/// A plan with one instance "i" (word 100) that is up, with a limit of 2, and its session "s" (word 200).
class RefereeTest : public testing::Test {
 protected:
  RefereeTest() {
    b.call(JetCreateInstance, {b.address("i"), b.text("i")});
    b.call(JetSetSystemParameter, {b.address("i"), {}, parameter(), Builder::number(2)});
    b.call(JetInit, {b.address("i")});
    b.call(JetBeginSession, {b.value("i"), b.address("s")});
    for (const char* name : {"t", "u", "v", "r"}) plan::variable_named(b.plan, name);
    plan::thread_named(b.plan, "other");
  }

  static plan::Symbol parameter() { return Builder::number(static_cast<std::uint64_t>(spec::Parameter::MaxSessions)); }

  Referee after_the_given() {
    Referee referee(b.plan, {});
    const Observation given[] = {gave(100), returned(errSuccess), returned(errSuccess), gave(200)};
    for (std::size_t i = 0; i < 4; ++i)
      if (referee.judge(b.plan.steps[i], given[i], {}).deviation) ADD_FAILURE() << "step " << i << " of the given";
    return referee;
  }

  plan::Step dup(plan::Symbol out) { return call(JetDupSession, {b.value("s"), out}); }
  plan::Step call(spec::Function function, std::initializer_list<plan::Symbol> arguments) {
    const plan::Step step = b.call(function, arguments);
    b.plan.steps.pop_back();
    return step;
  }

  Builder b;
};

TEST_F(RefereeTest, AllowedAnswersAreExplainedByTheirClause) {
  Referee referee = after_the_given();
  const Judgement judgement = referee.judge(dup(b.address("t")), gave(300), {});
  EXPECT_FALSE(judgement.deviation);
  ASSERT_NE(judgement.clause, nullptr);
  EXPECT_EQ(model::id_of(JetDupSession, *judgement.clause), "JetDupSession/Success");
}

TEST_F(RefereeTest, ACodeThatNoClauseAllowsIsAWrongCodeAndLeavesTheWorldAsItWas) {
  Referee referee = after_the_given();
  const model::World before = referee.world();
  const Judgement judgement = referee.judge(dup(b.address("t")), gave(nil, errOutOfSessions), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_code);
  EXPECT_EQ(judgement.deviation->function, JetDupSession);
  EXPECT_EQ(judgement.deviation->code, static_cast<std::int32_t>(errOutOfSessions));
  EXPECT_NE(judgement.deviation->allowed.find(errSuccess), nullptr);
  EXPECT_EQ(referee.world(), before);
}

TEST_F(RefereeTest, TheLimitIsMetExactly) {
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(300), {}).deviation);
  const Judgement third = referee.judge(dup(b.address("u")), gave(400), {});
  ASSERT_TRUE(third.deviation);
  EXPECT_EQ(third.deviation->kind, FindingKind::wrong_code);
  EXPECT_NE(third.deviation->allowed.find(errOutOfSessions), nullptr);
}

TEST_F(RefereeTest, AHandleOfALiveSessionIsADuplicate) {
  Referee referee = after_the_given();
  const Judgement judgement = referee.judge(dup(b.address("t")), gave(200), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::duplicate_handle);
}

TEST_F(RefereeTest, AHandleOfAnEndedSessionMayBeGivenOutAgain) {
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(300), {}).deviation);
  EXPECT_FALSE(referee.judge(call(JetEndSession, {b.value("t")}), returned(errSuccess), {}).deviation);
  EXPECT_FALSE(referee.judge(dup(b.address("u")), gave(300), {}).deviation);
  EXPECT_EQ(referee.session_in(plan::variable_named(b.plan, "u")).kind, model::HandleKind::session);
}

TEST_F(RefereeTest, ARefusedOpenMayLeaveNoUsableId) {
  const plan::Step open = call(JetOpenDatabase, {b.value("s"), b.text("x.edb"), {}, b.address("t")});
  for (const std::uint64_t harmless : {0ULL, 0xffff'ffffULL}) {
    Referee referee = after_the_given();
    EXPECT_FALSE(referee.judge(open, gave(harmless, errDatabaseNotFound), {}).deviation) << harmless;
  }
  Referee referee = after_the_given();
  const Judgement judgement = referee.judge(open, gave(7, errDatabaseNotFound), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::usable_handle);
}

TEST_F(RefereeTest, AFileOutlivesTheProcessThatMadeIt) {
  Referee referee = after_the_given();
  const plan::Step create = call(JetCreateDatabase, {b.value("s"), b.text("x.edb"), {}, b.address("t")});
  EXPECT_FALSE(referee.judge(create, gave(1), {}).deviation);
  referee.restart();
  EXPECT_EQ(referee.world().open_count, 0u);
  EXPECT_NE(model::find_file(referee.world(), "x.edb"), nullptr);
}

TEST_F(RefereeTest, OneIdMayNotStandForTwoDatabasesOfASession) {
  const auto create = [&](const char* file, const char* id) {
    return call(JetCreateDatabase, {b.value("s"), b.text(file), {}, b.address(id)});
  };
  const plan::Step x = create("x.edb", "t");
  const plan::Step y = create("y.edb", "u");
  const plan::Step again = call(JetOpenDatabase, {b.value("s"), b.text("x.edb"), {}, b.address("v")});
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(x, gave(1), {}).deviation);
  EXPECT_FALSE(referee.judge(again, gave(1), {}).deviation) << "one id for every open is fine";
  const Judgement judgement = referee.judge(y, gave(1), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::duplicate_handle);
}

TEST_F(RefereeTest, AValueInTheCallersMemoryIsCompared) {
  const plan::Symbol four{plan::SymbolKind::buffer, plan::packed({plan::ReadAs::number, 4}), 4};
  const plan::Step get = call(JetGetSessionParameter, {b.value("s"), Builder::number(4099), four, Builder::number(4)});
  Observation seen = returned(errSuccess);
  seen.has_number = true;
  EXPECT_FALSE(after_the_given().judge(get, seen, {}).deviation);
  seen.number = 1;
  const Judgement judgement = after_the_given().judge(get, seen, {});
  ASSERT_TRUE(judgement.deviation) << "the session is in no transaction";
  EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_value);
}

TEST_F(RefereeTest, AnInstanceAndASessionMayHaveTheSameHandle) {
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(100), {}).deviation);
}

TEST_F(RefereeTest, SuccessWithoutAHandleIsAWrongValue) {
  for (const Observation& nothing : {gave(0), gave(nil), returned(errSuccess)}) {
    Referee referee = after_the_given();
    const Judgement judgement = referee.judge(dup(b.address("t")), nothing, {});
    ASSERT_TRUE(judgement.deviation) << nothing.out;
    EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_value);
  }
}

class RefusedCall : public RefereeTest {
 protected:
  /// The instance is full; the next dup must be refused.
  Referee full() {
    Referee referee = after_the_given();
    EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(300), {}).deviation);
    return referee;
  }
};

TEST_F(RefusedCall, ThatLeavesSomethingLikeAHandleDeviates) {
  for (const std::uint64_t word : {200, 300, 12345}) {
    Referee referee = full();
    const Judgement judgement = referee.judge(dup(b.address("u")), gave(word, errOutOfSessions), {});
    ASSERT_TRUE(judgement.deviation) << word;
    EXPECT_EQ(judgement.deviation->kind, FindingKind::usable_handle);
  }
}

TEST_F(RefusedCall, MayLeaveNilZeroOrWhatWasThere) {
  for (const Observation& right :
       {gave(nil, errOutOfSessions), gave(0, errOutOfSessions), returned(errOutOfSessions)}) {
    Referee referee = full();
    EXPECT_FALSE(referee.judge(dup(b.address("u")), right, {}).deviation) << right.out;
  }
  Referee referee = full();
  EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(300, errOutOfSessions), {}).deviation)
      << "the variable held that handle before";
}

TEST_F(RefusedCall, ThatIsRefusedMemoryLeavesRoomForTheNext) {
  Referee referee = after_the_given();
  plan::Step step = dup(b.address("t"));
  step.fault = {plan::Operation::memory, 1};
  Observation refused = gave(nil, errOutOfMemory);
  refused.faults_hit = 1;
  EXPECT_FALSE(referee.judge(step, refused, {}).deviation);
  EXPECT_TRUE(referee.judge(dup(b.address("t")), gave(nil, errOutOfSessions), {}).deviation);
}

TEST_F(RefereeTest, MemoryThatNobodyRefusedIsNoExcuse) {
  Referee referee = after_the_given();
  plan::Step step = dup(b.address("t"));
  step.fault = {plan::Operation::memory, 1};  // Armed, but the observation says that it was not hit.
  const Judgement judgement = referee.judge(step, gave(nil, errOutOfMemory), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_code);
}

TEST_F(RefereeTest, ANumberThatIsNotTheDocumentedOneIsAWrongValue) {
  const plan::Step get = call(JetGetSystemParameter, {b.value("i"), {}, parameter(), b.address("v")});
  Referee right = after_the_given();
  EXPECT_FALSE(right.judge(get, gave(2), {}).deviation);
  Referee wrong = after_the_given();
  const Judgement judgement = wrong.judge(get, gave(3), {});
  ASSERT_TRUE(judgement.deviation);
  EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_value);
  EXPECT_EQ(judgement.deviation->detail, "it gave 3 for 2");
}

TEST_F(RefereeTest, ATextThatIsNotTheOneThatWasSetIsAWrongValue) {
  b.call(JetSetSystemParameter, {b.address("i"), {}, Builder::number(3), {}, b.text("abc")});
  const plan::Step set = b.plan.steps.back();
  const plan::Step get =
      call(JetGetSystemParameter,
           {b.value("j"), {}, Builder::number(3), Builder::null(), Builder::buffer(8), Builder::number(8)});
  const plan::Step create = call(JetCreateInstance, {b.address("j"), b.text("j")});
  plan::Step set_j = set;
  set_j.arguments[0] = b.address("j");
  Observation seen = returned(errSuccess);
  seen.has_text = true;
  for (const bool right : {true, false}) {
    Referee referee = after_the_given();
    EXPECT_FALSE(referee.judge(create, gave(101), {}).deviation);
    EXPECT_FALSE(referee.judge(set_j, returned(errSuccess), {}).deviation);
    if (!referee.foresee(get, seen).has_text) GTEST_SKIP() << "the model does not say yet what a text parameter reads";
    const Judgement judgement = referee.judge(get, seen, right ? "abc" : "edb");
    ASSERT_EQ(judgement.deviation.has_value(), !right);
    if (judgement.deviation) {
      EXPECT_EQ(judgement.deviation->kind, FindingKind::wrong_value);
    }
  }
}

TEST_F(RefereeTest, EndsOfTheProcessAreTheirOwnKinds) {
  const std::pair<Observation, FindingKind> ends[] = {{{.end = End::crashed, .code = 11}, FindingKind::crash},
                                                      {{.end = End::crashed, .code = -1000}, FindingKind::crash},
                                                      {{.end = End::hung}, FindingKind::hang},
                                                      {{.end = End::not_implemented}, FindingKind::not_implemented}};
  for (const auto& [seen, kind] : ends) {
    Referee referee = after_the_given();
    const Judgement judgement = referee.judge(dup(b.address("t")), seen, {});
    ASSERT_TRUE(judgement.deviation);
    EXPECT_EQ(judgement.deviation->kind, kind);
    EXPECT_EQ(judgement.deviation->function, JetDupSession);
  }
}

TEST_F(RefereeTest, AfterARestartNoHandleIsAlive) {
  Referee referee = after_the_given();
  referee.restart();
  EXPECT_EQ(referee.session_in(plan::variable_named(b.plan, "s")).kind, model::HandleKind::ended);
  EXPECT_EQ(referee.instance_in(plan::variable_named(b.plan, "i")).kind, model::HandleKind::ended);
}

TEST_F(RefereeTest, AnEndedHandleMayBeThatOfAnInstanceWhoseHandleWasNotTold) {
  const plan::Step init = call(JetInit, {});
  const plan::Step begin = call(JetBeginSession, {b.value("i"), b.address("t")});
  Referee referee = after_the_given();
  referee.restart();
  Referee without = referee;
  EXPECT_TRUE(without.judge(begin, gave(300), {}).deviation);
  EXPECT_FALSE(referee.judge(init, returned(errSuccess), {}).deviation);
  EXPECT_FALSE(referee.judge(begin, gave(300), {}).deviation);
  EXPECT_EQ(referee.instance_in(plan::variable_named(b.plan, "i")).kind, model::HandleKind::instance);
}

// --- Calls that last ---

class LongCall : public RefereeTest {
 protected:
  plan::Step backup(std::string_view thread) {
    b.plan.directories.emplace_back("backup");
    plan::Step step = call(JetBackupInstance, {b.value("i"), b.text("backup"), {}, Builder::callback()});
    step.thread = plan::thread_named(b.plan, thread);
    step.until = plan::Until::callback;
    step.callback_session = plan::variable_named(b.plan, "r");
    return step;
  }
  static Observation inside(std::uint64_t session) { return {.end = End::in_callback, .callback_session = session}; }
  plan::Step finish(std::string_view thread) {
    plan::Step step{.kind = plan::StepKind::finish};
    step.thread = plan::thread_named(b.plan, thread);
    return step;
  }
};

TEST_F(LongCall, IsPendingFromItsCallbackToItsFinish) {
  const plan::Step step = backup("other");
  Referee referee = after_the_given();
  EXPECT_EQ(referee.pending_on(step.thread), nullptr);
  EXPECT_FALSE(referee.judge(step, inside(900), {}).deviation);
  ASSERT_NE(referee.pending_on(step.thread), nullptr);
  EXPECT_EQ(referee.session_in(plan::variable_named(b.plan, "r")).kind, model::HandleKind::session);

  const Judgement finished = referee.judge(finish("other"), returned(errSuccess), {});
  EXPECT_FALSE(finished.deviation);
  EXPECT_EQ(finished.function, JetBackupInstance);
  EXPECT_EQ(referee.pending_on(step.thread), nullptr);
  EXPECT_EQ(referee.session_in(plan::variable_named(b.plan, "r")).kind, model::HandleKind::ended);
}

TEST_F(LongCall, RefusesASecondOneMeanwhileAndNotAfterwards) {
  const plan::Step step = backup("other");
  plan::Step again = step;
  again.thread = 0;
  again.until = plan::Until::returned;
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(step, inside(900), {}).deviation);
  EXPECT_FALSE(referee.judge(again, returned(errBackupInProgress), {}).deviation);
  EXPECT_FALSE(referee.judge(finish("other"), returned(errSuccess), {}).deviation);
  EXPECT_TRUE(referee.judge(again, returned(errBackupInProgress), {}).deviation);
}

TEST_F(LongCall, ThatGoesOnWhereItHadToRefuseIsAFinding) {
  const plan::Step step = backup("other");
  plan::Step again = step;
  again.thread = 0;
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(step, inside(900), {}).deviation);
  const Judgement second = referee.judge(again, inside(908), {});
  ASSERT_TRUE(second.deviation);
  EXPECT_EQ(second.deviation->kind, FindingKind::stuck_callback);
}

TEST_F(LongCall, MayFailAtItsEndForWhatFailedMeanwhile) {
  const plan::Step step = backup("other");
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(step, inside(900), {}).deviation);
  Observation failed = returned(spec::Code::errOutOfMemory);
  Referee without = referee;
  EXPECT_TRUE(without.judge(finish("other"), failed, {}).deviation);
  failed.faults_hit = subject::faults::memory_hit;
  EXPECT_FALSE(referee.judge(finish("other"), failed, {}).deviation);
}

TEST_F(LongCall, TakesNoSessionOfTheLimit) {
  const plan::Step step = backup("other");
  Referee referee = after_the_given();
  EXPECT_FALSE(referee.judge(step, inside(900), {}).deviation);
  EXPECT_FALSE(referee.judge(dup(b.address("t")), gave(300), {}).deviation);
  EXPECT_FALSE(referee.judge(dup(b.address("u")), gave(nil, errOutOfSessions), {}).deviation);
}

}  // namespace
}  // namespace esentcheck::check
