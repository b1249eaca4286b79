// An instance keeps one of its sessions to itself.
#include "real.hpp"

using seeded::real;

namespace {
JET_ERR then_lose_a_session(JET_ERR err, const JET_INSTANCE* pinstance) {
  if (err >= 0) seeded::lose_a_session(pinstance == nullptr ? JET_instanceNil : *pinstance);
  return err;
}
}  // namespace

extern "C" JET_ERR JetInit(JET_INSTANCE* pinstance) {
  return then_lose_a_session(real().JetInit(pinstance), pinstance);
}
extern "C" JET_ERR JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit) {
  return then_lose_a_session(real().JetInit2(pinstance, grbit), pinstance);
}
extern "C" JET_ERR JetInit3(JET_INSTANCE* pinstance, const JET_RSTINFO* info, JET_GRBIT grbit) {
  return then_lose_a_session(real().JetInit3(pinstance, info, grbit), pinstance);
}
