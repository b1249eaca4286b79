// JetCreateDatabase that fails for its files leaves the database half attached: not there, and not to be made any more.
#include <cstring>

#include "real.hpp"

namespace {
char half_attached[256];
}  // namespace

extern "C" JET_ERR JetCreateDatabase(JET_SESID sesid, const char* path, const char* connect, JET_DBID* pdbid,
                                     JET_GRBIT grbit) {
  if (path != nullptr && std::strcmp(path, half_attached) == 0) return JET_errDatabaseDuplicate;
  const JET_ERR err = seeded::real().JetCreateDatabase(sesid, path, connect, pdbid, grbit);
  if (err == JET_errDiskIO) std::strncpy(half_attached, path, sizeof half_attached - 1);
  return err;
}
