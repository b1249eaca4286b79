/* Aborts in the third call of JetBeginSession. abort() and not a wild access: sanitizers turn those into exits. */
#include <stdlib.h>

#include "jet.h"

EXPORT JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* session, const char* user, const char* password) {
  static int calls;
  (void)instance, (void)user, (void)password;
  if (++calls == 3) abort();
  *session = 0x100;
  return JET_errSuccess;
}

/* Follows whatever it is given. */
EXPORT JET_ERR JetDupSession(JET_SESID session, JET_SESID* out) {
  (void)session, (void)out;
  abort();
}
