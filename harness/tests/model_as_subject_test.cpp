// The model run as a subject under each profile: it agrees with itself, and the profiles can be told apart.
#include <gtest/gtest.h>

#include "harness/check/sequence.hpp"
#include "harness/generate/shape.hpp"
#include "harness/tests/model_subject.hpp"

namespace esentcheck::check {
namespace {

using model::Profile;
using model::Reading;

struct Figures {
  std::size_t calls = 0;
  std::size_t deviations = 0;
};

/// Generated sequences of a model that answers by one profile, judged by another.
Figures judge(const Profile& answers, const Profile& judges) {
  Figures figures;
  for (std::uint64_t seed = 0; generate::Shape shape : generate::shapes(17, 80, true, true)) {
    // Without handle validation what a bad handle does is anybody's guess.
    if (answers.reading == Reading::engine_fast || judges.reading == Reading::engine_fast) shape.bad_arguments = 0;
    ModelSubject subject(answers, ++seed);
    const Sequence sequence = run_sequence(subject, shape, judges);
    figures.calls += sequence.seen.size();
    figures.deviations += sequence.deviation ? 1 : 0;
    if (sequence.deviation && answers.reading == judges.reading && answers.release == judges.release)
      ADD_FAILURE() << plan::spell(sequence.plan, sequence.plan.steps.back()) << " -> " << sequence.seen.back().code
                    << ' ' << sequence.deviation->detail << ", shape seed " << shape.seed;
  }
  return figures;
}

TEST(ModelAsSubject, AgreesWithItselfUnderEachProfile) {
  for (const Reading reading : {Reading::documented, Reading::engine, Reading::engine_fast})
    for (const spec::Release release : {spec::newest_release, spec::Release::windows_xp}) {
      const Profile profile{reading, release};
      const Figures figures = judge(profile, profile);
      EXPECT_EQ(figures.deviations, 0u) << model::name_of(reading);
      EXPECT_GT(figures.calls, 3'000u) << model::name_of(reading);
    }
}

TEST(ModelAsSubject, IsAccusedByEveryOtherReading) {
  const std::array readings{Reading::documented, Reading::engine, Reading::engine_fast};
  for (const Reading answers : readings)
    for (const Reading judges : readings)
      if (answers != judges) {
        EXPECT_GT(judge({.reading = answers}, {.reading = judges}).deviations, 0u)
            << model::name_of(answers) << " judged by " << model::name_of(judges);
      }
}

TEST(ModelAsSubject, OfANewReleaseIsAccusedByAnOldOne) {
  const Figures figures = judge({}, {.release = spec::Release::windows_2000});
  EXPECT_GT(figures.deviations, 0u);
}

}  // namespace
}  // namespace esentcheck::check
