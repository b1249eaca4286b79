// operator new, in builds with a sanitizer only: the sanitizers bring their own, which do not go through malloc.
// Elsewhere the C++ runtime's operator new reaches our malloc and this file is empty.
#ifdef ESENTCHECK_SANITIZED

#include <new>

#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {
namespace {

constinit Next<void*(std::size_t)> next_new{"_Znwm"};
constinit Next<void*(std::size_t)> next_new_array{"_Znam"};
constinit Next<void*(std::size_t, std::align_val_t)> next_aligned_new{"_ZnwmSt11align_val_t"};
constinit Next<void*(std::size_t, std::align_val_t)> next_aligned_new_array{"_ZnamSt11align_val_t"};

}  // namespace
}  // namespace esentcheck::subject::faults

using namespace esentcheck::subject::faults;

#define ESENTCHECK_DEFAULT [[gnu::visibility("default"), gnu::used]]

ESENTCHECK_DEFAULT void* operator new(std::size_t size) {
  if (memory_is_refused()) throw std::bad_alloc();
  return next_new.get()(size);
}
ESENTCHECK_DEFAULT void* operator new[](std::size_t size) {
  if (memory_is_refused()) throw std::bad_alloc();
  return next_new_array.get()(size);
}
ESENTCHECK_DEFAULT void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return memory_is_refused() ? nullptr : next_new.get()(size);
}
ESENTCHECK_DEFAULT void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return memory_is_refused() ? nullptr : next_new_array.get()(size);
}
ESENTCHECK_DEFAULT void* operator new(std::size_t size, std::align_val_t alignment) {
  if (memory_is_refused()) throw std::bad_alloc();
  return next_aligned_new.get()(size, alignment);
}
ESENTCHECK_DEFAULT void* operator new[](std::size_t size, std::align_val_t alignment) {
  if (memory_is_refused()) throw std::bad_alloc();
  return next_aligned_new_array.get()(size, alignment);
}
ESENTCHECK_DEFAULT void* operator new(std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return memory_is_refused() ? nullptr : next_aligned_new.get()(size, alignment);
}
ESENTCHECK_DEFAULT void* operator new[](std::size_t size, std::align_val_t alignment, const std::nothrow_t&) noexcept {
  return memory_is_refused() ? nullptr : next_aligned_new_array.get()(size, alignment);
}

#endif
