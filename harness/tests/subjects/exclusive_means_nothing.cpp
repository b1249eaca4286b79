// JetOpenDatabase overlooks JET_bitDbExclusive (jetopendatabase-function).
#include "real.hpp"

extern "C" JET_ERR JetOpenDatabase(JET_SESID sesid, const char* path, const char* connect, JET_DBID* dbid,
                                   JET_GRBIT grbit) {
  return seeded::real().JetOpenDatabase(sesid, path, connect, dbid, grbit & ~JET_bitDbExclusive);
}
