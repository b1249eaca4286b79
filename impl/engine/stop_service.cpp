#include "engine/gate.hpp"
#include "engine/lifecycle.hpp"
#include "engine/registry.hpp"

namespace esent {
namespace {

constexpr JET_GRBIT stop_options =
    JET_bitStopServiceBackgroundUserTasks | JET_bitStopServiceQuiesceCaches | JET_bitStopServiceResume;

template <class Refuse>
JET_ERR stop(JET_INSTANCE instance, std::uint64_t flags, Refuse refuse) noexcept {
  Pin pin;
  return pin.enter(meant_instance(instance), JET_errInvalidParameter, refuse,
                   [flags](InstanceWord word) { return InstanceWord{word.bits | flags}; });
}

}  // namespace

JET_ERR stop_service(JET_INSTANCE instance) noexcept { return stop(instance, InstanceWord::stopped, stop_gate); }

// jetstopserviceinstance2-function. There is no background work to stop or resume, so only the stop of
// everything has an effect, and that one cannot be undone.
JET_ERR stop_service(JET_INSTANCE instance, JET_GRBIT grbit) noexcept {
  if ((grbit & ~stop_options) != 0) return JET_errInvalidGrbit;
  const std::uint64_t flags = grbit == JET_bitStopServiceAll ? InstanceWord::stopped | InstanceWord::stopped_all : 0;
  return stop(instance, flags, [grbit](InstanceWord word) {
    if (const JET_ERR err = stop_gate(word); err != JET_errSuccess) return err;
    const bool too_late = grbit == JET_bitStopServiceResume && word.has(InstanceWord::stopped);
    return too_late ? JET_errClientRequestToStopJetService : JET_errSuccess;
  });
}

JET_ERR stop_only_service() {
  {
    const std::lock_guard lock(registry().mutex);
    if (registry().mode == Mode::multi) return JET_errRunningInMultiInstanceMode;
  }
  return stop_service(0);
}

}  // namespace esent
