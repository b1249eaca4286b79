// The C library's allocation functions. The library under test reaches them directly, through its C++ runtime's operator
// new, and through whatever allocates inside the C library (strdup, fopen, …).
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {
namespace {

// Serves allocations that dlsym makes while it finds malloc for us; glibc's makes none today, older ones did.
alignas(16) constinit char arena[4096];
constinit std::atomic<std::size_t> arena_used{0};

bool in_arena(const void* pointer) {
  const auto at = reinterpret_cast<std::uintptr_t>(pointer) - reinterpret_cast<std::uintptr_t>(arena);
  return at < sizeof arena;
}

void* from_arena(std::size_t size) {
  const std::size_t rounded = (size + 15) & ~std::size_t{15};
  const std::size_t at = arena_used.fetch_add(rounded, std::memory_order_relaxed);
  return rounded >= size && at + rounded <= sizeof arena ? arena + at : nullptr;
}

bool refused() {
  if (!memory_is_refused()) [[likely]]
    return false;
  errno = ENOMEM;
  return true;
}

constinit std::atomic<bool> counting{false};
constinit std::atomic<std::uint32_t> blocks{0};

/// One block more, where there is one.
template <class Pointer>
Pointer* counted(Pointer* block) {
  if (counting.load(std::memory_order_relaxed) && block != nullptr) blocks.fetch_add(1, std::memory_order_relaxed);
  return block;
}

void count_off() {
  if (counting.load(std::memory_order_relaxed)) blocks.fetch_sub(1, std::memory_order_relaxed);
}

constinit Next<void*(std::size_t)> next_malloc{"malloc"};
constinit Next<void*(std::size_t, std::size_t)> next_calloc{"calloc"};
constinit Next<void*(void*, std::size_t)> next_realloc{"realloc"};
constinit Next<void(void*)> next_free{"free"};
constinit Next<int(void**, std::size_t, std::size_t)> next_posix_memalign{"posix_memalign"};
constinit Next<void*(std::size_t, std::size_t)> next_aligned_alloc{"aligned_alloc"};
constinit Next<void*(std::size_t, std::size_t)> next_memalign{"memalign"};

}  // namespace

#ifdef ESENTCHECK_SANITIZED
std::uint32_t blocks_held() { return 0; }
#else
std::uint32_t blocks_held() { return blocks.load(std::memory_order_relaxed); }
#endif

void count_blocks() { counting.store(true, std::memory_order_relaxed); }

}  // namespace esentcheck::subject::faults

using namespace esentcheck::subject::faults;

ESENTCHECK_INTERPOSE void* malloc(std::size_t size) noexcept {
  if (refused()) [[unlikely]]
    return nullptr;
  if (looking_up) [[unlikely]]
    return from_arena(size);
  return counted(next_malloc.get()(size));
}

ESENTCHECK_INTERPOSE void* calloc(std::size_t count, std::size_t size) noexcept {
  if (refused()) [[unlikely]]
    return nullptr;
  if (looking_up) [[unlikely]]
    return from_arena(count * size);  // zero, since nothing in the arena is used twice
  return counted(next_calloc.get()(count, size));
}

ESENTCHECK_INTERPOSE void* realloc(void* old, std::size_t size) noexcept {
  if (size != 0 && refused()) [[unlikely]]
    return nullptr;
  if (in_arena(old)) [[unlikely]] {
    void* moved = counted(next_malloc.get()(size));
    const auto left = static_cast<std::size_t>(arena + sizeof arena - static_cast<char*>(old));
    if (moved != nullptr) std::memcpy(moved, old, size < left ? size : left);
    return moved;
  }
  if (old == nullptr) return counted(next_realloc.get()(old, size));
  if (size == 0) count_off();
  return next_realloc.get()(old, size);
}

ESENTCHECK_INTERPOSE void free(void* pointer) noexcept {
  // dlsym drops the text of an earlier error before it looks for free itself: leaked, some ten bytes once.
  if (in_arena(pointer) || looking_up) [[unlikely]]
    return;
  if (pointer != nullptr) count_off();
  next_free.get()(pointer);
}

ESENTCHECK_INTERPOSE int posix_memalign(void** pointer, std::size_t alignment, std::size_t size) noexcept {
  if (refused()) [[unlikely]]
    return ENOMEM;
  const int error = next_posix_memalign.get()(pointer, alignment, size);
  if (error == 0) counted(*pointer);
  return error;
}

ESENTCHECK_INTERPOSE void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  if (refused()) [[unlikely]]
    return nullptr;
  return counted(next_aligned_alloc.get()(alignment, size));
}

ESENTCHECK_INTERPOSE void* memalign(std::size_t alignment, std::size_t size) noexcept {
  if (refused()) [[unlikely]]
    return nullptr;
  return counted(next_memalign.get()(alignment, size));
}
