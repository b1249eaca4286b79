// JetSetSessionParameter stores nothing (jetsetsessionparameter-function).
#include <cstring>

#include "real.hpp"

extern "C" JET_ERR JetSetSessionParameter(JET_SESID sesid, uint32_t id, void* value, uint32_t size) {
  uint32_t before = 0;
  const bool is_number = value != nullptr && size == sizeof before &&
                         seeded::real().JetGetSessionParameter(sesid, id, &before, sizeof before, nullptr) >= 0;
  return seeded::real().JetSetSessionParameter(sesid, id, is_number ? &before : value, size);
}
