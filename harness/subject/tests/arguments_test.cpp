// Each kind of argument on its way to a library and back: what the toy was given shows in its answers.
#include <gtest/gtest.h>

#include "harness/subject/tests/builder.hpp"
#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

using plan::ReadAs;

class Arguments : public EitherWay {};
INSTANTIATE_TEST_SUITE_P(InBothIsolations, Arguments, testing::Values(Isolation::process, Isolation::none),
                         name_of_isolation);

TEST_P(Arguments, ADatabaseIdHas32Bits) {
  Builder b;
  b.call(JetOpenDatabase, {b.null(), b.text("a.edb"), b.null(), b.address("d")});
  b.call(JetCloseDatabase, {b.null(), b.value("d")});
  b.call(JetCloseDatabase, {b.null(), b.nil()});
  b.call(JetCloseDatabase, {b.null(), b.garbage(3)});
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_TRUE(seen[0].out_written);
  EXPECT_EQ(seen[0].out, 7u);
  EXPECT_EQ(seen[1].code, 0);
  EXPECT_EQ(seen[2].code, -1);
  EXPECT_EQ(seen[3].code, 0x5ee00018) << "garbage must not be a small number in the lower half either";
}

TEST_P(Arguments, ARefusedOpenLeavesWhatItLeaves) {
  Builder b;
  b.call(JetOpenDatabase, {b.null(), b.null(), b.null(), b.address("d")});
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_TRUE(seen[0].out_written);
  EXPECT_EQ(seen[0].out, 0xffffffffu);
}

TEST_P(Arguments, AResultIsReadAsItWasAskedFor) {
  Builder b;
  const auto info = [&](Symbol buffer, std::uint64_t level) {
    b.call(JetGetDatabaseInfo, {b.null(), b.null(), buffer, b.number(buffer.number), b.number(level)});
  };
  info(b.buffer(20, {ReadAs::text}), 0);
  info(b.buffer(20, {ReadAs::wide_text}), 1);
  info(b.buffer(8, {ReadAs::number, 4, 4}), 7);
  info(b.buffer(8, {ReadAs::number, 4, 0}), 7);
  info(b.buffer(20, {ReadAs::nothing}), 0);
  info(b.buffer(20, {ReadAs::text}), 99);
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_EQ(seen.text_of(0), "a.edb");
  EXPECT_EQ(seen.text_of(1), "a\u00e9\u20ac");
  EXPECT_TRUE(seen[2].has_number);
  EXPECT_EQ(seen[2].number, 7u);
  EXPECT_FALSE(seen[3].has_number) << "nothing was written there";
  EXPECT_FALSE(seen[4].has_text || seen[4].has_number);
  EXPECT_FALSE(seen[5].has_text) << "nothing was written at all";
}

TEST_P(Arguments, MemoryIsReadByTheCall) {
  Builder b;
  b.call(JetSetSessionParameter, {b.null(), b.number(4097), b.memory(0x0102030405060708, 40), b.number(40)});
  b.call(JetGetSessionParameter,
         {b.null(), b.number(4097), b.buffer(4, {ReadAs::number, 4}), b.number(4), b.address("n")});
  b.call(JetSetSessionParameter, {b.null(), b.number(4097), b.memory(0x0102030405060708, 2), b.number(2)});
  b.call(JetGetSessionParameter, {b.null(), b.number(4097), b.buffer(4, {ReadAs::number, 4}), b.number(4), b.null()});
  b.call(JetGetErrorInfoW,
         {b.memory(0xfffffc15, 4), b.buffer(152, {ReadAs::number, 4, 4}), b.number(152), b.number(1)});
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_EQ(seen[1].number, 36u) << "eight bytes of the number, and zeros";
  EXPECT_EQ(seen[1].out, 4u) << "the length has a variable of its own";
  EXPECT_EQ(seen[3].number, 15u) << "the two lowest bytes";
  EXPECT_EQ(seen[4].number, 0xfffffc15u);
}

TEST_P(Arguments, ANumberMayHave64Bits) {
  Builder b;
  b.call(JetBeginTransaction3, {b.null(), b.number(std::uint64_t{77} << 32)});
  b.call(JetBeginTransaction3, {b.null(), b.number(~std::uint64_t{0})});
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_EQ(seen[0].code, 77);
  EXPECT_EQ(seen[1].code, -1103) << "-1 has to arrive as -1";
}

TEST_P(Arguments, AListOfInstancesIsSpelledOutAndCanBeFreed) {
  Builder b;
  b.call(JetGetInstanceInfo, {b.address("count"), b.address("list")});
  b.call(JetFreeBuffer, {b.value("list")});
  b.call(JetFreeBuffer, {b.value("count")});
  b.call(JetGetInstanceInfo, {b.null(), b.address("list")});
  b.call(JetFreeBuffer, {b.null()});
  const Seen seen = perform(started("databases", b.plan), b.plan);
  EXPECT_EQ(seen[0].out, 2u);
  EXPECT_EQ(seen.text_of(0), "() two(a.edb, b.edb)");
  EXPECT_EQ(seen[1].code, 0);
  EXPECT_NE(seen[2].code, 0) << "this is not what was allocated";
  EXPECT_NE(seen[3].code, 0);
  EXPECT_FALSE(seen[3].has_text);
  EXPECT_EQ(seen[4].code, 0);
}

}  // namespace
}  // namespace esentcheck::subject
