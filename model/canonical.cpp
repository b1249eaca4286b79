// Renumbers a world's objects, so that only what they are counts and not which positions they happen to have.
#include <algorithm>
#include <tuple>

#include "model/world.hpp"

namespace esentcheck::model {
namespace {

using Positions = std::vector<std::uint32_t>;

template <class Element, class Lives>
Positions positions_of(const std::vector<Element>& elements, const Lives& lives) {
  Positions positions;
  for (std::uint32_t i = 0; i < elements.size(); ++i)
    if (lives(elements[i])) positions.push_back(i);
  return positions;
}

/// The elements in that order. `renumbered` gets the new position of each old one.
template <class Element>
std::vector<Element> reordered(const std::vector<Element>& elements, const Positions& order, Positions& renumbered) {
  std::vector<Element> result;
  renumbered.assign(elements.size(), 0);
  for (const std::uint32_t i : order) {
    renumbered[i] = static_cast<std::uint32_t>(result.size());
    result.push_back(elements[i]);
  }
  return result;
}

template <class Id>
void renumber(Id& id, const Positions& renumbered) {
  if (!renumbered.empty()) id = Id{renumbered[static_cast<std::uint32_t>(id)]};
}

/// Names tell the instances of a process apart, so their order by name is theirs alone.
void order_instances(World& world) {
  Positions order = positions_of(world.instances, [](const Instance& i) { return i.phase != Phase::absent; });
  std::ranges::sort(order, {}, [&](std::uint32_t i) {
    return std::tuple(world.instances[i].has_name, std::string_view(world.instances[i].name));
  });
  Positions renumbered;
  world.instances = reordered(world.instances, order, renumbered);
  for (Session& session : world.sessions)
    if (session.live) renumber(session.instance, renumbered);
  for (Database& database : world.databases)
    if (database.attached) renumber(database.instance, renumbered);
}

/// An instance has a path attached once.
void order_databases(World& world) {
  Positions order = positions_of(world.databases, [](const Database& d) { return d.attached; });
  std::ranges::sort(order, {}, [&](std::uint32_t i) {
    return std::tuple(world.databases[i].instance, std::string_view(world.databases[i].path));
  });
  Positions renumbered;
  world.databases = reordered(world.databases, order, renumbered);
  for (Open& open : world.opens)
    if (open.live) open.database = renumbered[open.database];
}

/// What ties a session to databases: which it has open how often, attached, and to itself alone.
Positions ties_of(const World& world, std::uint32_t session) {
  if (world.sessions[session].ties == 0) return {};
  Positions ties;
  for (std::uint32_t i = 0; i < world.databases.size(); ++i) {
    const Database& database = world.databases[i];
    const SessionId id{session};
    ties.push_back(opens_of(world, id, i));
    ties.push_back((database.attacher_is_live && database.attacher == id ? 1U : 0U) |
                   (database.is_exclusive && database.exclusive_to == id ? 2U : 0U));
  }
  return ties;
}

void order_sessions(World& world) {
  Positions order = positions_of(world.sessions, [](const Session& s) { return s.live; });
  std::vector<Positions> ties(world.sessions.size());
  for (const std::uint32_t i : order) ties[i] = ties_of(world, i);
  std::ranges::sort(order, {}, [&](std::uint32_t i) {
    const Session& s = world.sessions[i];
    return std::tuple(s.instance, s.internal, s.depth, s.owner, s.begun_in_context, s.begun_context, s.updated,
                      s.undo_failed, s.calls_inside, s.inner_levels, s.has_context, s.context_thread, s.context,
                      s.has_commit_default, s.commit_default, std::cref(ties[i]).get());
  });
  Positions renumbered;
  world.sessions = reordered(world.sessions, order, renumbered);
  world.first_free_session = static_cast<std::uint32_t>(world.sessions.size());
  for (Database& database : world.databases) {
    if (database.attacher_is_live) renumber(database.attacher, renumbered);
    if (database.is_exclusive) renumber(database.exclusive_to, renumbered);
  }
  for (Open& open : world.opens)
    if (open.live) renumber(open.session, renumbered);
}

void order_opens(World& world) {
  std::erase_if(world.opens, [](const Open& open) { return !open.live; });
  std::ranges::sort(world.opens, {}, [](const Open& open) { return std::tuple(open.session, open.database); });
  world.first_free_open = static_cast<std::uint32_t>(world.opens.size());
}

}  // namespace

World canonical(const World& world) {
  World result = world;
  order_instances(result);
  order_databases(result);
  order_sessions(result);
  order_opens(result);
  std::ranges::sort(result.files, {}, &DatabaseFile::path);
  return result;
}

}  // namespace esentcheck::model
