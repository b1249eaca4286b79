// The generated part of a run: sequences one after the other, each steered to what those before it met seldom.
#pragma once

#include <cstdint>
#include <vector>

#include "harness/check/frequency.hpp"
#include "harness/check/sequence.hpp"
#include "harness/generate/shape.hpp"

namespace esentcheck::check {

class Campaign {
 public:
  /// `count` sequences that belong to the seed, asking for nothing that the subject cannot do. The same seed makes the same
  /// calls of a subject that answers the same.
  Campaign(subject::Subject&, const model::Profile&, std::uint64_t seed, std::size_t count, bool steered = true);

  std::size_t size() const { return shapes_.size(); }
  std::size_t played() const { return next_; }
  bool over() const { return next_ == shapes_.size(); }

  Sequence next();

  const Frequency& frequency() const { return frequency_; }

 private:
  subject::Subject& subject_;
  model::Profile profile_;
  std::vector<generate::Shape> shapes_;
  bool steered_;
  std::size_t next_ = 0;
  Habits habits_;
  Frequency frequency_;
};

}  // namespace esentcheck::check
