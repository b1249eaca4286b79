// The places of all sessions of the process. A place is one cache line that is never given back to the system,
// so that an old handle can always be looked up. An instance takes as many places as it may have sessions when
// it starts, and gives them back when it ends; JetBeginSession and JetEndSession only move a place between
// free and used within its instance.
//
// The word of a place: generation (bits 24-63) and the flags below. A place with its generation's handle given
// out is live; the call that is inside its session holds busy.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <vector>

#include "engine/handle.hpp"
#include "engine/session.hpp"

namespace esent {

struct alignas(64) SessionPlace {
  static constexpr unsigned generation_shift = 24;
  static constexpr std::uint64_t live = 1;
  static constexpr std::uint64_t busy = 2;
  // The session of a status callback: it takes no part in the limit, and only the long call ends it.
  static constexpr std::uint64_t internal = 4;
  // A copy of Session::in_transaction that JetTerm2 may read without being inside the session.
  static constexpr std::uint64_t in_transaction = 8;

  std::atomic<std::uint64_t> word;
  std::atomic<std::uint32_t> instance;   // place of the instance; changes only while the place is free
  std::atomic<std::uint32_t> next_free;  // place + 1, or 0; used by the free list of the instance
  Session* session;                      // owned; guarded by busy
  // Parameters of session scope: low half of the generation above, value below. A value of another generation
  // was set in an earlier session of this place and does not count.
  std::atomic<std::uint64_t> commit_default;
  std::atomic<std::uint64_t> wait_log_flush;

  std::uint64_t generation() const { return word.load(std::memory_order_relaxed) >> generation_shift; }
};

// A session-scope value together with the session it was set for.
constexpr std::uint64_t tagged(std::uint64_t generation, std::uint32_t value) { return generation << 32 | value; }
constexpr bool has_tag(std::uint64_t tagged_value, std::uint64_t generation) {
  return tagged_value >> 32 == (generation & 0xFFFFFFFF);
}

class SessionTable {
 public:
  // The place that the number speaks of, whether or not its generation is right; NULL if there is none.
  SessionPlace* find(std::uint32_t place) noexcept {
    SessionPlace* chunk = chunks_[place / chunk_size].load(std::memory_order_acquire);
    return chunk == nullptr ? nullptr : chunk + place % chunk_size;
  }
  // The same for a place that is known to exist.
  SessionPlace& at(std::uint32_t place) noexcept {
    return chunks_[place / chunk_size].load(std::memory_order_acquire)[place % chunk_size];
  }

  // Takes `count` free places for an instance; throws std::bad_alloc and takes none if memory is short.
  std::vector<std::uint32_t> take(std::uint32_t count, std::uint32_t instance);
  // Gives them back; never fails, since room for them was kept when they were made.
  void give_back(const std::vector<std::uint32_t>& places) noexcept;

 private:
  static constexpr std::uint32_t chunk_size = 256;

  void grow();

  std::atomic<SessionPlace*> chunks_[place_count_max / chunk_size] = {};
  std::mutex mutex_;                 // the last in the lock order; see registry.hpp
  std::vector<std::uint32_t> free_;  // guarded by mutex_; capacity for every place that exists
  std::uint32_t made_ = 0;           // guarded by mutex_
};

SessionTable& session_table() noexcept;

}  // namespace esent
