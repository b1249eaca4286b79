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

/// Counts one operation. True: it is to fail.
inline bool fails(std::uint32_t Armed::*left, Hit hit) {
  Armed* armed = armed_here;
  if (armed == nullptr) [[likely]]
    return false;
  std::uint32_t& count = armed->*left;
  if (count == 0) return false;
  if (count > 1) {
    --count;
    return false;
  }
  armed->hit |= hit;
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
