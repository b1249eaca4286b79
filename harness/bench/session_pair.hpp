// What a session costs: JetBeginSession and JetEndSession beside two uncontended pthread mutex pairs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "harness/diagnostic.hpp"

namespace esentcheck::bench {

/// Nanoseconds of CPU time, a value for each round.
struct SessionPairs {
  std::vector<double> session;  ///< one JetBeginSession and one JetEndSession
  std::vector<double> mutexes;  ///< two mutexes, locked and unlocked one after the other
};

/// `library` is opened in this process. A second thread is alive all the time, so that nobody takes a short cut.
Result<SessionPairs> measure_session_pairs(const std::string& library, std::uint32_t rounds, std::uint32_t pairs);

}  // namespace esentcheck::bench
