// JetCloseDatabase takes an id that was closed before (jetclosedatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetCloseDatabase(sesid, dbid, grbit);
  return err == JET_errInvalidDatabaseId || err == JET_errDatabaseNotFound ? JET_errSuccess : err;
}
