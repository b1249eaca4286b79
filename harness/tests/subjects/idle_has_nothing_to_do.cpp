// Right, and always warns that JetIdle found nothing to do, which the page leaves to the engine.
#include "real.hpp"

extern "C" JET_ERR JetIdle(JET_SESID sesid, JET_GRBIT grbit) {
  constexpr JET_GRBIT compact = 2;
  constexpr JET_ERR no_idle_activity = 1058;
  const JET_ERR err = seeded::real().JetIdle(sesid, grbit);
  return err == JET_errSuccess && (grbit == 0 || grbit == compact) ? no_idle_activity : err;
}
