#include "engine/thread_identity.hpp"

#include <atomic>

namespace esent {
namespace {

std::atomic<ThreadId> last_given{no_thread};

// The initial-exec model keeps the variable in memory that every thread has from its start. The default model
// of a shared library would allocate at a thread's first call and end the process if that were refused.
__attribute__((tls_model("initial-exec"))) thread_local ThreadId own = no_thread;

}  // namespace

ThreadId this_thread() noexcept {
  if (own == no_thread) own = last_given.fetch_add(1, std::memory_order_relaxed) + 1;
  return own;
}

}  // namespace esent
