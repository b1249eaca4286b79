// JetDetachDatabase does not care whether somebody has the database open (jetdetachdatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetDetachDatabase(JET_SESID sesid, const char* path) {
  const JET_ERR err = seeded::real().JetDetachDatabase(sesid, path);
  return err == JET_errDatabaseInUse ? JET_errSuccess : err;
}
