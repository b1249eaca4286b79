// The measurements, one value a round. Rounds are interleaved: what disturbs the machine for a while disturbs all that is
// compared alike.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/diagnostic.hpp"

namespace esentcheck::bench {

/// How long each contestant runs in a round.
struct Effort {
  std::uint32_t rounds = 9;
  std::uint32_t sequences = 24;         ///< generated ones on the toy
  std::uint16_t calls = 10000;          ///< of each
  std::uint16_t library_calls = 60000;  ///< of one sequence on a library
  std::uint32_t pairs = 200000;         ///< begin and end of a session
  std::uint64_t seed = 1;

  std::uint32_t toy_calls() const { return sequences * calls; }
};

/// Calls per second of CPU time.
struct ToyRates {
  std::vector<double> bare, ours, rapidcheck;
};

/// Calls per second, starts not counted; and seconds of CPU time that a start takes. Where there are two processes, the
/// CPU time of both.
struct LibraryRates {
  std::vector<double> in_process_cpu, in_process_wall, in_process_start;
  std::vector<double> isolated_cpu, isolated_wall, isolated_start;
};

Result<ToyRates> measure_toy(const Effort&);
Result<LibraryRates> measure_library(const std::string& path, const Effort&);

double median(std::vector<double>);

/// The median of the rounds' own ratios.
double ratio(const std::vector<double>& of, const std::vector<double>& to);

}  // namespace esentcheck::bench
