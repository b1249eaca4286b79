// The folders that an instance needs to itself once it starts, which JetInit and the engine's JetRestoreInstance look at.
#pragma once

#include <algorithm>

#include "model/functions/evaluate.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model {

/// Of the instance that the call addresses, or those that one made by the call would have.
inline const Parameters& parameters_of(const Context& c) {
  return c.instance != nullptr ? c.instance->parameters : c.world.globals;
}

inline bool is_off(std::string_view recovery) {
  return recovery.size() == 3 && (recovery[0] | 0x20) == 'o' && (recovery[1] | 0x20) == 'f';
}

inline bool uses_log(const Parameters& p) { return !is_off(p.text(spec::Parameter::Recovery)); }
inline bool uses_temporary_database(const Parameters& p) { return p.number(spec::Parameter::MaxTemporaryTables) != 0; }

/// Whether bytes of the log, or of a file beside it, were changed.
inline bool has_damaged_log(const World& world, const Parameters& p) {
  const std::string folder = folder_key(p.text(spec::Parameter::LogFilePath));
  return std::ranges::any_of(world.files, [&](const DatabaseFile& file) {
    const std::size_t end = file.path.rfind('/');
    return file.damaged && (end == std::string::npos ? "." : file.path.substr(0, end)) == folder;
  });
}

/// Whether another instance that runs, or is about to, uses the same path and both need it.
template <spec::Parameter path, bool (*needed)(const Parameters&)>
Holds shares_path(const Context& c) {
  const Parameters& mine = parameters_of(c);
  if (!needed(mine)) return Holds::no;
  const std::string key = folder_key(mine.text(path));
  for (const Instance& other : c.world.instances) {
    if (&other == c.instance || other.phase == Phase::absent || other.phase == Phase::created) continue;
    if (needed(other.parameters) && folder_key(other.parameters.text(path)) == key)
      return other.phase == Phase::running ? Holds::must : Holds::may;
  }
  return Holds::no;
}

}  // namespace esentcheck::model
