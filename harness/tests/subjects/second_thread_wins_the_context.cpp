// JetSetSessionContext lets another thread take a session that has a context.
#include <pthread.h>

#include <atomic>

#include "real.hpp"

namespace {
std::atomic<pthread_t> holder{};
}  // namespace

extern "C" JET_ERR JetSetSessionContext(JET_SESID sesid, JET_API_PTR context) {
  const JET_ERR err = seeded::real().JetSetSessionContext(sesid, context);
  if (err >= 0) holder = pthread_self();
  return err == JET_errSessionContextAlreadySet && pthread_equal(holder, pthread_self()) == 0 ? JET_errSuccess : err;
}
