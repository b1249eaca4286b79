// JetCreateDatabase of a file that exists opens it instead of refusing (jetcreatedatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetCreateDatabase(JET_SESID sesid, JET_PCSTR path, JET_PCSTR connect, JET_DBID* dbid,
                                     JET_GRBIT grbit) {
  const seeded::Real& real = seeded::real();
  const JET_ERR err = real.JetCreateDatabase(sesid, path, connect, dbid, grbit);
  if (err != JET_errDatabaseDuplicate || real.JetAttachDatabase(sesid, path, 0) < 0) return err;
  return real.JetOpenDatabase(sesid, path, connect, dbid, 0);
}
