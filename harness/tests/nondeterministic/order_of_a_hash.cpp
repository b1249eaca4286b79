// JetGetVersion tells which of some objects comes first where they are ordered by a hash of their addresses.
#include "real.hpp"

namespace {
// Not on the heap, which sanitizers have in the same place each time.
std::array<long, 1009> objects;
}  // namespace

extern "C" JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* version) {
  const JET_ERR err = seeded::real().JetGetVersion(sesid, version);
  if (err < 0) return err;
  std::size_t first = 0;
  const auto hash = [&](std::size_t i) { return reinterpret_cast<uintptr_t>(&objects[i]) * 0x9e3779b97f4a7c15; };
  for (std::size_t i = 1; i < objects.size(); ++i)
    if (hash(i) < hash(first)) first = i;
  *version = static_cast<uint32_t>(first + 1);
  return err;
}
