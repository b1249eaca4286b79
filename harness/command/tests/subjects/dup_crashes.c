/* JetDupSession aborts. */
#include <esent.h>
#include <stdlib.h>

JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  (void)sesid, (void)psesid;
  abort();
}
