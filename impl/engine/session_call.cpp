#include "engine/session_call.hpp"

#include <memory>
#include <new>

#include "engine/instance.hpp"
#include "engine/process.hpp"

namespace esent {
namespace {

bool is_live(std::uint64_t word, std::uint64_t generation) {
  return (word >> SessionPlace::generation_shift) == generation && (word & SessionPlace::live) != 0;
}

JET_SESID handle_of(std::uint32_t number, std::uint64_t generation) {
  return encode({Kind::session, number, generation});
}

// The caller holds busy. Afterwards the place is free and its old handle names nothing.
void retire(SessionPlace& place) noexcept {
  delete place.session;
  place.session = nullptr;
  place.word.store(next_generation(place.generation()) << SessionPlace::generation_shift, std::memory_order_release);
}

// Takes a lock only if there is something to close.
void close_databases(InstancePlace& instance, Session& session) noexcept {
  if (session.databases().total == 0) return;
  instance.instance->storage->databases().release({session.number(), session.databases()});
}

}  // namespace

bool FoundSession::still_live() const noexcept {
  return is_live(place->word.load(), generation) && instance->load().phase() != Phase::none;
}

JET_ERR find_session(JET_SESID sesid, FoundSession& found) noexcept {
  Handle handle{};
  if (!decode(sesid, handle) || handle.kind != Kind::session) return bad_session(sesid);
  SessionPlace* place = session_table().find(handle.place);
  if (place == nullptr || !is_live(place->word.load(), handle.generation)) return bad_session(sesid);
  InstancePlace* instance = instance_place(place->instance.load(std::memory_order_relaxed));
  found = {place, instance, handle.generation, handle.place};
  // Read again, since the place may have gone to another instance between the two reads.
  return instance != nullptr && found.still_live() ? JET_errSuccess : bad_session(sesid);
}

template <class Gate>
JET_ERR SessionCall::enter_through(JET_SESID sesid, JET_ERR in_use, Gate gate) noexcept {
  FoundSession found{};
  for (;;) {
    if (const JET_ERR err = find_session(sesid, found); err != JET_errSuccess) return err;
    if (const JET_ERR err = gate(found.instance->load()); err != JET_errSuccess) {
      return found.still_live() ? err : bad_session(sesid);
    }
    std::uint64_t word = found.place->word.load();
    if (!is_live(word, found.generation)) return bad_session(sesid);
    // JetTerm, too, is inside the sessions that it ends.
    if ((word & SessionPlace::busy) != 0) return found.still_live() ? in_use : bad_session(sesid);
    if (found.place->word.compare_exchange_strong(word, word | SessionPlace::busy)) break;
  }
  found_ = found;
  // The instance may have closed before the busy bit was there for JetTerm to see.
  const JET_ERR err = gate(found.instance->load());
  return err == JET_errSuccess || found.still_live() ? err : bad_session(sesid);
}

JET_ERR SessionCall::enter(JET_SESID sesid, Stopped stopped, JET_ERR in_use) noexcept {
  return enter_through(sesid, in_use, [stopped](InstanceWord word) { return session_gate(word, stopped); });
}

JET_ERR SessionCall::enter(JET_SESID sesid, JET_ERR (*gate)(InstanceWord) noexcept, JET_ERR in_use) noexcept {
  return enter_through(sesid, in_use, gate);
}

SessionCall::~SessionCall() {
  if (found_.place == nullptr) return;
  const std::uint64_t word = found_.place->word.fetch_and(~SessionPlace::busy);
  if ((word & SessionPlace::internal) != 0) {
    const std::lock_guard lock(found_.instance->mutex);
    found_.instance->left.notify_all();
  } else {
    found_.instance->tell_waiting(found_.instance->load());
  }
}

bool SessionCall::internal() const noexcept {
  return (found_.place->word.load(std::memory_order_relaxed) & SessionPlace::internal) != 0;
}

void SessionCall::publish_transaction() noexcept {
  if (session().in_transaction()) {
    found_.place->word.fetch_or(SessionPlace::in_transaction);
  } else {
    found_.place->word.fetch_and(~SessionPlace::in_transaction);
  }
}

void SessionCall::end() noexcept {
  InstancePlace& instance = *found_.instance;
  close_databases(instance, session());
  ++instance.unsettled;
  retire(*found_.place);
  instance.push_free_session(*found_.place, found_.number);
  --instance.unsettled;
  found_.place = nullptr;
  instance.tell_waiting(instance.load());
}

namespace {

JET_SESID publish(std::uint32_t number, Session* session) noexcept {
  SessionPlace& place = session_table().at(number);
  const std::uint64_t generation = place.generation();
  const JET_SESID sesid = handle_of(number, generation);
  session->set_number(sesid);
  place.session = session;
  place.word.store(generation << SessionPlace::generation_shift | SessionPlace::live, std::memory_order_release);
  return sesid;
}

// `still_right` says whether the session may still begin, asked when its place is taken: if so, that was the moment at which
// it began; if not, nobody will have seen it.
template <class StillRight>
JET_ERR make_session(InstancePlace& instance, JET_SESID& sesid, StillRight still_right) noexcept {
  // Memory comes first: waiting for it, others would see the place taken.
  std::unique_ptr<Session> session(new (std::nothrow) Session());
  if (session == nullptr) return JET_errOutOfMemory;
  std::uint32_t number;
  if (!instance.pop_free_session(number)) {
    const JET_ERR err = still_right();
    return err != JET_errSuccess ? err : JET_errOutOfSessions;
  }
  const JET_ERR err = still_right();
  if (err == JET_errSuccess) {
    sesid = publish(number, session.release());
  } else {
    instance.push_free_session(session_table().at(number), number);
  }
  --instance.unsettled;
  return err;
}

}  // namespace

JET_ERR begin_session(InstancePlace& instance, JET_SESID& sesid) noexcept {
  return make_session(instance, sesid, [&] { return begin_gate(instance.load()); });
}

JET_ERR dup_session(const FoundSession& source, JET_SESID sesid, JET_SESID& made) noexcept {
  return make_session(*source.instance, made, [&] {
    if (!source.still_live()) return bad_session(sesid);
    const JET_ERR err = begin_gate(source.instance->load());
    // What refuses it may have come behind the end of its source.
    return err == JET_errSuccess || source.still_live() ? err : bad_session(sesid);
  });
}

JET_ERR CallbackSession::begin(InstancePlace& instance, std::uint32_t session_number) noexcept {
  Session* session = new (std::nothrow) Session();
  if (session == nullptr) return JET_errOutOfMemory;
  SessionPlace& place = session_table().at(session_number);
  const std::uint64_t generation = place.generation();
  instance_ = &instance;
  number_ = session_number;
  sesid_ = handle_of(session_number, generation);
  session->set_number(sesid_);
  place.session = session;
  place.word.store(generation << SessionPlace::generation_shift | SessionPlace::live | SessionPlace::internal,
                   std::memory_order_release);
  return JET_errSuccess;
}

void CallbackSession::end() noexcept {
  if (instance_ == nullptr) return;
  SessionPlace& place = session_table().at(number_);
  {
    std::unique_lock lock(instance_->mutex);
    instance_->left.wait(lock, [&] { return take_if_idle(place); });
  }
  close_databases(*instance_, *place.session);
  end_taken(place);
  instance_ = nullptr;
  sesid_ = JET_sesidNil;
}

void end_sessions(InstancePlace& place) noexcept {
  for (const std::uint32_t number : place.instance->session_places) {
    SessionPlace& session = session_table().at(number);
    {
      std::unique_lock lock(place.mutex);
      place.left.wait(lock, [&] { return take_if_idle(session); });
    }
    end_taken(session);
  }
  place.free_sessions.store(0);
  session_table().give_back(place.instance->session_places);
  place.instance->session_places.clear();
}

bool take_if_idle(SessionPlace& place) noexcept {
  std::uint64_t word = place.word.load();
  if ((word & SessionPlace::live) == 0) return true;
  if ((word & SessionPlace::busy) != 0) return false;
  return place.word.compare_exchange_strong(word, word | SessionPlace::busy);
}

void end_taken(SessionPlace& place) noexcept {
  if ((place.word.load() & SessionPlace::live) != 0) retire(place);
}

}  // namespace esent
