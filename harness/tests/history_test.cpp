// Calls that overlap are right where some order of them explains what each answered.
#include "harness/check/history.hpp"

#include <gtest/gtest.h>

#include "harness/subject/tests/builder.hpp"

namespace esentcheck::check {
namespace {

using subject::End;
using subject::Observation;
using subject::Span;
using enum spec::Function;

constexpr std::int32_t success = 0;
constexpr auto code(spec::Code code) { return static_cast<std::int32_t>(code); }
const std::int32_t out_of_sessions = code(spec::Code::errOutOfSessions);
const std::int32_t term_in_progress = code(spec::Code::errTermInProgress);
const std::int32_t already_set = code(spec::Code::errSessionContextAlreadySet);

/// An instance with room for so many sessions, one of which, s, is there; then the calls that overlap.
class Story {
 public:
  explicit Story(std::uint64_t limit) {
    prologue(JetCreateInstance, {b_.address("i"), b_.text("one")}, instance_word);
    prologue(JetSetSystemParameter, {b_.address("i"), {}, b_.number(5), b_.number(limit)}, 0);
    prologue(JetInit, {b_.address("i")}, instance_word);
    prologue(JetBeginSession, {b_.value("i"), b_.address("s")}, 0x100);
    prologue_ = b_.plan.steps.size();
  }

  /// A call of that thread from one moment to another.
  Story& call(const char* thread, spec::Function function, std::initializer_list<plan::Symbol> arguments,
              std::int32_t answer, std::uint32_t begun, std::uint32_t ended, std::uint64_t out = 0) {
    b_.call_on(thread, function, arguments);
    add(answer, out);
    spans_.push_back({begun, ended});
    return *this;
  }
  Story& dup(const char* thread, const char* to, std::int32_t answer, std::uint32_t begun, std::uint32_t ended,
             std::uint64_t out) {
    return call(thread, JetDupSession, {b_.value("s"), b_.address(to)}, answer, begun, ended, out);
  }
  Story& begin(const char* thread, const char* to, std::int32_t answer, std::uint32_t begun, std::uint32_t ended,
               std::uint64_t out) {
    return call(thread, JetBeginSession, {b_.value("i"), b_.address(to)}, answer, begun, ended, out);
  }
  Story& end(const char* thread, std::int32_t answer, std::uint32_t begun, std::uint32_t ended) {
    return call(thread, JetEndSession, {b_.value("s")}, answer, begun, ended);
  }
  Story& term(const char* thread, std::int32_t answer, std::uint32_t begun, std::uint32_t ended) {
    return call(thread, JetTerm, {b_.value("i")}, answer, begun, ended);
  }
  Story& set_context(const char* thread, std::int32_t answer, std::uint32_t begun, std::uint32_t ended) {
    return call(thread, JetSetSessionContext, {b_.value("s"), b_.number(7)}, answer, begun, ended);
  }

  Explanation explain() {
    Referee referee(b_.plan, {});
    for (std::size_t i = 0; i < prologue_; ++i) {
      const Judgement judgement = referee.judge(b_.plan.steps[i], seen_[i], {});
      EXPECT_FALSE(judgement.deviation) << i;
    }
    const auto rest = [&](const auto& list) { return std::span(list).subspan(prologue_); };
    return check::explain(referee, {rest(b_.plan.steps), rest(seen_), spans_, {}});
  }

 private:
  static constexpr std::uint64_t instance_word = 0x1;

  void prologue(spec::Function function, std::initializer_list<plan::Symbol> arguments, std::uint64_t out) {
    b_.call(function, arguments);
    add(success, out);
  }
  void add(std::int32_t answer, std::uint64_t out) {
    Observation& seen = seen_.emplace_back();
    seen.end = End::returned;
    seen.code = answer;
    seen.out_written = out != 0;
    seen.out = out;
  }

  subject::Builder b_;
  std::size_t prologue_ = 0;
  std::vector<Observation> seen_;
  std::vector<Span> spans_;
};

TEST(Explain, OneOfTwoGetsTheLastPlaceWhicheverItIs) {
  EXPECT_TRUE(Story(2).dup("a", "x", success, 1, 3, 0x200).dup("b", "y", out_of_sessions, 2, 4, 0).explain().explained);
  EXPECT_TRUE(Story(2).dup("a", "x", out_of_sessions, 1, 3, 0).dup("b", "y", success, 2, 4, 0x200).explain().explained);
}

TEST(Explain, NobodyRefusedBeforeAnybodyBegan) {
  const Explanation found =
      Story(2).dup("a", "x", out_of_sessions, 1, 2, 0).dup("b", "y", success, 3, 4, 0x200).explain();
  EXPECT_FALSE(found.explained);
  EXPECT_EQ(found.culprit, 0u);
  EXPECT_NE(found.allowed.find(spec::Code::errSuccess), nullptr);
}

TEST(Explain, TwoWinnersOfTheLastPlaceAreOneTooMany) {
  const Explanation found = Story(2).dup("a", "x", success, 1, 3, 0x200).dup("b", "y", success, 2, 4, 0x300).explain();
  EXPECT_FALSE(found.explained);
  EXPECT_EQ(found.culprit, 1u);
  EXPECT_EQ(found.placed, std::vector<std::size_t>{0});
  EXPECT_NE(found.allowed.find(spec::Code::errOutOfSessions), nullptr);
}

TEST(Explain, OneHandleForTwoIsNoHandle) {
  EXPECT_FALSE(Story(9).dup("a", "x", success, 1, 3, 0x200).dup("b", "y", success, 2, 4, 0x200).explain().explained);
}

TEST(Explain, AHandleThatBecomesFreeMeanwhileMayBeGivenAgain) {
  EXPECT_TRUE(Story(9).dup("a", "x", success, 1, 3, 0x100).end("b", success, 2, 4).explain().explained);
  EXPECT_FALSE(Story(9).dup("a", "x", success, 1, 2, 0x100).end("b", success, 3, 4).explain().explained);
}

TEST(Explain, ACallThatTakesTimeIsSeenUnderWay) {
  EXPECT_TRUE(Story(9).term("a", success, 1, 4).dup("b", "y", term_in_progress, 2, 3, 0).explain().explained);
  EXPECT_TRUE(Story(9).term("a", success, 1, 4).dup("b", "y", success, 2, 3, 0x200).explain().explained);
  EXPECT_FALSE(Story(9).term("a", success, 1, 2).begin("b", "y", term_in_progress, 3, 4, 0).explain().explained)
      << "it is over";
  EXPECT_FALSE(Story(9).term("a", success, 1, 2).dup("b", "y", success, 3, 4, 0x200).explain().explained);
}

TEST(Explain, WhatWasSeenUnderWayDoesNotBecomeUndone) {
  EXPECT_FALSE(Story(9)
                   .term("a", success, 1, 6)
                   .dup("b", "x", term_in_progress, 2, 3, 0)
                   .dup("b", "y", success, 4, 5, 0x200)
                   .explain()
                   .explained);
}

TEST(Explain, ASessionThatAnotherCallIsInsideOfMayBeRefusedAsInUse) {
  const std::int32_t in_use = code(spec::Code::errSessionInUse);
  EXPECT_TRUE(Story(9).end("a", success, 1, 3).end("b", in_use, 2, 4).explain().explained);
  EXPECT_FALSE(Story(9).end("a", in_use, 1, 2).end("b", success, 3, 4).explain().explained) << "nobody was inside";
}

TEST(Explain, OneContextHasOneWinner) {
  EXPECT_TRUE(Story(9).set_context("a", success, 1, 3).set_context("b", already_set, 2, 4).explain().explained);
  EXPECT_FALSE(Story(9).set_context("a", success, 1, 3).set_context("b", success, 2, 4).explain().explained);
}

TEST(Explain, ACallWithoutAnEndMayHaveHadItsEffectOrNot) {
  EXPECT_TRUE(Story(9).term("a", success, 1, 0).dup("b", "y", term_in_progress, 2, 3, 0).explain().explained);
  EXPECT_TRUE(Story(9).term("a", success, 1, 0).dup("b", "y", success, 2, 3, 0x200).explain().explained);
}

}  // namespace
}  // namespace esentcheck::check
