/* JetEndSession never returns. */
#include <unistd.h>

#include "jet.h"

EXPORT JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* session, const char* user, const char* password) {
  (void)instance, (void)user, (void)password;
  *session = 0x100;
  return JET_errSuccess;
}

EXPORT JET_ERR JetEndSession(JET_SESID session, JET_GRBIT grbit) {
  (void)session, (void)grbit;
  for (;;) pause();
}
