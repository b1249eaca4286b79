// What a subject's process and the harness share: one block of memory, mapped by both, and a few words over a socket.
//
// The block holds steps, observations, variables and texts; batches travel through it without a system call unless one
// side has to wait. The socket carries what happens once per start. The subject can scribble over the block, so the
// harness believes nothing that it reads there without looking at it.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "harness/simulation/schedule.hpp"
#include "harness/subject/futex.hpp"
#include "harness/subject/marshalling.hpp"
#include "harness/subject/wire.hpp"
#include "harness/subject/work.hpp"

namespace esentcheck::subject {

/// The batch that comes next is a race; and how it went.
struct RaceOnBoard {
  bool wanted;
  bool stuck;  ///< the process has ended since none of its threads could go on, outside a race
  simulation::Order order;
  simulation::Record record;
  std::array<Span, most_race_steps> spans;  ///< by step
};

struct Exchange {
  static constexpr std::size_t most_steps = 4096;  ///< longer batches are performed in pieces
  static constexpr std::size_t portion =
      most_race_steps;  ///< steps that are unpacked at a time, so that they stay near
  static constexpr std::size_t most_settings = 16384;
  static constexpr std::size_t most_texts = std::size_t{16} << 20;
  static constexpr std::size_t most_output = std::size_t{1} << 20;

  /// In `answered`: the process is dead, and `death` says how.
  static constexpr std::uint32_t dead = 0x8000'0000;

  alignas(64) FutexWord asked;         ///< counts the batches that the harness wants performed
  FutexWord available;                 ///< how many of the batch's steps are packed: the rest follows while these run
  std::atomic<std::uint32_t> starved;  ///< the subject's process sleeps until more are
  std::uint32_t steps_count;
  alignas(64) FutexWord answered;        ///< counts those that were performed; set to `dead` by the host program
  std::atomic<std::int32_t> death;       ///< a signal's number, or exited(status)
  std::atomic<std::uint32_t> power_cut;  ///< it died of a power cut that a fault asked for
  alignas(64) std::atomic<std::uint32_t> progress;  ///< position in the batch of the step in progress
  std::atomic<std::uint32_t> packed;  ///< how many observations are packed; those behind them are in `recent`
  std::uint32_t output_size;

  alignas(64) std::array<Word, most_steps * wire::most_step_words> steps;
  alignas(64) std::array<Word, most_steps * wire::most_observation_words> observations;
  alignas(64) std::array<Observation, portion> recent;
  alignas(64) std::array<Word, variable_count> variables;
  alignas(64) RaceOnBoard race;
  std::array<plan::Setting, most_settings> settings;
  std::array<char, most_output> output;
  std::array<char, most_texts> texts;
};
static_assert(std::is_trivially_copyable_v<Observation> && std::is_trivially_copyable_v<plan::Setting>);

/// How Observation::code tells an exit status from a signal, exit(0) included.
constexpr std::int32_t exited(int status) { return -1000 - status; }

/// From the harness to the host program.
struct Command {
  enum Kind : std::uint32_t { start, stop };  ///< start: also ends the process that runs
  Kind kind = start;
  bool simulated = false;                ///< start: the process's threads and its time are the simulation's
  bool at_large = false;                 ///< start: races are run on the machine's own threads
  bool expects_power_cut = false;        ///< start: the power may be cut in it
  std::uint32_t variables_to_clear = 0;  ///< start: done when the process before is gone, which might write them
  char directory[4000] = {};
};

/// From the host program, once when it is up, and after each command.
struct Reply {
  bool failed = false;
  bool memory_faults = false;
  bool file_faults = false;
  bool simulation = false;
  std::uint8_t missing_count = 0;
  std::array<spec::Function, spec::function_count> missing{};
  char message[1000] = {};  ///< one sentence, when failed
};

}  // namespace esentcheck::subject
