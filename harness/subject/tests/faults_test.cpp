// Allocations, writes and syncs that fail on demand.
#include "harness/subject/faults.hpp"

#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

using plan::Operation;
using plan::Step;

class Faults : public EitherWay {};
INSTANTIATE_TEST_SUITE_P(, Faults, testing::Values(Isolation::none, Isolation::process), name_of_isolation);

TEST_P(Faults, EachAllocationCanBeRefusedInTurn) {
  Builder b;
  for (std::uint32_t i = 0; i <= 7; ++i) {
    Step& step = b.call(JetGetSystemParameter, {b.null(), b.null(), b.null(), b.null(), b.buffer(20), b.number(20)});
    if (i > 0) step.fault = {Operation::memory, i};
  }
  Subject& subject = started("uses_the_system", b.plan);
  ASSERT_TRUE(subject.describe().capabilities.memory_faults);
  const Seen seen = perform(subject, b.plan);
  const std::vector<std::string> refused{"", "malloc", "calloc", "realloc", "posix_memalign", "new", "new[]", ""};
  for (std::size_t i = 0; i < refused.size(); ++i) {
    EXPECT_EQ(seen.text_of(i), refused[i]);
    EXPECT_EQ(seen[i].code, refused[i].empty() ? 0 : -1011);
    EXPECT_EQ(seen[i].faults_hit, refused[i].empty() ? 0 : faults::memory_hit);
  }
}

TEST_P(Faults, WritesAndSyncsFailApart) {
  Builder b;
  b.call(JetCommitTransaction);
  b.call(JetCommitTransaction).fault = {Operation::write, 1};
  b.call(JetCommitTransaction).fault = {Operation::sync, 1};
  b.call(JetCommitTransaction).fault = {Operation::write, 2};
  b.call(JetRollback).fault = {Operation::write, 1};
  b.call(JetRollback);
  Subject& subject = started("uses_the_system", b.plan);
  ASSERT_TRUE(subject.describe().capabilities.file_faults);
  const Seen seen = perform(subject, b.plan);
  EXPECT_EQ(seen[0].code, 0);
  EXPECT_EQ(seen[1].code, -1022);
  EXPECT_EQ(seen[1].faults_hit, faults::write_hit);
  EXPECT_EQ(seen[2].code, -1022);
  EXPECT_EQ(seen[2].faults_hit, faults::written | faults::sync_hit);
  EXPECT_EQ(seen[3].code, 0) << "there is one write only";
  EXPECT_EQ(seen[3].faults_hit, faults::written | faults::synced);
  EXPECT_EQ(seen[4].code, -1022) << "a C++ stream writes through the same functions";
  EXPECT_EQ(seen[5].code, 0);
}

TEST_P(Faults, OnlyTheCallingThreadIsConcerned) {
  Builder b;
  b.call(JetStopService).fault = {Operation::memory, 100};
  b.call_on("other", JetGetSystemParameter).fault = {Operation::memory, 1};
  b.call(JetGetSystemParameter);
  const Seen seen = perform(started("uses_the_system", b.plan), b.plan);
  EXPECT_EQ(seen[0].code, 0);
  EXPECT_EQ(seen[1].code, -1011);
  EXPECT_EQ(seen[2].code, 0);
}

TEST_P(Faults, ACallInsideACallbackHasFaultsOfItsOwn) {
  Builder b;
  auto& restore = b.call_on("w", JetRestoreInstance, {b.null(), b.text("x"), b.null(), b.callback()});
  restore.until = Until::callback;
  restore.fault = {Operation::memory, 2};
  const Symbol buffer = b.buffer(20);
  b.call_on("w", JetGetSystemParameter, {b.null(), b.null(), b.null(), b.null(), buffer, b.number(20)});
  b.call_on("w", JetGetSystemParameter, {b.null(), b.null(), b.null(), b.null(), buffer, b.number(20)}).fault = {
      Operation::memory, 3};
  b.finish("w");
  const Seen seen = perform(started("uses_the_system", b.plan), b.plan);
  EXPECT_EQ(seen[1].code, 0) << "the outer call's fault does not count here";
  EXPECT_EQ(seen.text_of(2), "realloc");
  EXPECT_EQ(seen[3].code, -1011) << "the outer call's second allocation is still to come";
  EXPECT_EQ(seen[3].faults_hit, faults::memory_hit);
}

}  // namespace
}  // namespace esentcheck::subject
