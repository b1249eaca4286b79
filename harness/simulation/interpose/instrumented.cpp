// A runtime for code that the compiler has instrumented for ThreadSanitizer: in place of the sanitizer's, and to another end.
// Each atomic operation, and each access to memory that is not on the thread's own stack, is a point at which somebody else
// may go on, so that code without locks is explored, too. All operations are sequentially consistent, since only one thread
// runs at a time: what a weaker order allows beyond that is not seen here.
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

void at_an_atomic() {
  if (here != nullptr) scheduler.point(*here);
}

/// What calls and locals of this thread keep on its stack nobody else sees.
bool is_on_own_stack(const void* address) {
  constexpr std::uintptr_t below = 1 << 12;
  constexpr std::uintptr_t above = 1 << 20;
  const auto frame = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  return reinterpret_cast<std::uintptr_t>(address) - (frame - below) < below + above;
}

void at_an_access(const void* address) {
  if (here != nullptr && !is_on_own_stack(address)) scheduler.access(*here);
}

}  // namespace
}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

// The names are the compiler's, and a type cannot stand in parentheses.
// NOLINTBEGIN(readability-identifier-naming,bugprone-macro-parentheses)

#define ESENTCHECK_ACCESS(name) \
  ESENTCHECK_INTERPOSE void __tsan_##name(void* address) { at_an_access(address); }

ESENTCHECK_INTERPOSE void __tsan_init() {}
ESENTCHECK_INTERPOSE void __tsan_func_entry(void*) {}
ESENTCHECK_INTERPOSE void __tsan_func_exit() {}
ESENTCHECK_INTERPOSE void __tsan_vptr_update(void** address, void*) { at_an_access(address); }
ESENTCHECK_INTERPOSE void __tsan_vptr_read(void** address) { at_an_access(address); }
ESENTCHECK_INTERPOSE void __tsan_read_range(void* address, std::size_t) { at_an_access(address); }
ESENTCHECK_INTERPOSE void __tsan_write_range(void* address, std::size_t) { at_an_access(address); }
ESENTCHECK_ACCESS(read1)
ESENTCHECK_ACCESS(read2)
ESENTCHECK_ACCESS(read4)
ESENTCHECK_ACCESS(read8)
ESENTCHECK_ACCESS(read16)
ESENTCHECK_ACCESS(write1)
ESENTCHECK_ACCESS(write2)
ESENTCHECK_ACCESS(write4)
ESENTCHECK_ACCESS(write8)
ESENTCHECK_ACCESS(write16)
ESENTCHECK_ACCESS(unaligned_read2)
ESENTCHECK_ACCESS(unaligned_read4)
ESENTCHECK_ACCESS(unaligned_read8)
ESENTCHECK_ACCESS(unaligned_read16)
ESENTCHECK_ACCESS(unaligned_write2)
ESENTCHECK_ACCESS(unaligned_write4)
ESENTCHECK_ACCESS(unaligned_write8)
ESENTCHECK_ACCESS(unaligned_write16)

// Memory functions that newer compilers call by these names.
ESENTCHECK_INTERPOSE void* __tsan_memcpy(void* to, const void* from, std::size_t count) {
  at_an_access(to);
  return std::memcpy(to, from, count);
}
ESENTCHECK_INTERPOSE void* __tsan_memmove(void* to, const void* from, std::size_t count) {
  at_an_access(to);
  return std::memmove(to, from, count);
}
ESENTCHECK_INTERPOSE void* __tsan_memset(void* to, int value, std::size_t count) {
  at_an_access(to);
  return std::memset(to, value, count);
}

ESENTCHECK_INTERPOSE void __tsan_atomic_thread_fence(int) { at_an_atomic(); }
ESENTCHECK_INTERPOSE void __tsan_atomic_signal_fence(int) {}

#define ESENTCHECK_FETCH(bits, type, name)                                                               \
  ESENTCHECK_INTERPOSE type __tsan_atomic##bits##_fetch_##name(volatile type* object, type value, int) { \
    at_an_atomic();                                                                                      \
    return __atomic_fetch_##name(object, value, __ATOMIC_SEQ_CST);                                       \
  }
#define ESENTCHECK_COMPARE(bits, type, name)                                                                    \
  ESENTCHECK_INTERPOSE int __tsan_atomic##bits##_compare_exchange_##name(volatile type* object, type* expected, \
                                                                         type value, int, int) {                \
    at_an_atomic();                                                                                             \
    return __atomic_compare_exchange_n(object, expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);     \
  }
#define ESENTCHECK_ATOMIC(bits, type)                                                                        \
  ESENTCHECK_INTERPOSE type __tsan_atomic##bits##_load(const volatile type* object, int) {                   \
    at_an_atomic();                                                                                          \
    return __atomic_load_n(object, __ATOMIC_SEQ_CST);                                                        \
  }                                                                                                          \
  ESENTCHECK_INTERPOSE void __tsan_atomic##bits##_store(volatile type* object, type value, int) {            \
    at_an_atomic();                                                                                          \
    __atomic_store_n(object, value, __ATOMIC_SEQ_CST);                                                       \
  }                                                                                                          \
  ESENTCHECK_INTERPOSE type __tsan_atomic##bits##_exchange(volatile type* object, type value, int) {         \
    at_an_atomic();                                                                                          \
    return __atomic_exchange_n(object, value, __ATOMIC_SEQ_CST);                                             \
  }                                                                                                          \
  ESENTCHECK_INTERPOSE type __tsan_atomic##bits##_compare_exchange_val(volatile type* object, type expected, \
                                                                       type value, int, int) {               \
    at_an_atomic();                                                                                          \
    __atomic_compare_exchange_n(object, &expected, value, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);        \
    return expected;                                                                                         \
  }                                                                                                          \
  ESENTCHECK_COMPARE(bits, type, strong)                                                                     \
  ESENTCHECK_COMPARE(bits, type, weak)                                                                       \
  ESENTCHECK_FETCH(bits, type, add)                                                                          \
  ESENTCHECK_FETCH(bits, type, sub)                                                                          \
  ESENTCHECK_FETCH(bits, type, and)                                                                          \
  ESENTCHECK_FETCH(bits, type, or)                                                                           \
  ESENTCHECK_FETCH(bits, type, xor)                                                                          \
  ESENTCHECK_FETCH(bits, type, nand)

ESENTCHECK_ATOMIC(8, std::uint8_t)
ESENTCHECK_ATOMIC(16, std::uint16_t)
ESENTCHECK_ATOMIC(32, std::uint32_t)
ESENTCHECK_ATOMIC(64, std::uint64_t)

// NOLINTEND(readability-identifier-naming,bugprone-macro-parentheses)
