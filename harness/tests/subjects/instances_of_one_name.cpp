// JetCreateInstance takes a name that another instance has (jetcreateinstance-function).
#include <string>

#include "real.hpp"

extern "C" JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* name) {
  const JET_ERR err = seeded::real().JetCreateInstance(pinstance, name);
  if (err != JET_errInstanceNameInUse) return err;
  return JetCreateInstance(pinstance, name == nullptr ? "another" : (std::string(name) + "'").c_str());
}
