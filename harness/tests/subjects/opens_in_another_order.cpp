// Right, and of several reasons to refuse a JetOpenDatabase it gives options last.
#include "real.hpp"

extern "C" JET_ERR JetOpenDatabase(JET_SESID sesid, const char* path, const char* connect, JET_DBID* dbid,
                                   JET_GRBIT grbit) {
  const seeded::Real& real = seeded::real();
  const JET_ERR err = real.JetOpenDatabase(sesid, path, connect, dbid, grbit);
  if (err != JET_errInvalidGrbit) return err;
  const JET_ERR other = real.JetOpenDatabase(sesid, path, connect, dbid, 0);
  if (other < 0) return other;
  real.JetCloseDatabase(sesid, *dbid, 0);
  *dbid = JET_dbidNil;
  return err;
}
