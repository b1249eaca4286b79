// Allocations and operations on files that fail on demand, and what a power cut leaves.
#include "harness/subject/faults.hpp"

#include <set>

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

/// What keeps_notes finds in its files behind a power cut.
std::string after_a_power_cut(std::uint8_t draw) {
  auto opened = open_subject(SUBJECTS "/keeps_notes.so", Isolation::process, {});
  if (!opened) return opened.error().sentence();
  Subject& subject = **opened;
  Builder b;
  b.call(JetBeginTransaction);
  b.call(JetRollback);
  b.call(JetStopService).fault = {Operation::file, 1, plan::Failure::power_cut, plan::Times::always, 0, draw};
  if (const auto problem = subject.start(b.plan)) return problem->sentence();
  if (perform(subject, b.plan)[2].end != End::power_cut) return "the power was not cut";
  if (const auto problem = subject.restart()) return problem->sentence();
  Builder asks;
  asks.call(JetGetSystemParameter,
            {asks.null(), asks.null(), asks.null(), asks.null(), asks.buffer(200), asks.number(200)});
  return perform(subject, asks.plan).text_of(0);
}

TEST(PowerCut, LeavesWhatItsDrawSays) {
  EXPECT_EQ(after_a_power_cut(0), "changed=old made=- synced=- removed=old moved=old there=-");
  EXPECT_EQ(after_a_power_cut(1), "changed=new made=new synced=new removed=- moved=- there=old");
  EXPECT_EQ(after_a_power_cut(2), "changed=old made= synced=new removed=- moved=- there=old");
}

TEST(PowerCut, DrawsOtherPartsEachOfWhichIsPossible) {
  std::set<std::string> seen;
  for (std::uint8_t draw = 3; draw < 40; ++draw) {
    const std::string left = after_a_power_cut(draw);
    seen.insert(left);
    EXPECT_EQ(after_a_power_cut(draw), left) << "one draw, one outcome";
    // Of one folder's changes the first so many: what came last needs what came before it.
    const auto says = [&](std::string_view words) { return left.find(words) != std::string::npos; };
    EXPECT_TRUE(!says("there=old") || says("removed=-")) << left;
    EXPECT_TRUE(!says("removed=-") || says("synced=new")) << left;
  }
  EXPECT_GT(seen.size(), 5u);
}

}  // namespace
}  // namespace esentcheck::subject
