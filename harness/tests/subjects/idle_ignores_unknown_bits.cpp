// JetIdle overlooks bits that it does not know (jetidle-function).
#include "real.hpp"

extern "C" JET_ERR JetIdle(JET_SESID sesid, JET_GRBIT grbit) {
  constexpr JET_GRBIT known = 7;
  return seeded::real().JetIdle(sesid, grbit & known);
}
