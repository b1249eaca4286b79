// JetTerm2 takes the handle of an instance that is gone (jetterm2-function).
#include "real.hpp"

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::term2(instance, grbit);
  return err == JET_errInvalidParameter && instance != 0 && instance != JET_instanceNil ? JET_errSuccess : err;
}
