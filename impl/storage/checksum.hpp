// XXH32, which every header, record and checkpoint carries.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace esent {

std::uint32_t checksum(std::span<const std::byte> bytes, std::uint32_t seed = 0) noexcept;

// A structure whose first member is the checksum of the rest of it.
template <class T>
std::uint32_t checksum_of(const T& value, std::uint32_t seed = 0) noexcept {
  return checksum(std::as_bytes(std::span(&value, 1)).subspan(sizeof value.checksum), seed);
}

// Reads such a structure at an offset; false if the bytes end before it does.
template <class T>
bool read_at(std::span<const std::byte> bytes, std::size_t offset, T& value) noexcept {
  if (offset > bytes.size() || bytes.size() - offset < sizeof value) return false;
  std::memcpy(&value, bytes.data() + offset, sizeof value);
  return true;
}

}  // namespace esent
