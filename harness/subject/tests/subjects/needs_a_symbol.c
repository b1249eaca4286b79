/* Cannot be loaded. */
#include "jet.h"

extern JET_ERR esentcheck_nobody_has_this(void);

EXPORT JET_ERR JetStopService(void) { return esentcheck_nobody_has_this(); }
