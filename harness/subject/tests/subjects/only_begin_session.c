/* Has one function, and that one under its A name. */
#include "jet.h"

EXPORT JET_ERR JetBeginSessionA(JET_INSTANCE instance, JET_SESID* session, const char* user, const char* password) {
  (void)instance, (void)user, (void)password;
  *session = 0x100;
  return JET_errSuccess;
}
