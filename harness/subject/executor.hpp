// Performs batches on a library that is loaded into this process, on as many threads as the plan names.
//
// Thread 0 is the thread that serve() or perform() runs on; the others are started when a step first names them. A call
// that stays inside a status callback keeps its thread, and further steps of that thread are performed from inside the
// callback: whoever has the turn reads the steps, at whatever depth of its stack.
//
// What this cannot do, in the words of a report: a status callback made by a thread that the library itself started is
// answered, but cannot be stopped in; only the calling thread's operations can be made to fail.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <vector>

#include "harness/subject/actors.hpp"
#include "harness/subject/library.hpp"
#include "harness/subject/marshalling.hpp"
#include "harness/subject/work.hpp"

namespace esentcheck::subject {

struct CallInProgress;

/// Owned by a shared pointer: a thread that never comes back from its call keeps its executor alive.
/// What the process holds behind a call in which something was to fail.
void note_holdings(Observation&);

class Executor : public std::enable_shared_from_this<Executor> {
 public:
  /// `variables` has a word for each possible plan::Variable and outlives the executor.
  Executor(std::shared_ptr<const Library> library, Word* variables)
      : library_(std::move(library)), variables_(variables) {}

  /// Performs batch after batch, with this thread as thread 0, until the source has no more.
  void serve(WorkSource& source);

  /// Performs one batch, with this thread as thread 0. Steps of thread 0 may only be calls that return.
  void perform(const Work& work);

  /// Lets every call that is inside a status callback return, and all threads end that can. Not after serve(), which
  /// does so by itself when its source ends. False: they did not within the limit.
  bool end(std::chrono::milliseconds limit);

  /// Waits for what serve() does at its end.
  bool wait_for_end(std::chrono::milliseconds limit);

  /// After the end: joins the threads whose blocked calls have returned meanwhile, and leaves the others behind.
  void abandon(std::chrono::milliseconds limit);

  /// Instances that the library gave out and that no JetTerm has ended yet, as far as calls told.
  const std::vector<Word>& instances() const { return instances_; }
  /// Whether JetInit has made the one instance of single-instance mode without telling its handle.
  bool made_one_without_handle() const { return made_one_without_handle_; }
  bool enabled_multi_instance() const { return enabled_multi_instance_; }

 private:
  friend class CallbackEntrance;

  /// This number is no plan's thread: it watches calls that are expected to block.
  static constexpr plan::Thread watcher = 0xff;

  Actor& actor(plan::Thread index);
  void retire(Actor& me);
  bool pass_turn_to_anybody();

  /// Performs steps while this thread has the turn, and waits while it has not. Returns when there will be no more work
  /// or, inside a status callback, when the callback is to return.
  void drive(Actor& me, const CallInProgress* parked);
  void next_batch(Actor& me);

  bool call_quickly(const plan::Step& step, Observation& seen);
  void call(Actor& me, const plan::Step& step);
  void make(CallInProgress& call);
  void make_watched(CallInProgress& call);
  void look_after(CallInProgress& call);
  void conclude(CallInProgress& call);
  abi::JET_ERR called_back(CallInProgress& call, abi::JET_SESID session);
  void advance();
  void record(const Observation& seen);
  void settle(const Library::Entry&, const plan::Step&, const Words&, const Observation&);
  void track_instances(const Library::Entry& entry, const Words& words, const Observation& seen);

  Referents referents() const { return {variables_, work_.texts, work_.settings}; }

  const std::shared_ptr<const Library> library_;
  Word* const variables_;
  FutexWord ended_{0};

  // Owned by whoever has the turn.
  std::array<std::unique_ptr<Actor>, 256> actors_;
  std::vector<Word> instances_;
  bool made_one_without_handle_ = false;
  bool enabled_multi_instance_ = false;
  WorkSource* source_ = nullptr;
  Work work_;
  std::uint32_t position_ = 0;
  CallInProgress* to_watch_ = nullptr;
  bool ending_ = false;
};

}  // namespace esentcheck::subject
