/* A shared library that is not ESENT. */
#include "jet.h"

EXPORT int frobnicate(void) { return 1; }
