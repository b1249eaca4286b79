#include "harness/subject/callbacks.hpp"

#include <atomic>

#include "harness/subject/executor.hpp"

namespace esentcheck::subject {
namespace {

thread_local CallInProgress* call_here = nullptr;
std::atomic<abi::JET_ERR> latest_code{0};

}  // namespace

CallbackEntrance::CallbackEntrance(CallInProgress& call) : before_(call_here) {
  if (!call.arguments.takes_callback) return;
  call_here = &call;
  latest_code.store(call.arguments.callback_code, std::memory_order_relaxed);
}

CallbackEntrance::~CallbackEntrance() { call_here = before_; }

abi::JET_ERR CallbackEntrance::on_status(abi::JET_SESID session, std::uint32_t, std::uint32_t, void*) {
  CallInProgress* call = call_here;
  if (call == nullptr) return latest_code.load(std::memory_order_relaxed);
  // What the harness does in here is not the subject's doing, and calls made in here have faults of their own.
  faults::Armed* armed = faults::arm(nullptr);
  const abi::JET_ERR code = call->executor.called_back(*call, session);
  faults::arm(armed);
  return code;
}

}  // namespace esentcheck::subject
