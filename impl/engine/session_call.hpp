// How a call gets into a session, and how sessions begin and end. Nothing here takes a lock, and nothing but
// the memory of the session itself is allocated. Who finds no place left waits for those who are between two steps
// (InstancePlace::unsettled), some instructions long, before it says so.
//
// Who waits for whom: a call publishes that it is inside (the busy bit, or a pin of the instance) and then looks
// at the phase of the instance; JetTerm closes the phase and then looks who is inside. Both use sequentially
// consistent operations, so one of them sees the other.
#pragma once

#include "engine/gate.hpp"
#include "engine/instance_table.hpp"
#include "engine/session_table.hpp"

namespace esent {

// A live session that was looked up and not entered: enough for calls that only need its instance.
struct FoundSession {
  SessionPlace* place;
  InstancePlace* instance;
  std::uint64_t generation;
  std::uint32_t number;

  // Sessions end with their instance, in the same moment.
  bool still_live() const noexcept;
};
JET_ERR find_session(JET_SESID sesid, FoundSession& found) noexcept;

// A stay inside a session, alone.
class SessionCall {
 public:
  SessionCall() = default;
  SessionCall(const SessionCall&) = delete;
  SessionCall& operator=(const SessionCall&) = delete;
  ~SessionCall();

  // `in_use` is the code for a session that another call is inside.
  JET_ERR enter(JET_SESID sesid, Stopped stopped, JET_ERR in_use) noexcept;
  // The same through another gate.
  JET_ERR enter(JET_SESID sesid, JET_ERR (*gate)(InstanceWord) noexcept, JET_ERR in_use) noexcept;

  Session& session() const noexcept { return *found_.place->session; }
  Instance& instance() const noexcept { return *found_.instance->instance; }
  InstancePlace& instance_place() const noexcept { return *found_.instance; }
  const FoundSession& found() const noexcept { return found_; }
  bool internal() const noexcept;
  // Keeps the copy in the session's word true that JetTerm2 reads.
  void publish_transaction() noexcept;
  // Ends the session and with it the stay.
  void end() noexcept;

 private:
  template <class Gate>
  JET_ERR enter_through(JET_SESID sesid, JET_ERR in_use, Gate gate) noexcept;

  FoundSession found_{};
};

// Pins the instance of a session for a call that does not need to be inside the session. `bad_handle` gives the
// code for a handle that names no session.
template <class BadHandle, class Gate>
JET_ERR pin_instance_of(JET_SESID sesid, Pin& pin, FoundSession& found, BadHandle bad_handle, Gate gate) noexcept {
  if (find_session(sesid, found) != JET_errSuccess) return bad_handle(sesid);
  const JET_ERR err = pin.enter_place(*found.instance, gate);
  // The instance that answered is the right one only if the session is still there.
  if (found.still_live()) return err;
  if (err == JET_errSuccess) pin.leave();
  return bad_handle(sesid);
}

// Begins a session on a pinned instance and stores its handle.
JET_ERR begin_session(InstancePlace& instance, JET_SESID& sesid) noexcept;
// The same while the source lives: it takes no place that the source's end has made free.
JET_ERR dup_session(const FoundSession& source, JET_SESID sesid, JET_SESID& made) noexcept;

// The session that status callbacks are given; see SessionPlace::internal. Not counted in the limit.
class CallbackSession {
 public:
  CallbackSession() = default;
  CallbackSession(const CallbackSession&) = delete;
  CallbackSession& operator=(const CallbackSession&) = delete;
  ~CallbackSession() { end(); }

  // The place must be one of the instance's that is not in its list of free ones.
  JET_ERR begin(InstancePlace& instance, std::uint32_t session_number) noexcept;
  // Waits for calls of other threads that are inside it.
  void end() noexcept;
  JET_SESID sesid() const noexcept { return sesid_; }

 private:
  InstancePlace* instance_ = nullptr;
  std::uint32_t number_ = 0;
  JET_SESID sesid_ = JET_sesidNil;
};

// Ends what sessions are left of an instance that nobody can enter any more, and gives their places back; its databases go
// with its storage.
void end_sessions(InstancePlace& place) noexcept;

// Gets inside a session that is to end, unless a call is inside. True also for one that has ended.
bool take_if_idle(SessionPlace& place) noexcept;
// Ends it; nothing for one that has ended.
void end_taken(SessionPlace& place) noexcept;

}  // namespace esent
