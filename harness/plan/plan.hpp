// A plan: calls spelled with variables instead of handles, so that it can be written to a file, sent to another
// process and judged by the model without anybody knowing a handle's value beforehand.
//
// Steps are trivially copyable and hold no pointers: they travel through shared memory as they are.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "harness/simulation/schedule.hpp"
#include "model/call.hpp"
#include "model/world.hpp"

namespace esentcheck::plan {

/// Index into Plan::variables. A variable holds one machine word, zero at the start.
using Variable = std::uint16_t;
inline constexpr Variable no_variable = 0xffff;

/// Index into Plan::threads; 0 is the thread "main".
using Thread = std::uint8_t;

enum class SymbolKind : std::uint8_t {
  absent,  ///< not given: 0, NULL
  null,    ///< NULL or 0, said so
  nil,     ///< all bits set
  number,
  value,           ///< what variable `number` holds
  address,         ///< the address of variable `number`, for an out-parameter
  garbage,         ///< a handle value that was never given out; `number` tells several apart
  text,            ///< offset of a zero-terminated string in Plan::texts
  callback,        ///< a JET_PFNSTATUS; `number` is the code it returns, as JET_ERR
  restart_info,    ///< a JET_RSTINFO that holds only such a callback
  parameter_list,  ///< a JET_SETSYSPARAM array: `count` entries of Plan::settings from `number` on
  buffer,          ///< a buffer of `number` bytes that the call may write to; `count` is a packed Reading
  memory,          ///< the address of `count` bytes: `number`, least significant byte first, and zeros behind it
};

/// What is made of a buffer that a call has written to.
enum class ReadAs : std::uint8_t {
  text,
  wide_text,  ///< UTF-16, given as UTF-8
  number,     ///< least significant byte first
  nothing,    ///< it is not looked at
};

/// How a buffer is read back. As a number, `bytes` from `at` on; otherwise from its beginning to its end.
struct Reading {
  ReadAs as = ReadAs::text;
  std::uint8_t bytes = 0;  ///< 1, 2, 4 or 8
  std::uint16_t at = 0;

  friend bool operator==(const Reading&, const Reading&) = default;
};

constexpr std::uint32_t packed(Reading reading) {
  return static_cast<std::uint32_t>(reading.as) | std::uint32_t{reading.bytes} << 8 | std::uint32_t{reading.at} << 16;
}
constexpr Reading reading_in(std::uint32_t packed) {
  return {static_cast<ReadAs>(packed & 0xff), static_cast<std::uint8_t>(packed >> 8 & 0xff),
          static_cast<std::uint16_t>(packed >> 16)};
}
static_assert(packed(Reading{}) == 0);

struct Symbol {
  SymbolKind kind = SymbolKind::absent;
  std::uint32_t count = 0;
  std::uint64_t number = 0;

  friend bool operator==(const Symbol&, const Symbol&) = default;
};

/// One element of a JET_SETSYSPARAM array.
struct Setting {
  std::uint32_t parameter = 0;
  Symbol number;
  Symbol text;
};

/// What a library asks of its environment, and may be refused.
enum class Operation : std::uint8_t {
  none,
  memory,  ///< an allocation
  file,    ///< any operation on files: each of those below
  open,    ///< of a file or a folder
  read,
  write,   ///< and what changes a file's size
  sync,    ///< of a file or a folder
  rename,  ///< and whatever else changes what is in a folder
  map,     ///< of a file into memory
};

/// How an operation fails. Those that cannot fail like that do not count.
enum class Failure : std::uint8_t {
  error,        ///< EIO, or ENOMEM for memory
  full,         ///< ENOSPC, of what needs space
  interrupted,  ///< EINTR
  part,         ///< a read or a write does half of what it was asked for
  power_cut,    ///< instead of the operation the power goes; what had not been synced survives in part
};

enum class Times : std::uint8_t {
  always,  ///< the operation and all later ones
  once,
  by_chance,  ///< from the operation on, each with a chance of so many percent
};

/// Which operation of the environment fails inside a call, and how.
struct Fault {
  Operation operation = Operation::none;
  std::uint32_t from = 0;  ///< the operation's number in its call, from 1; 0: nothing fails
  Failure how = Failure::error;
  Times times = Times::always;
  std::uint8_t chance = 0;  ///< percent
  std::uint8_t draw = 0;    ///< decides what is left to chance: which operations; what survives a power cut

  bool any() const { return from != 0; }
  bool of_memory() const { return operation == Operation::memory; }
  bool of_files() const { return operation > Operation::memory; }
  bool cuts_power() const { return how == Failure::power_cut; }
  friend bool operator==(const Fault&, const Fault&) = default;
};

enum class StepKind : std::uint8_t {
  call,     ///< make a call on a thread that is idle or inside a status callback
  finish,   ///< let the thread's status callbacks return from here on, and wait until its pending call has returned
  restart,  ///< kill the subject's process and start a new one in the same directory; variables keep their values
  file,     ///< do something to a file of the subject's: `event`, to the path of argument 0
};

/// When a call step is over for the thread that asked for it.
enum class Until : std::uint8_t {
  returned,  ///< the call has returned; status callbacks do not stop it
  callback,  ///< the call is inside its first status callback and stays there
  blocked,   ///< the call waits for something that another thread must do
};

struct Step {
  StepKind kind = StepKind::call;
  Thread thread = 0;
  Until until = Until::returned;
  spec::Function function{};
  Variable callback_session = no_variable;  ///< gets the session handle that the status callback was given
  bool racing = false;                      ///< its thread acts side by side with those of the racing steps around it
  Fault fault;
  model::FileEvent event{};  ///< of a file; `damaged` inverts the bytes from argument 1 on, as many as argument 2 says
  std::array<Symbol, model::most_arguments> arguments{};

  friend bool operator==(const Step&, const Step&) = default;
};
static_assert(std::is_trivially_copyable_v<Step>);

/// Racing steps stand together: one race, whose actors are their threads in the order in which the steps name them.
struct RaceSteps {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// How a race goes: where it departs from letting each thread go on until it waits.
struct Schedule {
  bool at_accesses = false;                  ///< decisions are counted at plain accesses of instrumented code, too
  std::vector<simulation::Switch> switches;  ///< in the order of their decisions

  friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Every schedule with at most so many preemptions.
struct Exhaustive {
  std::uint32_t preemptions = 0;
  bool at_accesses = false;
};

struct Plan {
  std::vector<std::string> threads{"main"};
  std::vector<std::string> variables;
  std::vector<std::string> directories;  ///< made, empty, before the first step
  std::vector<Setting> settings;
  std::string texts;  ///< zero-terminated strings, one behind the other
  std::vector<Step> steps;
  std::optional<Schedule> schedule;      ///< of the race; without one any schedule is as good …
  std::optional<Exhaustive> exhaustive;  ///< … or all of these have to be taken

  std::string_view text_at(std::uint64_t offset) const { return texts.c_str() + offset; }
};

/// Adds a text to the plan's pool, or finds it there; gives its symbol.
Symbol text_symbol(Plan&, std::string_view text);

/// The variable of that name, made if it is new.
Variable variable_named(Plan&, std::string_view name);
Thread thread_named(Plan&, std::string_view name);

/// Where the race of the plan is; empty where it has none.
RaceSteps race_of(const Plan&);
inline std::span<const Step> racing_steps(const Plan& plan) {
  const RaceSteps race = race_of(plan);
  return std::span(plan.steps).subspan(race.begin, race.end - race.begin);
}
/// The threads of the steps in the order in which the steps name them: number simulation::first_actor and up.
std::vector<Thread> actors_of(std::span<const Step>);
/// "two" for an actor of the race, "main", or "subject-3" for the third thread that the subject has started.
std::string name_of(const Plan&, const std::vector<Thread>& actors, simulation::ThreadNumber);

/// "damaged", "read-only", …; for FileEvent::none nothing.
std::string_view name_of(model::FileEvent);

/// "memory", "write", …; for Operation::none nothing.
std::string_view name_of(Operation);

/// "error", "full", …
std::string_view name_of(Failure);

/// "write 2 and all later ones fail", for people.
std::string spell(const Fault&);

/// "JetDupSession(s, &t)" with the plan's names, for people.
std::string spell(const Plan&, const Step&);

}  // namespace esentcheck::plan
