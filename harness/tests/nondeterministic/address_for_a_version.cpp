// JetGetVersion tells where something of it lies.
#include "real.hpp"

extern "C" JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* version) {
  const JET_ERR err = seeded::real().JetGetVersion(sesid, version);
  if (err >= 0) *version = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(&seeded::real()) >> 12);
  return err;
}
