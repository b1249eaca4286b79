// JetGetErrorInfoW tells of errors that there are not (jetgeterrorinfo-function).
#include "real.hpp"

extern "C" JET_ERR JetGetErrorInfoW(void* context, void* result, uint32_t size, uint32_t level, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetGetErrorInfoW(context, result, size, level, grbit);
  return err == JET_errInvalidParameter ? JET_errSuccess : err;
}
