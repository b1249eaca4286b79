// Several threads, status callbacks that calls stay in, and calls that block.
#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

class Threads : public EitherWay {};
INSTANTIATE_TEST_SUITE_P(, Threads, testing::Values(Isolation::none, Isolation::process), name_of_isolation);

TEST_P(Threads, ACallWithACallbackRunsThroughWhenNobodyStopsIt) {
  Builder b;
  b.call(JetRestoreInstance, {b.null(), b.text("backup"), b.null(), b.callback()}).callback_session =
      plan::variable_named(b.plan, "s");
  b.call(JetRestoreInstance, {b.null(), b.text("backup"), b.null(), b.null()});
  b.call(JetRestoreInstance, {b.null(), b.text("backup"), b.null(), b.callback(-5)});
  const Seen seen = perform(started("calls_back", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[0].code, 0);
  EXPECT_EQ(seen[1].code, 0);
  EXPECT_EQ(seen[2].code, -5) << "the callback returns the code that the plan gives";
}

TEST_P(Threads, CallsCanBeMadeFromInsideACallbackOnItsOwnThread) {
  Builder b;
  auto& restore = b.call_on("worker", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback()});
  restore.until = Until::callback;
  restore.callback_session = plan::variable_named(b.plan, "s");
  b.call_on("worker", JetStopService);
  b.call(JetStopService);
  b.finish("worker");
  b.call_on("worker", JetStopService);
  const Seen seen = perform(started("calls_back", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::in_callback);
  EXPECT_EQ(seen[0].callback_session, 0x4200u);
  EXPECT_EQ(seen[1].code, 11) << "one restore in progress, on this thread";
  EXPECT_EQ(seen[2].code, 10) << "one restore in progress, on another thread";
  EXPECT_EQ(seen[3].end, End::returned);
  EXPECT_EQ(seen[3].code, 0);
  EXPECT_EQ(seen[4].code, 0);
}

TEST_P(Threads, TheMainThreadCanStayInACallbackAcrossBatches) {
  Builder b;
  b.call(JetInit3, {b.address("i"), b.restart_info(3)}).until = Until::callback;
  b.call(JetStopService);
  Subject& subject = started("calls_back", b.plan);
  const Seen first = perform(subject, b.plan);
  EXPECT_EQ(first[0].end, End::in_callback);
  EXPECT_EQ(first[1].code, 11);
  const std::size_t before = b.plan.steps.size();
  b.call_on("other", JetStopService);
  b.finish();
  b.call(JetStopService);
  const Seen second = perform(subject, b.plan, before);
  EXPECT_EQ(second[0].code, 10);
  EXPECT_EQ(second[1].code, 3) << "its own callback's code";
  EXPECT_TRUE(second[1].out_written);
  EXPECT_EQ(second[1].out, 0x77u);
  EXPECT_EQ(second[2].code, 0);
}

TEST_P(Threads, CallbacksNest) {
  Builder b;
  b.call_on("a", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback(1)}).until = Until::callback;
  b.call_on("a", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback(2)}).until = Until::callback;
  b.call_on("b", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback(3)}).until = Until::callback;
  b.call_on("a", JetStopService);
  b.finish("a");
  b.finish("a");
  b.finish("b");
  const Seen seen = perform(started("calls_back", b.plan), b.plan);
  EXPECT_EQ(seen[3].code, 32);
  EXPECT_EQ(seen[4].code, 2);
  EXPECT_EQ(seen[5].code, 1);
  EXPECT_EQ(seen[6].code, 3);
}

TEST_P(Threads, ACallThatDoesNotCallBackHasSimplyReturned) {
  Builder b;
  b.call(JetInit3, {b.address("i"), b.null()}).until = Until::callback;
  b.finish();
  const Seen seen = perform(started("calls_back", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[1].end, End::skipped) << "nothing was pending";
}

TEST_P(Threads, ACallbackFromAThreadOfTheSubjectsIsAnswered) {
  Builder b;
  b.call(JetBackupInstance, {b.null(), b.text("x"), b.null(), b.callback(9)}).until = Until::callback;
  const Seen seen = perform(started("calls_back", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[0].code, 9);
}

TEST_P(Threads, ACallThatWaitsForAnotherThreadIsSeenToBlock) {
  Builder b;
  b.call_on("waiting", JetTerm, {b.null()}).until = Until::blocked;
  b.call_on("late", JetDupSession, {b.number(40), b.address("s")}).until = Until::blocked;
  b.call(JetStopService);
  b.finish("waiting");
  b.finish("late");
  b.call_on("late", JetDupSession, {b.value("s"), b.address("t")}).until = Until::blocked;
  b.call_on("waiting", JetStopService);
  b.finish("late");
  const Seen seen = perform(started("blocks", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::blocked);
  EXPECT_EQ(seen[1].end, End::blocked);
  EXPECT_FALSE(seen[1].out_written);
  EXPECT_EQ(seen[2].code, 0);
  EXPECT_EQ(seen[3].end, End::returned);
  EXPECT_EQ(seen[3].code, 1);
  EXPECT_EQ(seen[4].out, 41u);
  EXPECT_EQ(seen[5].end, End::blocked);
  EXPECT_EQ(seen[6].end, End::returned);
  EXPECT_EQ(seen[7].out, 42u) << "the variable got the late value";
}

TEST_P(Threads, TheMainThreadCanBlockToo) {
  Builder b;
  b.call(JetTerm, {b.null()}).until = Until::blocked;
  b.call_on("other", JetStopService);
  b.finish();
  const Seen seen = perform(started("blocks", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::blocked);
  EXPECT_EQ(seen[2].code, 1);
}

TEST_P(Threads, ACallThatLooksAgainAndAgainIsSeenToBlock) {
  Builder b;
  b.call_on("waiting", JetTerm2, {b.null()}).until = Until::blocked;
  b.call(JetStopService);
  b.finish("waiting");
  const Seen seen = perform(started("blocks", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::blocked);
  EXPECT_EQ(seen[2].code, 2);
}

TEST_P(Threads, ACallThatIsMerelyBusyIsNotTakenForBlocked) {
  Builder b;
  b.call_on("busy", JetRollback, {b.null()}).until = Until::blocked;
  b.call_on("quick", JetStopService).until = Until::blocked;
  const Seen seen = perform(started("blocks", b.plan), b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[0].code, 3);
  EXPECT_EQ(seen[1].end, End::returned);
  EXPECT_EQ(seen[1].code, 0);
}

TEST_P(Threads, PendingCallsDoNotKeepTheNextStartWaiting) {
  Builder b;
  b.call_on("a", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback()}).until = Until::callback;
  b.call(JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback()}).until = Until::callback;
  Subject& subject = started("calls_back", b.plan);
  for (int i = 0; i < 3; ++i) {
    const Seen seen = perform(subject, b.plan);
    EXPECT_EQ(seen[0].end, End::in_callback);
    EXPECT_EQ(seen[1].end, End::in_callback);
    ASSERT_FALSE(subject.start(b.plan));
  }
  Builder c;
  c.call(JetStopService);
  ASSERT_FALSE(subject.start(c.plan));
  EXPECT_EQ(perform(subject, c.plan).back().code, 0);
}

}  // namespace
}  // namespace esentcheck::subject
