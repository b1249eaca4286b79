// JetTerm says that it has ended an instance whose sessions go on.
#include "real.hpp"

extern "C" JET_ERR JetTerm(JET_INSTANCE instance) {
  return seeded::book().live_sessions(instance) != 0 ? JET_errSuccess : seeded::booked::term(instance);
}

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  return seeded::book().live_sessions(instance) != 0 ? JET_errSuccess : seeded::booked::term2(instance, grbit);
}
