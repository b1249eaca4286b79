// Subjects that do not do the same again are told from those that do.
#include "harness/check/determinism.hpp"

#include <cstdlib>

#include "harness/tests/support.hpp"

namespace esentcheck::check {
namespace {

std::optional<Sequence> difference(const std::string& path) {
  const auto one = open(path);
  setenv("ESENTCHECK_PADDING", std::string(5000, 'x').c_str(), 1);
  const auto other = open(path);
  unsetenv("ESENTCHECK_PADDING");
  for (const generate::Shape& shape : generate::shapes(1, 30, true, true))
    if (auto found = diverging_sequence(*one, *other, shape, {})) return found;
  for (std::uint64_t n = 0; n < 15 && one->describe().capabilities.simulation; ++n)
    if (auto found = diverging_race(*one, *other, 1, n, {})) return found;
  return std::nullopt;
}

class Nondeterministic : public testing::TestWithParam<std::string> {};

TEST_P(Nondeterministic, IsCaughtAtTheStepThatShowsIt) {
  const auto found = difference(SEEDED_NONDETERMINISTIC "/" + GetParam() + ".so");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->deviation->kind, reports::FindingKind::nondeterminism);
  EXPECT_EQ(found->deviation->function, spec::Function::JetGetVersion);
  EXPECT_EQ(found->plan.steps.back().function, spec::Function::JetGetVersion);
  EXPECT_NE(found->deviation->detail.find("another process answered JET_errSuccess, "), std::string::npos)
      << found->deviation->detail;
}

INSTANTIATE_TEST_SUITE_P(Seeded, Nondeterministic,
                         testing::Values("address_for_a_version", "clock_for_a_version", "order_of_a_hash"),
                         [](const auto& subject) { return subject.param; });

TEST(Deterministic, LibesentDoesTheSameAgain) {
  const auto found = difference(libesent);
  if (found) FAIL() << plan::spell(found->plan, found->plan.steps.back()) << ": " << found->deviation->detail;
}

}  // namespace
}  // namespace esentcheck::check
