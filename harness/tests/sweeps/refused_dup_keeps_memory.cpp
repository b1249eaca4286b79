// JetDupSession does not give its memory back where a later allocation is refused.
#include <cstdlib>

#include "real.hpp"

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  if (psesid != nullptr) *psesid = JET_sesidNil;
  void* first = std::malloc(24);
  if (first == nullptr) return JET_errOutOfMemory;
  void* second = std::malloc(24);
  if (second == nullptr) return JET_errOutOfMemory;
  std::free(second);
  std::free(first);
  return seeded::booked::dup_session(sesid, psesid);
}
