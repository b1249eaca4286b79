// JetGetVersion tells what time it is, by a clock that nobody can simulate.
#include <ctime>

#include "real.hpp"

extern "C" JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* version) {
  const JET_ERR err = seeded::real().JetGetVersion(sesid, version);
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  if (err >= 0) *version = static_cast<uint32_t>(now.tv_nsec | 1);
  return err;
}
