/* Its constructor aborts. */
#include <stdlib.h>

#include "jet.h"

__attribute__((constructor)) static void crash(void) { abort(); }

EXPORT JET_ERR JetStopService(void) { return JET_errSuccess; }
