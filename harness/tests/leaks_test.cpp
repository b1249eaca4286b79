// When what a failing call holds on to is a leak.
#include "harness/check/leaks.hpp"

#include <gtest/gtest.h>

#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

using Holdings = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  ///< blocks and the lowest free descriptor

/// What is said of a call that fails so often, and holds so much each time.
std::string told(const Holdings& holdings, std::int32_t code = -1011) {
  const plan::Step step{.fault = {plan::Operation::memory, 1}};
  LeakWatch leaks;
  std::string last;
  for (const auto& [blocks, descriptors] : holdings)
    last = leaks
               .watch(step, {.end = subject::End::returned,
                             .faults_hit = subject::faults::memory_hit,
                             .code = code,
                             .blocks = blocks,
                             .descriptors = descriptors})
               .value_or("");
  return last;
}

TEST(Leaks, AreWhatGrowsEachTime) {
  EXPECT_EQ(told({{9, 5}, {9, 5}, {9, 5}, {10, 5}, {11, 5}, {12, 5}, {13, 5}, {14, 5}}),
            "it keeps a block of memory each time that it fails");
  EXPECT_EQ(told({{1, 5}, {4, 5}, {7, 5}, {10, 5}, {13, 5}, {16, 5}, {19, 5}, {22, 5}}),
            "it keeps 3 blocks of memory each time that it fails");
}

TEST(Leaks, OfFilesPassOverDescriptorsThatAreInUse) {
  EXPECT_EQ(told({{1, 3}, {1, 4}, {1, 6}, {1, 7}, {1, 11}, {1, 12}, {1, 13}, {1, 20}}),
            "it leaves a file open each time that it fails");
}

TEST(Leaks, AreNotWhatIsKeptOnceOrNowAndThen) {
  EXPECT_EQ(told({{1, 5}, {2, 6}, {3, 7}, {3, 7}, {3, 7}, {3, 7}, {3, 7}, {3, 7}}), "");
  EXPECT_EQ(told({{1, 5}, {2, 5}, {3, 5}, {4, 5}, {4, 5}, {5, 5}, {6, 5}, {7, 5}}), "");
  EXPECT_EQ(told({{1, 5}, {2, 5}, {3, 5}, {4, 5}, {5, 5}, {6, 5}, {7, 5}}), "") << "too few to tell";
  EXPECT_EQ(told({{1, 5}, {2, 5}, {3, 5}, {4, 5}, {5, 5}, {6, 5}, {7, 5}, {8, 5}}, 0), "") << "it has succeeded";
}

}  // namespace
}  // namespace esentcheck::check
