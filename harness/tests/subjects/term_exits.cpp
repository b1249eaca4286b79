// JetTerm ends the process.
#include <cstdlib>

#include "real.hpp"

extern "C" JET_ERR JetTerm(JET_INSTANCE) { std::exit(0); }
