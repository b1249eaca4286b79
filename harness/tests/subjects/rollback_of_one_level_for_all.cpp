// JetRollback undoes one level where JET_bitRollbackAll asks for all of them (jetrollback-function).
#include "real.hpp"

extern "C" JET_ERR JetRollback(JET_SESID sesid, JET_GRBIT grbit) {
  return seeded::real().JetRollback(sesid, grbit & ~JET_bitRollbackAll);
}
