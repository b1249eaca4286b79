// What one session has open: how often each of the attached databases.
#pragma once

#include <array>
#include <cstdint>

namespace esent {

// jetattachdatabase-function: seven databases of an instance.
constexpr std::size_t database_count_max = 7;

struct DatabaseUse {
  std::uint32_t total = 0;
  std::array<std::uint32_t, database_count_max> opens{};
};

}  // namespace esent
