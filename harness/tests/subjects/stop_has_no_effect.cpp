// JetStopServiceInstance stops nothing (jetstopserviceinstance-function).
#include "real.hpp"

extern "C" JET_ERR JetStopServiceInstance(JET_INSTANCE instance) {
  constexpr JET_GRBIT tasks_only = 2;
  return seeded::real().JetStopServiceInstance2(instance, tasks_only);
}
