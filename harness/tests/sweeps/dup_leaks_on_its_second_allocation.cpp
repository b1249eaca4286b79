// JetDupSession gives its place back where its first allocation is refused, and forgets to where the second one is: by the
// time of the next one, since there is no memory to lose a session with before.
#include <atomic>
#include <memory>
#include <new>

#include "real.hpp"

namespace {
std::atomic<JET_INSTANCE> owed = JET_instanceNil;
}  // namespace

extern "C" JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_INSTANCE creditor = owed.exchange(JET_instanceNil);
  if (creditor != JET_instanceNil) seeded::lose_a_session(creditor);
  if (psesid != nullptr) *psesid = JET_sesidNil;
  const std::unique_ptr<char> first(new (std::nothrow) char('a'));
  if (first == nullptr) return JET_errOutOfMemory;
  const std::unique_ptr<char> second(new (std::nothrow) char('b'));
  if (second == nullptr) {
    if (seeded::book().knows(sesid)) owed = seeded::book().instance_of(sesid);
    return JET_errOutOfMemory;
  }
  return seeded::booked::dup_session(sesid, psesid);
}
