/* JetDupSession never returns. */
#include <esent.h>
#include <unistd.h>

JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  (void)sesid, (void)psesid;
  for (;;) pause();
}
