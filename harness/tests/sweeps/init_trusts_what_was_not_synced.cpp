// JetInit notes its start in a file that it does not sync, and does not start any more where the note is gone from the file.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "real.hpp"

extern "C" JET_ERR JetInit(JET_INSTANCE* pinstance) {
  struct stat there {};
  if (stat("started", &there) == 0 && there.st_size == 0) return JET_errLogFileCorrupt;
  const JET_ERR err = seeded::real().JetInit(pinstance);
  if (err != JET_errSuccess) return err;
  const int file = open("started", O_WRONLY | O_CREAT, 0666);
  if (file < 0) return err;
  static_cast<void>(!write(file, "yes", 3));
  close(file);
  return err;
}
