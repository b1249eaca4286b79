// JetTerm and JetDupSession wait until JetStopService is called, JetTerm2 looks again and again for that.
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "jet.h"

namespace {

std::mutex mutex;
std::condition_variable changed;
int stops = 0;

int stops_so_far() {
  const std::lock_guard lock(mutex);
  return stops;
}

void wait_for_stop() {
  std::unique_lock lock(mutex);
  changed.wait(lock, [before = stops] { return stops != before; });
}

}  // namespace

EXPORT JET_ERR JetStopService() {
  const std::lock_guard lock(mutex);
  ++stops;
  changed.notify_all();
  return JET_errSuccess;
}

EXPORT JET_ERR JetTerm(JET_INSTANCE) {
  wait_for_stop();
  return 1;
}

EXPORT JET_ERR JetTerm2(JET_INSTANCE, JET_GRBIT) {
  for (const int before = stops_so_far(); stops_so_far() == before;)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  return 2;
}

// Busy for a while, and never asleep.
EXPORT JET_ERR JetRollback(JET_SESID, JET_GRBIT) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(150);
  while (std::chrono::steady_clock::now() < end) {
  }
  return 3;
}

// Writes its out-parameter late.
EXPORT JET_ERR JetDupSession(JET_SESID session, JET_SESID* out) {
  wait_for_stop();
  *out = session + 1;
  return JET_errSuccess;
}
