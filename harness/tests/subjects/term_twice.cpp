// JetTerm2 takes the handle of the instance that was terminated last (jetterm2-function).
#include "real.hpp"

namespace {
JET_INSTANCE last = 0;
}

extern "C" JET_ERR JetTerm(JET_INSTANCE instance) {
  const JET_ERR err = seeded::booked::term(instance);
  if (err >= 0) last = instance;
  return err;
}

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::term2(instance, grbit);
  if (err == JET_errInvalidParameter && instance != 0 && instance == last) return JET_errSuccess;
  if (err >= 0) last = instance;
  return err;
}
