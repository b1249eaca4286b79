// JetTerm2 looks whether a call is inside, and only then begins to wait for it to leave.
#include <condition_variable>

#include "real.hpp"

namespace {
std::mutex mutex;
std::condition_variable left;
int inside = 0;

class Stay {
 public:
  Stay() {
    const std::lock_guard lock(mutex);
    ++inside;
  }
  ~Stay() {
    {
      const std::lock_guard lock(mutex);
      --inside;
    }
    left.notify_all();
  }
};

bool anybody_inside() {
  const std::lock_guard lock(mutex);
  return inside > 0;
}
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const Stay stay;
  return seeded::booked::dup_session(sesid, psesid);
}

extern "C" JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const Stay stay;
  return seeded::booked::end_session(sesid, grbit);
}

extern "C" JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit) {
  if (anybody_inside()) {
    std::unique_lock lock(mutex);
    left.wait(lock);
  }
  return seeded::booked::term2(instance, grbit);
}
