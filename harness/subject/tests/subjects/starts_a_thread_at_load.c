/* Depends on a thread that its constructor starts, which a fork would lose. */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "jet.h"

static atomic_int asked;
static atomic_int answered;

static void* answer(void* unused) {
  for (;;) {
    if (atomic_load(&asked) != atomic_load(&answered)) atomic_store(&answered, atomic_load(&asked));
    const struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
  }
  return unused;
}

__attribute__((constructor)) static void start(void) {
  pthread_t thread;
  pthread_create(&thread, NULL, answer, NULL);
  pthread_detach(thread);
}

EXPORT JET_ERR JetStopService(void) {
  const int question = atomic_fetch_add(&asked, 1) + 1;
  while (atomic_load(&answered) != question) {
    const struct timespec moment = {0, 1000000};
    nanosleep(&moment, NULL);
  }
  return JET_errSuccess;
}
