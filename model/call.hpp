// A call as the model sees it: a function, the thread that makes it, its arguments with every handle already
// resolved to what it denotes, and the facts about the environment that its page makes a condition of.
//
// A call is a plain value, cheap to copy. Texts are borrowed: whoever builds a call keeps its texts alive.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "model/spec/spec.hpp"

namespace esentcheck::model {

using spec::Code;
using spec::Function;

/// Position of an instance in its World. Positions of ended instances are given out again, lowest first.
enum class InstanceId : std::uint32_t {};
/// Position of a session in its World. Positions of ended sessions are given out again.
enum class SessionId : std::uint32_t {};
/// Position, in its World, of an open of a database: what a database id stands for.
enum class OpenId : std::uint32_t {};
/// A thread of the program that makes the calls.
enum class ThreadId : std::uint8_t {};

/// What a handle argument denotes at the moment of the call.
enum class HandleKind : std::uint8_t {
  zero,      ///< 0 or NULL
  nil,       ///< all bits set
  instance,  ///< a live instance; `id` is its InstanceId
  session,   ///< a live session; `id` is its SessionId
  database,  ///< a live open of a database; `id` is its OpenId
  ended,     ///< a handle that was valid once
  garbage,   ///< a value that was never given out
};

struct Handle {
  HandleKind kind = HandleKind::zero;
  std::uint32_t id = 0;

  friend bool operator==(const Handle&, const Handle&) = default;
};

constexpr Handle handle_of(InstanceId id) { return {HandleKind::instance, static_cast<std::uint32_t>(id)}; }
constexpr Handle handle_of(SessionId id) { return {HandleKind::session, static_cast<std::uint32_t>(id)}; }
constexpr Handle handle_of(OpenId id) { return {HandleKind::database, static_cast<std::uint32_t>(id)}; }

enum class ArgumentKind : std::uint8_t {
  number,    ///< passed by value; also every argument that a scenario leaves out (0)
  handle,    ///< an instance or session handle, or a database id, by value
  null,      ///< a NULL pointer where a pointer is expected
  pointer,   ///< a valid pointer; `handle` is what a handle variable behind it holds before the call, `number` what
             ///< memory that the call reads begins with
  text,      ///< a string
  callback,  ///< a status callback, or restart information with one; `number` is the code that it returns
};

struct Argument {
  ArgumentKind kind = ArgumentKind::number;
  Handle handle;
  std::uint64_t number = 0;  ///< of a garbage handle its value, where that is known
  std::string_view text;
};

inline constexpr std::size_t most_arguments = 6;

/// One element of the parameter array of JetEnableMultiInstance.
struct ParameterSetting {
  spec::Parameter parameter{};
  std::uint64_t number = 0;
  std::string_view text;
};

/// What the environment did, or was told to do, to this one call.
struct Environment {
  bool memory_refused = false;  ///< an allocation made inside the call fails
  bool log_fails = false;   ///< a write or a sync of a file inside the call fails, and nothing gets to the disk there
  bool file_fails = false;  ///< some operation on a file fails, which the call may get over
  bool names_fail = false;  ///< and nothing can be removed or renamed either
  bool disk_full = false;   ///< it fails for lack of space
};

struct Call {
  Function function{};
  ThreadId thread{};
  Environment environment;
  bool inside_callback = false;  ///< made by a status callback of the engine
  std::array<Argument, most_arguments> arguments{};
  std::span<const ParameterSetting> settings;  ///< behind a parameter array; borrowed like the texts

  const Argument& operator[](std::size_t position) const { return arguments[position]; }
};

}  // namespace esentcheck::model
