// JetDupSession looks up what belongs to the instance of its session, and reads it when JetTerm2 may have given it back.
#include <sys/mman.h>

#include "real.hpp"

namespace {
constexpr std::size_t page = 4096;

struct Owned {
  JET_INSTANCE instance = 0;
  volatile char* memory = nullptr;
};
std::mutex mutex;
std::array<Owned, 64> all;

volatile char* memory_of(JET_INSTANCE instance) {
  const std::lock_guard lock(mutex);
  for (const Owned& owned : all)
    if (owned.instance == instance) return owned.memory;
  return nullptr;
}

void give_back(JET_INSTANCE instance) {
  const std::lock_guard lock(mutex);
  for (Owned& owned : all) {
    if (owned.instance != instance || owned.memory == nullptr) continue;
    munmap(const_cast<char*>(owned.memory), page);
    owned = {};
  }
}
}  // namespace

extern "C" JET_ERR JetInit(JET_INSTANCE* pinstance) {
  const JET_ERR err = seeded::real().JetInit(pinstance);
  if (err < 0 || pinstance == nullptr) return err;
  const std::lock_guard lock(mutex);
  for (Owned& owned : all) {
    if (owned.memory != nullptr) continue;
    void* memory = mmap(nullptr, page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory != MAP_FAILED) owned = {*pinstance, static_cast<volatile char*>(memory)};
    break;
  }
  return err;
}

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  volatile char* memory = memory_of(seeded::book().instance_of(sesid));
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  if (memory != nullptr) static_cast<void>(*memory);
  return err;
}

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  const JET_ERR err = seeded::booked::term2(instance, grbit);
  if (err >= 0) give_back(instance);
  return err;
}
