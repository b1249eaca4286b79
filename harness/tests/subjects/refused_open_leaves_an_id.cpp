// A refused JetOpenDatabase leaves something in *pdbid that looks like an id (jetopendatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetOpenDatabase(JET_SESID sesid, const char* path, const char* connect, JET_DBID* dbid,
                                   JET_GRBIT grbit) {
  const JET_ERR err = seeded::real().JetOpenDatabase(sesid, path, connect, dbid, grbit);
  if (err < 0 && dbid != nullptr) *dbid = 7;
  return err;
}
