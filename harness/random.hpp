// Random numbers that are the same everywhere: integers only, no distribution of the standard library, whose results
// differ between vendors. Every random choice of a run comes from one seed, split by purpose, so that a new purpose
// disturbs no other.
#pragma once

#include <cstdint>
#include <string_view>

namespace esentcheck {

/// splitmix64 by Sebastiano Vigna (public domain algorithm): one multiplication chain a number, any seed is good.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }

  /// A number below `bound`, which is not 0. The bias of the multiplication is below 2^-32 for bounds of that size.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * std::uint64_t{bound}) >> 32);
  }

  bool chance(std::uint32_t in_thousand) { return below(1000) < in_thousand; }

 private:
  std::uint64_t state_;
};

/// The seed of one purpose, from the seed of the run and the purpose's name.
inline std::uint64_t seed_for(std::uint64_t seed, std::string_view purpose) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : purpose) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return Random(seed ^ hash).next();
}

}  // namespace esentcheck
