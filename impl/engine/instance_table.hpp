// The places of all instances of the process, never given back to the system, and the word of each: what phase
// its instance is in, why it refuses calls, and how many calls are inside it. A call pins the instance by
// counting itself into the word, in the same step that checks the phase; JetTerm closes the phase and waits
// until the last call has left. Calls on a session do not pin: being inside the session does (session_call.hpp).
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "engine/handle.hpp"
#include "engine/session_table.hpp"
#include "esent.h"

namespace esent {

class Instance;

// JET_paramMaxInstances is at most 1024.
constexpr std::uint32_t instance_count_max = 1024;

enum class Phase : std::uint64_t { none, created, initialising, running, restoring, terminating };

// generation (bits 24-63), pins (bits 8-23), flags and phase.
struct InstanceWord {
  static constexpr unsigned generation_shift = 24;
  static constexpr std::uint64_t phase_mask = 7;
  static constexpr std::uint64_t stopped = 8;          // JetStopService and its kin
  static constexpr std::uint64_t unavailable = 16;     // the log could not be written
  static constexpr std::uint64_t backup = 32;          // a backup is running
  static constexpr std::uint64_t backup_stopped = 64;  // and is to end
  static constexpr std::uint64_t stopped_all = 128;    // by JetStopServiceInstance2; `stopped` is set as well
  static constexpr std::uint64_t pin = 256;
  static constexpr std::uint64_t pins_mask = ((std::uint64_t{1} << generation_shift) - 1) & ~(pin - 1);

  std::uint64_t bits = 0;

  Phase phase() const noexcept { return static_cast<Phase>(bits & phase_mask); }
  bool has(std::uint64_t flag) const noexcept { return (bits & flag) != 0; }
  std::uint64_t generation() const noexcept { return bits >> generation_shift; }
  std::uint64_t pins() const noexcept { return (bits & pins_mask) / pin; }
  InstanceWord with(Phase phase) const noexcept { return {(bits & ~phase_mask) | static_cast<std::uint64_t>(phase)}; }
};

struct InstancePlace {
  alignas(64) std::atomic<std::uint64_t> word;
  // Free places of sessions: place + 1 of the first below, a counter against reuse above.
  alignas(64) std::atomic<std::uint64_t> free_sessions;
  // Calls between two steps that everybody else has to see as one: a session has ended and its place is not free yet, or a
  // place is taken and may be given back. Until they are through nobody can say that no place is left.
  std::atomic<std::uint32_t> unsettled;
  Instance* instance;    // owned; valid while the place is pinned or a call is inside one of its sessions
  std::uint32_t number;  // of this place; never changes

  std::mutex mutex;              // guards nothing but the waiting for `left`
  std::condition_variable left;  // a call left an instance that is terminating

  InstanceWord load() const noexcept { return {word.load()}; }
  // Replaces the word by change(word), unless refuse(word) is an error, which is returned.
  template <class Refuse, class Change>
  JET_ERR update(Refuse refuse, Change change) noexcept;
  void set_phase(Phase phase) noexcept;
  void unpin() noexcept;
  // Wakes JetTerm if the instance is terminating or about to be gone. Called after what JetTerm waits for was published.
  void tell_waiting(InstanceWord now) noexcept;

  // A stack without locks. That it is empty while nobody is unsettled is the session limit. Whoever gets a place is unsettled
  // until it says otherwise.
  void push_free_session(SessionPlace& session, std::uint32_t session_number) noexcept;
  bool pop_free_session(std::uint32_t& session_number) noexcept;
  // Exact only while nothing pops; then it can only grow.
  std::uint32_t count_free_sessions() const noexcept;

 private:
  bool try_pop(std::uint32_t& session_number) noexcept;
  bool wait_for_free_session() const noexcept;
};

template <class Refuse, class Change>
JET_ERR InstancePlace::update(Refuse refuse, Change change) noexcept {
  std::uint64_t bits = word.load();
  for (;;) {
    const InstanceWord seen{bits};
    if (const JET_ERR err = refuse(seen); err != JET_errSuccess) return err;
    if (word.compare_exchange_weak(bits, change(seen).bits)) return JET_errSuccess;
  }
}

// NULL when there has not been an instance in this place.
InstancePlace* instance_place(std::uint32_t place) noexcept;
InstancePlace& make_instance_place(std::uint32_t place);

// A counted stay inside an instance.
class Pin {
 public:
  Pin() = default;
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin() {
    if (place_ != nullptr) place_->unpin();
  }

  // Pins what the handle names; `refuse` looks at the word and gives the code that keeps the call out, `change`
  // alters the word in the same step. A handle that names no instance gives `bad_handle`.
  template <class Refuse, class Change>
  JET_ERR enter(JET_INSTANCE handle, JET_ERR bad_handle, Refuse refuse, Change change) noexcept;
  template <class Refuse>
  JET_ERR enter(JET_INSTANCE handle, JET_ERR bad_handle, Refuse refuse) noexcept {
    return enter(handle, bad_handle, refuse, [](InstanceWord word) { return word; });
  }
  // Pins a place whatever its generation; the caller makes sure that it is the right one.
  template <class Refuse>
  JET_ERR enter_place(InstancePlace& place, Refuse refuse) noexcept;

  InstancePlace& place() const noexcept { return *place_; }
  Instance& instance() const noexcept { return *place_->instance; }
  // The stay ended by other means: the place was freed.
  void forget() noexcept { place_ = nullptr; }
  void leave() noexcept {
    place_->unpin();
    place_ = nullptr;
  }

 private:
  InstancePlace* place_ = nullptr;
};

template <class Refuse, class Change>
JET_ERR Pin::enter(JET_INSTANCE number, JET_ERR bad_handle, Refuse refuse, Change change) noexcept {
  Handle handle{};
  if (!decode(number, handle) || handle.kind != Kind::instance) return bad_handle;
  InstancePlace* place = instance_place(handle.place);
  if (place == nullptr) return bad_handle;
  const JET_ERR err = place->update(
      [&](InstanceWord word) {
        if (word.generation() != handle.generation || word.phase() == Phase::none) return bad_handle;
        return refuse(word);
      },
      [&](InstanceWord word) { return InstanceWord{change(word).bits + InstanceWord::pin}; });
  if (err == JET_errSuccess) place_ = place;
  return err;
}

template <class Refuse>
JET_ERR Pin::enter_place(InstancePlace& place, Refuse refuse) noexcept {
  const JET_ERR err =
      place.update(refuse, [](InstanceWord word) { return InstanceWord{word.bits + InstanceWord::pin}; });
  if (err == JET_errSuccess) place_ = &place;
  return err;
}

}  // namespace esent
