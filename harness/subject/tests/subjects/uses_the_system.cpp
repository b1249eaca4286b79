// Allocates, writes and syncs inside its calls, a known number of times each.
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <fstream>
#include <new>
#include <thread>

#include "jet.h"

namespace {

void* volatile sink;  // the compiler may not remove allocations whose address it cannot follow

bool keep(void* memory) {
  sink = memory;
  return memory != nullptr;
}

}  // namespace

// Six allocations: malloc, calloc, realloc, posix_memalign, new, new[]. The text says which was refused.
EXPORT JET_ERR JetGetSystemParameter(JET_INSTANCE, JET_SESID, uint32_t, JET_API_PTR*, char* text, uint32_t size) {
  const auto refused = [&](const char* which) {
    if (text != nullptr) strncpy(text, which, size);
    return JET_errOutOfMemory;
  };
  void* memory = malloc(10);
  if (!keep(memory)) return refused("malloc");
  free(memory);
  memory = calloc(2, 10);
  if (!keep(memory)) return refused("calloc");
  void* larger = realloc(memory, 5000);
  if (!keep(larger)) {
    free(memory);
    return refused("realloc");
  }
  free(larger);
  if (posix_memalign(&memory, 64, 128) != 0) return refused("posix_memalign");
  free(memory);
  try {
    int* one = new int(1);
    keep(one);
    delete one;
  } catch (const std::bad_alloc&) {
    return refused("new");
  }
  char* many = new (std::nothrow) char[100];
  if (!keep(many)) return refused("new[]");
  delete[] many;
  return JET_errSuccess;
}

// One write and one sync. Rolling back writes through a C++ stream.
EXPORT JET_ERR JetCommitTransaction(JET_SESID, JET_GRBIT) {
  const int file = open("log", O_CREAT | O_WRONLY | O_APPEND, 0600);
  const bool good = write(file, "x", 1) == 1 && fsync(file) == 0;
  close(file);
  return good ? JET_errSuccess : JET_errDiskIO;
}

EXPORT JET_ERR JetRollback(JET_SESID, JET_GRBIT) {
  std::ofstream file("log", std::ios::app);
  file << "y" << std::flush;
  return file ? JET_errSuccess : JET_errDiskIO;
}

// Allocates on a thread of its own.
EXPORT JET_ERR JetStopService() {
  bool good = true;
  std::thread thread([&] {
    void* memory = malloc(10);
    good = keep(memory);
    free(memory);
  });
  thread.join();
  return good ? JET_errSuccess : JET_errOutOfMemory;
}

// Calls back, then allocates twice.
EXPORT JET_ERR JetRestoreInstance(JET_INSTANCE, const char*, const char*, JET_PFNSTATUS status) {
  const JET_ERR told = status(1, 2, 3, nullptr);
  if (told < 0) return told;
  for (int i = 0; i < 2; ++i) {
    void* memory = malloc(10);
    if (!keep(memory)) return JET_errOutOfMemory;
    free(memory);
  }
  return JET_errSuccess;
}
