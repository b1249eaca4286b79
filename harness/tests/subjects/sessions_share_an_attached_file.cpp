// JetAttachDatabase lets a second session have a file that another one has attached (jetattachdatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetAttachDatabase(JET_SESID sesid, const char* path, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetAttachDatabase(sesid, path, grbit);
  return err == JET_errDatabaseSharingViolation ? JET_errSuccess : err;
}
