#include "storage/checksum.hpp"

#include <array>

namespace esent {
namespace {

constexpr std::array<std::uint32_t, 256> make_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t remainder = i;
    for (int bit = 0; bit < 8; ++bit) remainder = remainder >> 1 ^ (remainder & 1 ? 0x82F63B78U : 0U);
    table[i] = remainder;
  }
  return table;
}

constexpr std::array<std::uint32_t, 256> table = make_table();

}  // namespace

std::uint32_t checksum(std::span<const std::byte> bytes, std::uint32_t seed) noexcept {
  std::uint32_t crc = ~seed;
  for (const std::byte b : bytes) crc = crc >> 8 ^ table[(crc ^ static_cast<std::uint32_t>(b)) & 0xFF];
  return ~crc;
}

}  // namespace esent
