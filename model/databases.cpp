#include <algorithm>

#include "model/world.hpp"

namespace esentcheck::model {
namespace {

Session& at(World& world, SessionId id) { return world.sessions[static_cast<std::uint32_t>(id)]; }

}  // namespace

void untie(World& world, SessionId id) {
  for (std::uint32_t i = 0; i < world.opens.size(); ++i)
    if (world.opens[i].live && world.opens[i].session == id) close_database(world, OpenId{i});
  for (Database& database : world.databases) {
    if (!database.attacher_is_live || database.attacher != id) continue;
    database.attacher_is_live = false;
    database.attacher = SessionId{};
    --at(world, id).ties;
  }
}

const Database* find_database(const World& world, InstanceId instance, std::string_view path) {
  const auto found = std::ranges::find_if(world.databases, [&](const Database& database) {
    return database.attached && database.instance == instance && database.path == path;
  });
  return found == world.databases.end() ? nullptr : &*found;
}

const Database* find_database(const World& world, std::string_view path) {
  const auto found = std::ranges::find_if(
      world.databases, [&](const Database& database) { return database.attached && database.path == path; });
  return found == world.databases.end() ? nullptr : &*found;
}

std::uint32_t position_of(const World& world, const Database& database) {
  return static_cast<std::uint32_t>(&database - world.databases.data());
}

std::uint32_t attach_database(World& world, SessionId session, std::string_view path, bool read_only) {
  auto free = std::ranges::find(world.databases, false, &Database::attached);
  if (free == world.databases.end()) free = world.databases.emplace(free);
  *free = Database{};
  free->attached = true;
  free->read_only = read_only;
  free->attacher_is_live = true;
  free->attacher = session;
  free->instance = at(world, session).instance;
  free->path = path;
  ++at(world, session).ties;
  ++world.instances[static_cast<std::uint32_t>(free->instance)].database_count;
  return position_of(world, *free);
}

void detach_database(World& world, std::uint32_t position) {
  for (std::uint32_t i = 0; i < world.opens.size(); ++i)
    if (world.opens[i].live && world.opens[i].database == position) close_database(world, OpenId{i});
  Database& database = world.databases[position];
  if (database.attacher_is_live) --at(world, database.attacher).ties;
  --world.instances[static_cast<std::uint32_t>(database.instance)].database_count;
  database = Database{};
}

OpenId open_database(World& world, SessionId session, std::uint32_t database) {
  const std::uint32_t position = world.first_free_open;
  if (position == world.opens.size()) {
    world.opens.emplace_back();
    world.first_free_open = position + 1;
  } else {
    world.first_free_open = world.opens[position].next_free;
  }
  world.opens[position] = {.live = true, .session = session, .database = database};
  ++at(world, session).ties;
  ++world.databases[database].opens;
  ++world.open_count;
  return OpenId{position};
}

void close_database(World& world, OpenId id) {
  Open& open = world.opens[static_cast<std::uint32_t>(id)];
  Database& database = world.databases[open.database];
  --at(world, open.session).ties;
  --database.opens;
  --world.open_count;
  const SessionId session = open.session;
  const std::uint32_t position = open.database;
  open = {.next_free = world.first_free_open};
  world.first_free_open = static_cast<std::uint32_t>(id);
  if (database.is_exclusive && database.exclusive_to == session && opens_of(world, session, position) == 0) {
    database.is_exclusive = false;
    database.exclusive_to = SessionId{};
  }
}

std::uint32_t opens_of(const World& world, SessionId session, std::uint32_t database) {
  return static_cast<std::uint32_t>(std::ranges::count_if(world.opens, [&](const Open& open) {
    return open.live && open.session == session && open.database == database;
  }));
}

const DatabaseFile* find_file(const World& world, std::string_view path) {
  const auto found = std::ranges::find(world.files, path, &DatabaseFile::path);
  return found == world.files.end() ? nullptr : &*found;
}

void note_file(World& world, std::string_view path, bool certain) {
  const auto found = std::ranges::find(world.files, path, &DatabaseFile::path);
  if (found == world.files.end()) {
    world.files.push_back({.path = std::string(path), .certain = certain});
  } else if (certain) {
    *found = {.path = std::string(path)};
  } else {
    found->certain = false;
  }
}

void note_event(World& world, std::string_view path, FileEvent event) {
  auto found = std::ranges::find(world.files, path, &DatabaseFile::path);
  if (found == world.files.end()) found = world.files.insert(found, DatabaseFile{.path = std::string(path)});
  DatabaseFile& file = *found;
  switch (event) {
    case FileEvent::none: break;
    case FileEvent::foreign: file.foreign = file.certain = true; break;
    case FileEvent::damaged: file.damaged = true; break;
    case FileEvent::read_only: file.read_only = true; break;
    case FileEvent::writable: file.read_only = false; break;
    case FileEvent::held: file.held = true; break;
    case FileEvent::released: file.held = false; break;
  }
}

}  // namespace esentcheck::model
