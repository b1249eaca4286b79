// Steps and observations survive being packed.
#include "harness/subject/wire.hpp"

#include <array>

#include <gtest/gtest.h>
#include "harness/subject/tests/builder.hpp"

namespace esentcheck::subject {
namespace {

TEST(Wire, KeepsEveryStep) {
  Builder b;
  b.call(JetStopService);
  b.call(JetDupSession, {b.value("s"), b.address("t")});
  b.call_on("other", JetBeginSession, {b.garbage(3), b.null(), Symbol{SymbolKind::nil}, b.text("me")});
  b.call(JetGetSystemParameter, {b.null(), b.null(), b.number(1), b.null(), b.null(), b.number(9)});
  b.call(JetSetSessionContext, {b.value("s"), b.number(~0ull)});
  b.call(JetEnableMultiInstance, {Symbol{SymbolKind::parameter_list, 2, 0}, b.number(2)});
  b.call(JetSetSessionParameter, {b.value("s"), b.number(4097), b.memory(1, 4), b.number(4)});
  b.call(JetGetSessionParameter,
         {b.value("s"), b.number(4097), b.buffer(8, {plan::ReadAs::number, 4, 4}), b.number(4), b.address("n")});
  b.call(JetBeginTransaction3, {b.value("s"), b.number(~0ull << 60), b.number(1)});
  b.call(JetRollback).fault = {plan::Operation::sync, 2};
  b.call(JetRollback).until = Until::blocked;
  b.call(JetRestoreInstance, {b.null(), b.null(), b.null(), b.callback(-1)}).callback_session = 4;
  b.finish("other");
  std::array<wire::Word, 16 * wire::most_step_words> words{};
  wire::Word* end = words.data();
  for (const plan::Step& step : b.plan.steps) end = wire::pack(step, end);
  const wire::Word* next = words.data();
  for (const plan::Step& step : b.plan.steps) {
    plan::Step there;
    next = wire::unpack(next, there);
    EXPECT_TRUE(there == step);
  }
  EXPECT_EQ(next, end);
}

TEST(Wire, KeepsEveryObservation) {
  Observation plain;
  plain.end = End::returned;
  plain.code = -1104;
  Observation written = plain;
  written.out = ~0ull - 5;
  written.out_written = true;
  written.faults_hit = 7;
  Observation rich = written;
  rich.end = End::in_callback;
  rich.callback_session = 42;
  rich.has_text = true;
  rich.text_offset = 77;
  Observation number = plain;
  number.has_number = true;
  number.number = ~0ull - 7;
  std::array<wire::Word, 4 * wire::most_observation_words> words{};
  wire::Word* end = words.data();
  for (const Observation& one : {plain, written, rich, number}) end = wire::pack(one, end);
  const wire::Word* next = words.data();
  for (const Observation& one : {plain, written, rich, number}) {
    Observation there;
    next = wire::unpack(next, there);
    EXPECT_EQ(there.end, one.end);
    EXPECT_EQ(there.code, one.code);
    EXPECT_EQ(there.out, one.out);
    EXPECT_EQ(there.out_written, one.out_written);
    EXPECT_EQ(there.faults_hit, one.faults_hit);
    EXPECT_EQ(there.callback_session, one.callback_session);
    EXPECT_EQ(there.has_text, one.has_text);
    EXPECT_EQ(there.text_offset, one.text_offset);
    EXPECT_EQ(there.has_number, one.has_number);
    EXPECT_EQ(there.number, one.number);
  }
  EXPECT_EQ(next, end);
}

}  // namespace
}  // namespace esentcheck::subject
