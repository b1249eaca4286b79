// Forwards everything: what the seeded subjects are made of changes nothing.
#include "real.hpp"
