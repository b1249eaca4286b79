// What the arguments of a call denote, looked up once for all clauses of its function.
#pragma once

#include <cstdint>

#include "model/clause.hpp"

namespace esentcheck::model {

/// Where a call names the object whose state its clauses ask for.
enum class Addressing : std::uint8_t {
  process,              ///< nothing: the process itself
  session,              ///< argument 0 is a session
  instance,             ///< argument 0 is an instance
  instance_pointer,     ///< argument 0 points to an instance handle, or is NULL
  session_or_instance,  ///< argument 1 is a session that overrides the instance of argument 0
  only_instance,        ///< the one of single-instance mode
};

inline const Instance* instance_of(const World& world, const Session* session) {
  return session == nullptr ? nullptr : &world.instances[static_cast<std::uint32_t>(session->instance)];
}

/// Which instance an argument means: the pages' answer, or the engine's.
inline const Instance* instance_for(const World& world, Handle handle, const Profile& profile) {
  return profile.reading == Reading::documented ? addressed_instance(world, handle) : served_instance(world, handle);
}

inline Context context_of(const World& world, const Call& call, const Profile& profile, Addressing addressing) {
  const Session* session = nullptr;
  const Instance* instance = nullptr;
  switch (addressing) {
    case Addressing::process: break;
    case Addressing::session:
      session = find_session(world, call[0].handle);
      instance = instance_of(world, session);
      break;
    case Addressing::instance:
    case Addressing::instance_pointer: instance = instance_for(world, call[0].handle, profile); break;
    case Addressing::session_or_instance:
      session = find_session(world, call[1].handle);
      instance = session != nullptr ? instance_of(world, session) : instance_for(world, call[0].handle, profile);
      break;
    case Addressing::only_instance: instance = addressed_instance(world, {}); break;
  }
  return {world, call, profile, instance, session};
}

}  // namespace esentcheck::model
