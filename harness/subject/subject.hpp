// A subject: something that claims to be ESENT and can be told to make calls. It translates and times out, and never
// interprets: what a call was supposed to do is nobody's business here.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "harness/diagnostic.hpp"
#include "harness/plan/plan.hpp"
#include "harness/simulation/schedule.hpp"

namespace esentcheck::subject {

/// How a step came to an end.
enum class End : std::uint8_t {
  skipped,          ///< not performed, because an earlier step ended the subject; or a `finish` with nothing pending
  returned,         ///< with `code`
  in_callback,      ///< the call is inside a status callback and stays there
  blocked,          ///< the call waits
  crashed,          ///< the process died in it; `code` is the signal's number, or -1000 minus the status of an exit()
  hung,             ///< no answer in time
  not_implemented,  ///< the library does not export the function
  power_cut,        ///< the power was cut in it, as its fault says
};

/// What was seen of one step.
struct Observation {
  End end = End::skipped;
  bool out_written = false;  ///< the call wrote its out-parameter
  bool has_text = false;
  bool has_number = false;      ///< the call wrote to a buffer that is read as a number
  std::uint8_t faults_hit = 0;  ///< bits of faults::Hit
  std::int32_t code = 0;
  std::uint32_t blocks = 0;            ///< of memory that the process had behind a call in which something was to fail
  std::uint64_t out = 0;               ///< the number or handle behind the out-pointer after the call; 0 where the call
                                       ///< wrote nothing to a parameter that is only written
  std::uint64_t callback_session = 0;  ///< the handle that the status callback was given, when in_callback
  std::uint64_t number = 0;            ///< in such a buffer
  std::uint32_t text_offset = 0;       ///< of a string written to a buffer, or of a list spelled out, in the batch's
                                       ///< output text
  std::uint32_t descriptors = 0;       ///< the lowest that was free behind a call in which something was to fail
};

/// What a subject can do beyond answering calls. A scenario that needs more is skipped with that reason.
struct Capabilities {
  bool memory_faults = false;  ///< allocations inside a call can be refused
  bool file_faults = false;    ///< operations on files inside a call can fail
  bool restart = false;        ///< its process can be killed and started again
  bool power_cuts = false;     ///< and the power can be cut instead, where files can fail, too
  bool threads = false;        ///< calls can be made on several threads
  bool status_callbacks = false;
  bool simulation = false;         ///< threads take turns as an order says, and time is virtual
  bool validates_handles = false;  ///< a handle that denotes nothing is diagnosed; probed

  friend bool operator==(const Capabilities&, const Capabilities&) = default;
};

struct Description {
  std::string address;  ///< as the user gave it
  std::string name;
  std::string version;
  std::string isolation;  ///< "process" or "none"
  Capabilities capabilities;
  std::vector<spec::Function> not_implemented;
};

/// A group of steps performed in order without anybody looking in between.
struct Batch {
  const plan::Plan* plan = nullptr;     ///< for texts, settings and the numbers of variables and threads
  std::span<const plan::Step> steps;    ///< calls and finishes only
  std::span<Observation> observations;  ///< as many as steps
  std::string* text = nullptr;          ///< output text, appended to
};

/// How many steps a race may have.
inline constexpr std::size_t most_race_steps = 128;

/// When a call of a race began and ended: moments are numbered from 1, and no two are the same. 0: it did not.
struct Span {
  std::uint32_t begun = 0;
  std::uint32_t ended = 0;
};

/// How a race went.
struct RaceResult {
  End end = End::skipped;  ///< returned; or the process crashed or hung in it
  std::int32_t code = 0;   ///< the signal, as in Observation
  simulation::Record record;
  std::vector<Span> spans;  ///< by step
};

/// Not safe for use by several threads at once.
class Subject {
 public:
  virtual ~Subject() = default;

  virtual const Description& describe() const = 0;

  /// A fresh process (where the subject has one) in a fresh directory that holds the plan's directories; all variables
  /// zero, no call pending. Says what went wrong when that cannot be had.
  virtual std::optional<Diagnostic> start(const plan::Plan&) = 0;

  /// Kills the process and starts a new one in the same directory; variables keep their values. Only with the
  /// capability `restart`.
  virtual std::optional<Diagnostic> restart() = 0;

  /// Does to a file of the present directory what a step of kind `file` says. Says what went wrong: often that there is
  /// no such file, since only its own library knows where it keeps what.
  virtual std::optional<Diagnostic> change_file(const plan::Plan&, const plan::Step&) {
    return Diagnostic{describe().address, "it keeps no files"};
  }

  /// As start(), in a process whose threads take turns and whose time is virtual. Until the next start only perform(), for
  /// calls of thread 0 that return and take no status callback, and race(). Only with the capability `simulation`.
  virtual std::optional<Diagnostic> start_simulated(const plan::Plan&) {
    return Diagnostic{describe().address, "it cannot be simulated"};
  }

  /// The same with the machine's own threads and time: a race then has no order but theirs, and none that comes again.
  virtual std::optional<Diagnostic> start_at_large(const plan::Plan&) {
    return Diagnostic{describe().address, "it cannot race, since it is not alone in its process"};
  }

  /// Performs steps of several threads, each thread's in their order and the threads side by side: calls that return and
  /// take no status callback, most_race_steps at most. Unless all came to their end the subject is of no further use.
  virtual void race(const Batch&, const simulation::Order&, RaceResult&) {}

  /// Performs the batch. A step that crashes or hangs leaves the ones behind it skipped, and start() is next.
  virtual void perform(const Batch&) = 0;
};

}  // namespace esentcheck::subject
