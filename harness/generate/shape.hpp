// The shape of a generated sequence: how many calls, threads and instances, which limit, how often each action is
// taken. RapidCheck draws shapes and shrinks them; the calls themselves come from the shape's seed and the model's
// state (walk.hpp), which is where the speed is.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "model/spec/spec.hpp"

namespace esentcheck::generate {

/// What a walk may do next.
enum class Action : std::uint8_t {
  begin_session,
  dup_session,
  end_session,
  begin_transaction,
  commit,
  rollback,
  set_context,
  reset_context,
  get_version,
  get_parameter,
  set_parameter,
  create_instance,
  init,
  term,
  stop_service,
  enable_multi_instance,
  backup,
  create_database,
  attach_database,
  detach_database,
  open_database,
  close_database,
  get_database_info,
  session_parameter,
  idle,
  ask,  ///< for what needs no session: lists, signatures, errors
  stop_backup,
  restore,
};
inline constexpr std::size_t action_count = 28;

std::string_view name_of(Action);

/// The action that calls a function; nothing for one that is not generated.
std::optional<Action> action_of(spec::Function);

struct Shape {
  std::uint64_t seed = 0;
  std::uint16_t calls = 200;
  std::uint8_t threads = 1;
  std::uint8_t instances = 1;
  bool single_instance = false;                      ///< the mode in which JetInit makes the one instance
  std::optional<std::uint16_t> limit;                ///< JET_paramMaxSessions; empty: the default, which is not set
  bool logging = false;                              ///< JET_paramRecovery on: commits reach a log
  std::uint16_t bad_arguments = 100;                 ///< calls in a thousand with a handle or pointer that is no good
  std::uint16_t memory_faults = 0;                   ///< calls in a thousand that are refused memory
  std::uint16_t file_faults = 0;                     ///< calls in a thousand in which a write or a sync fails
  std::array<std::uint8_t, action_count> weights{};  ///< 0: never; a shape leaves some actions out on purpose

  friend bool operator==(const Shape&, const Shape&) = default;
};

/// The first `count` shapes that belong to a seed: drawn by RapidCheck, growing in size.
std::vector<Shape> shapes(std::uint64_t seed, std::size_t count, bool memory_faults, bool threads,
                          bool file_faults = false);

/// One instance with the default limit, begin, dup and end with good and bad handles: what the benchmark measures.
Shape toy(std::uint64_t seed);

}  // namespace esentcheck::generate
