// JetAttachDatabase of a file that the session has attached is a plain success (jetattachdatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetAttachDatabase(JET_SESID sesid, const char* path, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetAttachDatabase(sesid, path, grbit);
  return err == JET_wrnDatabaseAttached ? JET_errSuccess : err;
}
