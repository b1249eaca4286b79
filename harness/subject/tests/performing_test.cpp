// What a call is given and what is seen of it, the same in both kinds of isolation.
#include <algorithm>

#include "harness/subject/abi.hpp"
#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

class Performing : public EitherWay {};
INSTANTIATE_TEST_SUITE_P(, Performing, testing::Values(Isolation::none, Isolation::process), name_of_isolation);

TEST_P(Performing, CallsPassHandlesThroughVariables) {
  Builder b;
  b.bring_up();
  b.call(JetBeginSession, {b.value("i"), b.address("s")});
  b.call(JetDupSession, {b.value("s"), b.address("t")});
  b.call(JetEndSession, {b.value("t")});
  b.call(JetEndSession, {b.value("t")});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_EQ(seen[0].out, 0x77u);
  EXPECT_EQ(seen[2].end, End::returned);
  EXPECT_EQ(seen[2].code, 0);
  EXPECT_TRUE(seen[2].out_written);
  EXPECT_EQ(seen[3].code, 0);
  EXPECT_NE(seen[3].out, seen[2].out);
  EXPECT_EQ(seen[4].code, 0);
  EXPECT_EQ(seen[5].code, -1104);
}

TEST_P(Performing, AnUntouchedOutParameterIsToldFromAWrittenOne) {
  Builder b;
  b.bring_up();
  b.call(JetBeginSession, {b.value("i"), b.address("s")});
  b.call(JetDupSession, {b.garbage(), b.address("s")});
  b.call(JetDupSession, {b.value("s"), b.address("t")});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_EQ(seen[3].code, -1104);
  EXPECT_FALSE(seen[3].out_written);
  EXPECT_EQ(seen[3].out, 0u);
  EXPECT_EQ(seen[4].code, 0) << "the refused call must leave the variable as it was";
}

TEST_P(Performing, AnInstanceThatACallOnlyReadsCountsAsUnwritten) {
  Builder b;
  b.bring_up();
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_TRUE(seen[0].out_written);
  EXPECT_EQ(seen[1].code, 0);
  EXPECT_FALSE(seen[1].out_written);
  EXPECT_EQ(seen[1].out, 0x77u);
}

TEST_P(Performing, ANullPointerIsPassedAsOne) {
  Builder b;
  b.bring_up();
  b.call(JetBeginSession, {b.value("i"), b.null()});
  EXPECT_EQ(perform(started("toy", b.plan), b.plan).back().code, -1003);
}

TEST_P(Performing, NarrowNumbersAreReadAtTheirWidth) {
  Builder b;
  b.bring_up();
  b.call(JetBeginSession, {b.value("i"), b.address("s")});
  b.call(JetGetVersion, {b.value("s"), b.address("v")});
  b.call(JetGetVersion, {b.garbage(), b.address("v")});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_TRUE(seen[3].out_written);
  EXPECT_EQ(seen[3].out, 8100u);
  EXPECT_FALSE(seen[4].out_written);
}

TEST_P(Performing, TextsGoInAndBuffersComeBack) {
  Builder b;
  b.call(JetSetSystemParameter, {b.null(), b.null(), b.number(0), b.number(7), b.text("a/b/")});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(0), b.address("n"), b.buffer(20), b.number(20)});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(0), b.null(), b.buffer(2), b.number(2)});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(0), b.null(), b.null(), b.number(0)});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_EQ(seen[1].out, 7u);
  EXPECT_EQ(seen.text_of(1), "a/b/");
  EXPECT_FALSE(seen[2].has_text) << "the buffer was too small for this toy to write to";
  EXPECT_FALSE(seen[3].has_text);
}

TEST_P(Performing, ANumberBehindAPointerIsReadByTheCall) {
  Builder b;
  b.call(JetSetSystemParameter, {b.null(), b.null(), b.number(0), b.number(5)});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(0), b.address("n")});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(70), b.address("n"), b.buffer(20), b.number(20)});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_EQ(seen[2].code, 0);
  EXPECT_EQ(seen.text_of(2), "five");
}

TEST_P(Performing, ParameterListsArePassedAsArrays) {
  Builder b;
  b.plan.settings.push_back({.parameter = 2, .number = b.number(30), .text = {}});
  b.plan.settings.push_back({.parameter = 3, .number = {}, .text = b.text("abc")});
  b.call(JetEnableMultiInstance, {Symbol{SymbolKind::parameter_list, 2, 0}, b.number(2), b.address("count")});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(0), b.address("n"), b.buffer(20), b.number(20)});
  const Seen seen = perform(started("toy", b.plan), b.plan);
  EXPECT_EQ(seen[0].out, 2u);
  EXPECT_EQ(seen[1].out, 5030u);
  EXPECT_EQ(seen.text_of(1), "abc");
}

TEST_P(Performing, AFunctionThatIsNotExportedIsSaidToBeMissing) {
  Builder b;
  b.call(JetStopService);
  b.call(JetBeginSession, {b.null(), b.address("s")});
  Subject& subject = started("only_begin_session", b.plan);
  const Seen seen = perform(subject, b.plan);
  EXPECT_EQ(seen[0].end, End::not_implemented);
  EXPECT_EQ(seen[1].end, End::returned);
  const auto& missing = subject.describe().not_implemented;
  EXPECT_EQ(missing.size(), abi::signatures.size() - 1);
  EXPECT_EQ(std::count(missing.begin(), missing.end(), JetBeginSession), 0);
}

TEST_P(Performing, StartingAgainForgetsVariablesAndInstances) {
  Builder b;
  b.bring_up();
  for (int i = 0; i < 16; ++i) b.call(JetBeginSession, {b.value("i"), b.address("s")});
  Subject& subject = started("toy", b.plan);
  EXPECT_EQ(perform(subject, b.plan).back().code, 0);
  ASSERT_FALSE(subject.start(b.plan));
  EXPECT_EQ(perform(subject, b.plan).back().code, 0) << "the sessions of the last world must be gone";
  ASSERT_FALSE(subject.start(b.plan));
  Builder c;
  c.value("i");
  c.call(JetEndSession, {c.value("i")});
  EXPECT_EQ(perform(subject, c.plan).back().code, -1104);
}

TEST_P(Performing, BatchesMayBeLong) {
  Builder b;
  b.bring_up();
  for (int i = 0; i < 10'000; ++i) {
    b.call(JetBeginSession, {b.value("i"), b.address("s")});
    b.call(JetEndSession, {b.value("s")});
  }
  const Seen seen = perform(started("toy", b.plan), b.plan);
  for (const Observation& one : seen.steps) ASSERT_EQ(one.code, 0);
}

TEST_P(Performing, ABatchMayEndAnywhere) {
  Builder b;
  b.bring_up();
  Subject& subject = started("toy", b.plan);
  EXPECT_EQ(perform(subject, b.plan).back().code, 0);
  for (int i = 0; i < 20; ++i) {
    const std::size_t before = b.plan.steps.size();
    b.call_on("other", JetBeginSession, {b.value("i"), b.address("s" + std::to_string(i))});
    EXPECT_EQ(perform(subject, b.plan, before).back().code, i < 16 ? 0 : -1101);
  }
}

TEST_P(Performing, TheSubjectLivesInAFreshDirectory) {
  Builder b;
  b.plan.directories = {"base", "logs/deep"};
  b.call(JetCommitTransaction);
  Subject& subject = started("uses_the_system", b.plan);
  EXPECT_EQ(perform(subject, b.plan).back().code, 0);
  b.plan.directories = {"../escape"};
  const auto problem = subject.start(b.plan);
  ASSERT_TRUE(problem);
  EXPECT_NE(problem->sentence().find("../escape: a plan's directory must be"), std::string::npos)
      << problem->sentence();
}

}  // namespace
}  // namespace esentcheck::subject
