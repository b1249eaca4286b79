// What the interposed entry points share: the faults armed on this thread, and the function behind each of ours.
//
// Everything here runs inside malloc, from before main() on: nothing may allocate, throw or need construction.
#pragma once

#include <dlfcn.h>

#include <atomic>
#include <cstdint>

#include "harness/subject/faults.hpp"

/// Found by the dynamic linker ahead of the C library's function of that name.
#define ESENTCHECK_INTERPOSE extern "C" [[gnu::visibility("default"), gnu::used]]

namespace esentcheck::subject::faults {

extern constinit thread_local Armed* armed_here;

/// The dynamic linker may itself allocate while it looks a symbol up; this says that we are underneath it.
extern constinit thread_local bool looking_up;

/// Syncs that have succeeded in this process.
extern constinit std::atomic<std::uint32_t> syncs_made;

/// From here on blocks of memory are counted.
void count_blocks();
std::uint32_t blocks_held();

/// Counts one operation that can fail as the fault has it. True: it is to fail.
bool is_next(Armed&);

/// Counts one allocation. True: it is to be refused.
inline bool memory_is_refused() {
  Armed* armed = armed_here;
  if (armed == nullptr || !armed->fault.of_memory()) [[likely]]
    return false;
  if (!is_next(*armed)) return false;
  armed->hit |= memory_hit;
  return true;
}

/// The next definition of a symbol behind this program's own: the C library's, a sanitizer's, or that of an allocator
/// that somebody preloaded. Looked up at the first use, which may be long before any constructor runs.
template <class Function>
class Next {
 public:
  explicit constexpr Next(const char* name) : name_(name) {}

  Function* get() {
    Function* function = found_.load(std::memory_order_relaxed);
    if (function == nullptr) [[unlikely]] {
      looking_up = true;
      function = reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name_));
      looking_up = false;
      found_.store(function, std::memory_order_relaxed);
    }
    return function;
  }

 private:
  const char* name_;
  std::atomic<Function*> found_{nullptr};
};

}  // namespace esentcheck::subject::faults
