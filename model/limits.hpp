// Limits that the pages state and no parameter changes.
#pragma once

#include <cstdint>

#include "model/profile.hpp"

namespace esentcheck::model {

/// transactions.md: up to seven levels; jetgetdatabaseinfo-function: on Windows 2000, XP and Server 2003 the
/// seventh nested begin fails.
constexpr std::uint8_t deepest_level(const Profile& profile) {
  return profile.release <= spec::Release::windows_server_2003 ? 6 : 7;
}

/// Two pages say seven attached databases (jetcreatedatabase-function, jetattachdatabase-function), one says six
/// (creating-databases); the engine takes six. So many there is room for in any case …
inline constexpr std::uint32_t fewest_databases = 6;
/// … and for more than these in none.
constexpr std::uint32_t most_databases(const Profile& profile) {
  return profile.reading == Reading::documented ? 7 : fewest_databases;
}

}  // namespace esentcheck::model
