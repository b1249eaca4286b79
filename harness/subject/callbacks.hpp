// Calls that are more than a handful of words: they take a status callback, have faults armed, are expected to block, or
// pass something that needs memory.
//
// JET_PFNSTATUS carries no context of its caller's, so the call that a callback belongs to is found through the thread
// that it is made on. A library that makes it on a thread of its own gets the code of the call that took a callback last.
#pragma once

#include "harness/subject/actors.hpp"
#include "harness/subject/arguments.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::subject {

class Executor;

/// Lives on the stack of the thread that makes the call, and holds copies: the batch that asked for the call may be over
/// and overwritten before it returns.
struct CallInProgress {
  CallInProgress(Executor& executor_, Actor& actor_, const Library::Entry& entry_, const plan::Step& step_)
      : executor(executor_), actor(actor_), entry(entry_), step(step_), armed(step_.fault) {}

  Executor& executor;
  Actor& actor;
  const Library::Entry& entry;
  const plan::Step step;
  faults::Armed armed;
  Arguments arguments;
  Observation seen;

  bool called_back = false;
  bool parked = false;  ///< its step was over inside the callback

  FutexWord wait{static_cast<std::uint32_t>(Wait::running)};
  pid_t thread = 0;
};

/// While it lives, status callbacks on this thread belong to the call.
class CallbackEntrance {
 public:
  explicit CallbackEntrance(CallInProgress& call);
  ~CallbackEntrance();
  CallbackEntrance(const CallbackEntrance&) = delete;
  CallbackEntrance& operator=(const CallbackEntrance&) = delete;

  /// What the library is given as its JET_PFNSTATUS.
  static abi::JET_ERR on_status(abi::JET_SESID session, std::uint32_t snp, std::uint32_t snt, void* pv);

 private:
  CallInProgress* before_;
};

}  // namespace esentcheck::subject
