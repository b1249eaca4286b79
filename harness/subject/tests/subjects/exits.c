/* Ends the process from inside a call. */
#include <stdlib.h>
#include <unistd.h>

#include "jet.h"

EXPORT JET_ERR JetEndSession(JET_SESID session, JET_GRBIT grbit) {
  (void)session, (void)grbit;
  exit(0);
}

EXPORT JET_ERR JetRollback(JET_SESID session, JET_GRBIT grbit) {
  (void)session, (void)grbit;
  _exit(7);
}
