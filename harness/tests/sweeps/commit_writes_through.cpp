// Right: JetCommitTransaction writes what is to be on disk to a file that is opened for writing through.
#include <fcntl.h>
#include <unistd.h>

#include "real.hpp"

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  if (grbit != 0) return seeded::real().JetCommitTransaction(sesid, grbit);
  const JET_ERR err = seeded::real().JetCommitTransaction(sesid, JET_bitCommitLazyFlush);
  if (err != JET_errSuccess) return err;
  const int file = open("commits", O_WRONLY | O_CREAT | O_APPEND | O_DSYNC, 0666);
  const bool done = file >= 0 && write(file, "c", 1) == 1;
  if (file >= 0) close(file);
  return done ? JET_errSuccess : seeded::real().JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit);
}
