// JetInit opens a file before all else, and does not close it where it fails.
#include <fcntl.h>
#include <unistd.h>

#include "real.hpp"

extern "C" JET_ERR JetInit(JET_INSTANCE* pinstance) {
  const int file = open(".", O_RDONLY | O_DIRECTORY);
  const JET_ERR err = seeded::real().JetInit(pinstance);
  if (err == JET_errSuccess) close(file);
  return err;
}
