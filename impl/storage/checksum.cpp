#include "storage/checksum.hpp"

// The functions themselves: nothing to find or to link when the library is loaded.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace esent {

std::uint32_t checksum(std::span<const std::byte> bytes, std::uint32_t seed) noexcept {
  return XXH32(bytes.data(), bytes.size(), seed);
}

}  // namespace esent
