// What a campaign counts, and what steering is worth.
#include <gtest/gtest.h>

#include <map>

#include "harness/check/campaign.hpp"
#include "harness/tests/model_subject.hpp"
#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

using enum spec::Function;

Frequency after(std::uint64_t seed, std::size_t count, bool steered) {
  ModelSubject subject;
  Campaign campaign(subject, {}, seed, count, steered);
  while (!campaign.over()) {
    const Sequence sequence = campaign.next();
    EXPECT_FALSE(sequence.deviation);
  }
  return campaign.frequency();
}

TEST(Campaign, CountsEveryCallOnce) {
  ModelSubject subject;
  Campaign campaign(subject, {}, 1, 30);
  std::map<std::pair<spec::Function, std::int32_t>, std::uint64_t> own;
  std::uint64_t calls = 0;
  while (!campaign.over()) {
    const Sequence sequence = campaign.next();
    calls += sequence.seen.size();
    for (std::size_t i = 0; i < sequence.seen.size(); ++i)
      ++own[{sequence.plan.steps[i].function, sequence.seen[i].code}];
  }
  std::uint64_t counted = 0;
  for (const Frequency::Line& line : campaign.frequency().lines()) {
    counted += line.calls;
    own[{line.function, line.code}] -= line.calls;
  }
  EXPECT_EQ(counted, calls);
  for (const auto& [what, left] : own) EXPECT_EQ(left, 0u) << spec::row(what.first).name << ' ' << what.second;
}

TEST(Campaign, OfOneSeedMakesTheSameCalls) {
  const auto once = after(3, 40, true).lines();
  const auto twice = after(3, 40, true).lines();
  ASSERT_EQ(once.size(), twice.size());
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].situation, twice[i].situation);
    EXPECT_EQ(once[i].calls, twice[i].calls);
  }
}

TEST(Campaign, MeetsMoreWhenItIsSteered) {
  std::size_t steered = 0;
  std::size_t blind = 0;
  for (const std::uint64_t seed : {1, 2, 3}) {
    steered += after(seed, 150, true).met();
    blind += after(seed, 150, false).met();
  }
  EXPECT_GT(steered, blind * 105 / 100) << "less than five in a hundred more";
}

TEST(Situation, SaysWhatACallIsAbout) {
  ModelSubject subject;
  Campaign campaign(subject, {}, 1, 200);
  while (!campaign.over()) campaign.next();
  std::string met;
  for (const Frequency::Line& line : campaign.frequency().lines()) met += line.situation.spelled() + '\n';
  for (const char* part :
       {"no instance asked for", "no such object", "created instance", "running instance, no session\n",
        "running instance, all sessions, outside transactions", "at the deepest level", "in nested transactions",
        "stopped instance, some sessions, in a transaction", "outside transactions, some databases\n"})
    EXPECT_NE(met.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace esentcheck::check
