// What backups and restores look at alike: the instance they mean, the folder of the backup, the caller's callback.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/functions/evaluate.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model::backups {

inline Instance& addressed(World& world, const Call& call) {
  return world.instances[static_cast<std::uint32_t>(id_of(world, *served_instance(world, call[0].handle)))];
}

inline bool contains(const std::vector<std::string>& folders, std::string_view folder) {
  return std::ranges::find(folders, folder_key(folder)) != folders.end();
}

inline const BackupFolder* find_backup(const World& world, std::string_view folder) {
  const auto found = std::ranges::find(world.backups, folder_key(folder), &BackupFolder::path);
  return found == world.backups.end() ? nullptr : &*found;
}

inline Holds callback_failed(const Context& c) {
  return may_if(std::ranges::any_of(c.call.arguments, [](const Argument& argument) {
    return argument.kind == ArgumentKind::callback && static_cast<std::int32_t>(argument.number) < 0;
  }));
}

/// Of the folder of the backup: behind the instance, where the call takes one.
inline const Argument& folder_of(const Call& call) {
  return call[call.function == Function::JetBackupInstance || call.function == Function::JetRestoreInstance ? 1 : 0];
}

}  // namespace esentcheck::model::backups
