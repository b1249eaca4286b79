// JetDupSession leaves its lock held where an allocation is refused.
#include <memory>
#include <new>

#include "real.hpp"

namespace {
std::mutex mutex;
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  if (psesid != nullptr) *psesid = JET_sesidNil;
  mutex.lock();
  const std::unique_ptr<char> memory(new (std::nothrow) char('a'));
  if (memory == nullptr) return JET_errOutOfMemory;
  const JET_ERR err = seeded::booked::dup_session(sesid, psesid);
  mutex.unlock();
  return err;
}
