// Right: JetCommitTransaction leaves the sync of its log to another thread, and waits for it.
#include <pthread.h>

#include "real.hpp"

namespace {

void* sync(void* sesid) {
  const JET_ERR err = seeded::real().JetCommitTransaction(*static_cast<JET_SESID*>(sesid), JET_bitWaitLastLevel0Commit);
  // Of a transaction that goes on, which belongs to its thread, there is nothing to sync yet.
  return err == JET_errLogWriteFail ? nullptr : sesid;
}

}  // namespace

extern "C" JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  if (grbit != 0) return seeded::real().JetCommitTransaction(sesid, grbit);
  const JET_ERR err = seeded::real().JetCommitTransaction(sesid, JET_bitCommitLazyFlush);
  if (err != JET_errSuccess) return err;
  pthread_t thread;
  void* done = nullptr;
  if (pthread_create(&thread, nullptr, &sync, &sesid) != 0)
    return seeded::real().JetCommitTransaction(sesid, JET_bitWaitLastLevel0Commit);
  pthread_join(thread, &done);
  return done != nullptr ? JET_errSuccess : JET_errLogWriteFail;
}
