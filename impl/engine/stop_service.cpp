#include "engine/gate.hpp"
#include "engine/lifecycle.hpp"
#include "engine/registry.hpp"

namespace esent {
namespace {

constexpr JET_GRBIT stop_options =
    JET_bitStopServiceBackgroundUserTasks | JET_bitStopServiceQuiesceCaches | JET_bitStopServiceResume;

}  // namespace

// jetstopserviceinstance2-function. There is no background work to stop or resume, so only the stop of
// everything has an effect, and that one cannot be undone.
JET_ERR stop_service(JET_INSTANCE instance, JET_GRBIT grbit) noexcept {
  if ((grbit & ~stop_options) != 0) return JET_errInvalidGrbit;
  Pin pin;
  return pin.enter(
      meant_instance(instance), JET_errInvalidParameter,
      [grbit](InstanceWord word) {
        if (const JET_ERR err = stop_gate(word); err != JET_errSuccess) return err;
        const bool too_late = grbit == JET_bitStopServiceResume && word.has(InstanceWord::stopped);
        return too_late ? JET_errClientRequestToStopJetService : JET_errSuccess;
      },
      [grbit](InstanceWord word) {
        return InstanceWord{grbit == JET_bitStopServiceAll ? word.bits | InstanceWord::stopped : word.bits};
      });
}

JET_ERR stop_only_service() {
  {
    const std::lock_guard lock(registry().mutex);
    if (registry().mode == Mode::multi) return JET_errRunningInMultiInstanceMode;
  }
  return stop_service(0, JET_bitStopServiceAll);
}

}  // namespace esent
