// Right traces are explained, and each seeded mistake is found at its line.
#include <gtest/gtest.h>

#include "harness/trace/tests/support.hpp"

namespace esentcheck::trace::testing {
namespace {

const std::string ok = returns("errSuccess");

std::string session(const std::string& variable, int handle) {
  return begin_session(variable, returns("errSuccess", "\"" + variable + "\":\"h" + std::to_string(handle) + "\""));
}

TEST(Judge, ExplainsWhatTheModelAllows) {
  const Lines lines = with_session() + dup("s", "t", returns("errSuccess", R"("t":"h3")")) +
                      call("JetEndSession", R"("sesid":"t","grbit":0)", ok) + call("JetTerm", R"("instance":"i")", ok);
  EXPECT_EQ(refusal(lines), "");
  EXPECT_EQ(judged(lines, engine).counts.judged, 6U);
}

TEST(Judge, NamesTheFirstLineAndWhatWasAllowed) {
  const Lines lines = with_session() + dup("s", "t", returns("errOutOfSessions", R"("t":"unchanged")"));
  const Verdict verdict = judged(lines, engine);
  ASSERT_TRUE(verdict.refusal);
  EXPECT_EQ(verdict.refusal->line, 4U);
  EXPECT_EQ(verdict.refusal->sentence, "JetDupSession returned JET_errOutOfSessions, which no clause allows here");
  EXPECT_EQ(verdict.refusal->page, "jetdupsession-function");
  EXPECT_EQ(verdict.refusal->allowed, std::vector<std::string>{"JET_errSuccess (JetDupSession/Success)"});
}

TEST(Judge, RefusesAHandleThatIsGivenOutTwice) {
  EXPECT_EQ(refusal(with_session() + dup("s", "t", returns("errSuccess", R"("t":"h2")"))),
            "4: JetDupSession returned JET_errSuccess: the handle that it gave belongs to another live object");
}

TEST(Judge, LetsAFreedHandleComeBack) {
  EXPECT_EQ(refusal(with_session() + call("JetEndSession", R"("sesid":"s","grbit":0)", ok) + session("t", 2)), "");
}

TEST(Judge, RefusesASuccessWithoutAHandle) {
  EXPECT_EQ(refusal(running() + begin_session("s", returns("errSuccess", R"("s":"nil")"))),
            "3: JetBeginSession returned JET_errSuccess: it succeeded without giving a handle");
}

TEST(Judge, RefusesAFailureThatLeavesAHandle) {
  EXPECT_EQ(refusal(with_session() +
                    call("JetDupSession", R"("sesid":"nil","psesid":"&t")", returns("errInvalidSesid", R"("t":"h9")"))),
            "4: JetDupSession returned JET_errInvalidSesid: the refused call left something that looks like a handle");
}

TEST(Judge, RefusesOneSessionTooMany) {
  constexpr int limit = 16 + 65;
  Lines lines = running();
  for (int i = 0; i < limit; ++i) lines.push_back(session("s" + std::to_string(i), i + 2));
  EXPECT_EQ(refusal(lines + begin_session("t", returns("errOutOfSessions", R"("t":"unchanged")"))), "");
  EXPECT_EQ(refusal(lines + session("t", 200)),
            "84: JetBeginSession returned JET_errSuccess, which no clause allows here");
}

TEST(Judge, TellsTheProfilesApart) {
  const Lines seventeen = [] {
    Lines lines = running();
    for (int i = 0; i < 17; ++i) lines.push_back(session("s" + std::to_string(i), i + 2));
    return lines;
  }();
  EXPECT_EQ(refusal(seventeen, engine), "");
  EXPECT_EQ(refusal(seventeen, documented), "19: JetBeginSession returned JET_errSuccess, which no clause allows here");
}

TEST(Judge, RefusesAWrongNumber) {
  EXPECT_EQ(refusal(running() + call("JetGetSystemParameter",
                                     R"("instance":"i","sesid":0,"paramid":{"const":"JET_paramMaxSessions"},)"
                                     R"("plParam":"&g","szParam":null,"cbMax":0)",
                                     returns("errSuccess", R"("g":17)"))),
            "3: JetGetSystemParameter returned JET_errSuccess: it gave 17 for 16");
}

// --- Calls that do not return ---

TEST(Judge, ExplainsACrashWhereTheCallIsUndefined) {
  const std::string null_out = R"("sesid":"s","psesid":null)";
  EXPECT_EQ(refusal(with_session() + call("JetDupSession", null_out, R"("crash":"access violation")")), "");
  EXPECT_EQ(refusal(with_session() + call("JetDupSession", null_out, ok)),
            "4: JetDupSession returned JET_errSuccess, which no clause allows here");
}

TEST(Judge, RefusesACrashWhereTheCallIsDefined) {
  EXPECT_EQ(refusal(with_session() + dup("s", "t", R"("crash":true)")),
            "4: JetDupSession ended the process, which no clause allows here");
  EXPECT_EQ(refusal(with_session() + dup("s", "t", R"("hang":true)")),
            "4: JetDupSession did not come back, which no clause allows here");
}

// --- Calls that overlap ---

std::string stamped(const std::string& begin, const std::string& end, const std::string& rest) {
  return R"("begin":)" + begin + R"(,"end":)" + end + "," + rest;
}

/// T1 is inside JetMove with s while T2 terminates the instance, and T3 makes a call in between.
Lines term_waits(const std::string& between) {
  const std::string inside = call("JetMove", R"("sesid":"s","tableid":0,"cRow":0,"grbit":0)", stamped("1", "6", ok));
  const std::string term = call("JetTerm", R"("instance":"i")", stamped("2", "7", ok), "T2");
  return with_session() + session("t", 3) + inside + term + between;
}

TEST(Judge, FollowsACallWithADuration) {
  EXPECT_EQ(refusal(term_waits(
                call("JetBeginTransaction", R"("sesid":"t")", stamped("3", "4", returns("errTermInProgress")), "T3"))),
            "");
  // The term might have begun a little later.
  EXPECT_EQ(refusal(term_waits(call("JetDupSession", R"("sesid":"t","psesid":"&u")",
                                    stamped("3", "4", returns("errSuccess", R"("u":"h4")")), "T3"))),
            "");
}

TEST(Judge, KnowsWhichSessionIsInsideACall) {
  const std::string inside = call("JetMove", R"("sesid":"s","tableid":0,"cRow":0,"grbit":0)", stamped("1", "4", ok));
  const auto meanwhile = [&](const std::string& code) {
    return with_session() + inside +
           call("JetBeginTransaction", R"("sesid":"s")", stamped("2", "3", returns(code)), "T2");
  };
  EXPECT_EQ(refusal(meanwhile("errSessionSharingViolation")), "");
  EXPECT_EQ(refusal(meanwhile("errSuccess")),
            "5: JetBeginTransaction returned JET_errSuccess, which no clause allows here");
}

TEST(Judge, RefusesAnEndThatNoMomentExplains) {
  const std::string begin = call("JetCommitTransaction", R"("sesid":"s","grbit":0)", stamped("1", "4", ok));
  const std::string other = call("JetGetVersion", R"("sesid":"t","pwVersion":"&v")",
                                 stamped("2", "3", returns("errSuccess", R"("v":1)")), "T2");
  EXPECT_EQ(refusal(with_session() + session("t", 3) + begin + other),
            "5: JetCommitTransaction returned JET_errSuccess, which no clause allows here");
}

TEST(Judge, PassesOverWhatIsUnstable) {
  const Lines lines =
      with_session() + dup("s", "t", returns("errOutOfSessions") + R"(,"unstable":true,"also":"JET_errSuccess")");
  EXPECT_EQ(refusal(lines), "");
  EXPECT_EQ(judged(lines, engine).counts.unstable, 1U);
}

}  // namespace
}  // namespace esentcheck::trace::testing
