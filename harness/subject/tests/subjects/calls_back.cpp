// Calls a status callback three times while it restores, and knows which of its calls are made meanwhile.
#include <atomic>
#include <thread>

#include "jet.h"

namespace {

std::atomic<int> restoring;
thread_local int restoring_here;

JET_ERR restore(JET_PFNSTATUS status) {
  ++restoring;
  ++restoring_here;
  JET_ERR result = JET_errSuccess;
  for (uint32_t i = 0; status != nullptr && i < 3 && result == JET_errSuccess; ++i)
    result = status(0x4200, 1, i, nullptr);
  --restoring;
  --restoring_here;
  return result;
}

}  // namespace

EXPORT JET_ERR JetRestoreInstance(JET_INSTANCE, const char*, const char*, JET_PFNSTATUS status) {
  return restore(status);
}

EXPORT JET_ERR JetInit3(JET_INSTANCE* instance, JET_RSTINFO* info, JET_GRBIT) {
  if (instance != nullptr) *instance = 0x77;
  if (info != nullptr && info->cbStruct != sizeof *info) return JET_errInvalidParameter;
  return restore(info == nullptr ? nullptr : info->pfnStatus);
}

// Calls back from a thread of its own.
EXPORT JET_ERR JetBackupInstance(JET_INSTANCE, const char*, JET_GRBIT, JET_PFNSTATUS status) {
  JET_ERR result = JET_errSuccess;
  std::thread([&] { result = status(0x4200, 1, 0, nullptr); }).join();
  return result;
}

// How many restores are in progress, in tens, and how many of them on this thread.
EXPORT JET_ERR JetStopService() { return 10 * restoring.load() + restoring_here; }
