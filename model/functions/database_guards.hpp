// What the calls on databases ask of the world, by the path that they name.
#pragma once

#include <algorithm>
#include <string>

#include "model/functions/evaluate.hpp"
#include "model/limits.hpp"
#include "model/parameters.hpp"

namespace esentcheck::model::databases {

inline constexpr std::size_t path_position = 1;

inline bool names_file(const Call& call) {
  const Argument& path = call[path_position];
  return path.kind == ArgumentKind::text && !path.text.empty();
}

inline std::string path_of(const Call& call) { return folder_key(call[path_position].text); }

inline Holds no_path(const Context& c) { return must_if(!names_file(c.call)); }

inline InstanceId instance_id(const Context& c) { return id_of(c.world, *c.instance); }

/// The database that the call names, as its instance has it attached; nullptr: it has not.
inline const Database* attached_here(const Context& c) {
  if (c.instance == nullptr || !names_file(c.call)) return nullptr;
  return find_database(c.world, instance_id(c), path_of(c.call));
}

inline const Database* attached_elsewhere(const Context& c) {
  if (c.instance == nullptr || !names_file(c.call)) return nullptr;
  const std::string path = path_of(c.call);
  const auto found = std::ranges::find_if(c.world.databases, [&](const Database& database) {
    return database.attached && database.instance != instance_id(c) && database.path == path;
  });
  return found == c.world.databases.end() ? nullptr : &*found;
}

inline SessionId session_id(const Context& c) { return SessionId{c.call[0].handle.id}; }

inline bool attached_by_this_session(const Context& c, const Database& database) {
  return database.attacher_is_live && database.attacher == session_id(c);
}
inline bool attached_by_another_session(const Context& c, const Database& database) {
  return database.attacher_is_live && database.attacher != session_id(c);
}
inline bool locked_by_another_session(const Context& c, const Database& database) {
  return database.is_exclusive && database.exclusive_to != session_id(c);
}

inline Holds file_there(const Context& c) {
  if (!names_file(c.call)) return Holds::no;
  const DatabaseFile* file = find_file(c.world, path_of(c.call));
  if (file == nullptr) return Holds::no;
  return file->certain ? Holds::must : Holds::may;
}

/// The file as the world knows it, wherever it is attached; nullptr: the call names none, or one that nobody knows.
inline const DatabaseFile* known_file(const Context& c) {
  return names_file(c.call) ? find_file(c.world, path_of(c.call)) : nullptr;
}

inline bool is_foreign(const Context& c) {
  const DatabaseFile* file = known_file(c);
  return file != nullptr && file->foreign;
}
inline bool is_damaged(const Context& c) {
  const DatabaseFile* file = known_file(c);
  return file != nullptr && file->damaged;
}
inline bool is_held(const Context& c) {
  const DatabaseFile* file = known_file(c);
  return file != nullptr && file->held;
}

inline bool folder_exists(const Context& c) {
  const std::string path = path_of(c.call);
  const auto end = path.rfind('/');
  if (end == std::string::npos) return true;
  return std::ranges::find(c.world.directories, path.substr(0, std::max<std::size_t>(end, 1))) !=
         c.world.directories.end();
}

/// No file: a folder that is known to be there.
inline bool names_folder(const Context& c) {
  return names_file(c.call) && std::ranges::find(c.world.directories, path_of(c.call)) != c.world.directories.end();
}

inline bool makes_folders(const Context& c) {
  return c.instance != nullptr && c.instance->parameters.number(spec::Parameter::CreatePathIfNotExist) != 0;
}

inline bool one_database_per_session(const Context& c) {
  return c.world.globals.number(spec::Parameter::OneDatabasePerSession) != 0;
}

/// Whether the session has a database open that is not `but`.
inline bool has_another_open(const Context& c, const Database* but) {
  return c.session != nullptr && c.session->ties != 0 && std::ranges::any_of(c.world.opens, [&](const Open& open) {
           return open.live && open.session == session_id(c) && &c.world.databases[open.database] != but;
         });
}

inline Holds too_many_attached(const Context& c) {
  if (c.instance == nullptr || c.instance->database_count < fewest_databases) return Holds::no;
  return c.instance->database_count < most_databases(c.profile) ? Holds::may : Holds::must;
}

inline Holds in_transaction(const Context& c) { return must_if(c.session != nullptr && c.session->depth > 0); }

inline Holds backup_runs(const Context& c) { return must_if(c.instance != nullptr && c.instance->backup_running); }

inline constexpr std::uint64_t versioning_off = 0x40;  ///< of the header only, as JET_bitDbVersioningOff
inline constexpr std::uint64_t recovery_off = 8;       ///< JET_bitDbRecoveryOff

}  // namespace esentcheck::model::databases
