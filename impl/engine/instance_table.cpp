#include "engine/instance_table.hpp"

#include <thread>

namespace esent {
namespace {

constinit std::atomic<InstancePlace*> places[instance_count_max] = {};

}  // namespace

InstancePlace* instance_place(std::uint32_t place) noexcept {
  return place < instance_count_max ? places[place].load(std::memory_order_acquire) : nullptr;
}

// Called with the registry's mutex held, so that no two threads make the same place.
InstancePlace& make_instance_place(std::uint32_t place) {
  InstancePlace* made = instance_place(place);
  if (made == nullptr) {
    made = new InstancePlace();
    made->number = place;
    made->word.store(first_generation(place) << InstanceWord::generation_shift);
    places[place].store(made, std::memory_order_release);
  }
  return *made;
}

void InstancePlace::set_phase(Phase phase) noexcept {
  update([](InstanceWord) { return JET_errSuccess; }, [phase](InstanceWord seen) { return seen.with(phase); });
}

void InstancePlace::unpin() noexcept { tell_waiting({word.fetch_sub(InstanceWord::pin)}); }

void InstancePlace::tell_waiting(InstanceWord now) noexcept {
  if (now.phase() != Phase::terminating && now.phase() != Phase::none) return;
  const std::lock_guard lock(mutex);
  left.notify_all();
}

void InstancePlace::push_free_session(SessionPlace& session, std::uint32_t session_number) noexcept {
  std::uint64_t head = free_sessions.load(std::memory_order_relaxed);
  std::uint64_t next;
  do {
    session.next_free.store(static_cast<std::uint32_t>(head), std::memory_order_relaxed);
    next = ((head >> 32) + 1) << 32 | (session_number + 1);
  } while (!free_sessions.compare_exchange_weak(head, next));
}

// False where the stack is empty, and where another thread was faster.
bool InstancePlace::try_pop(std::uint32_t& session_number) noexcept {
  std::uint64_t head = free_sessions.load();
  const auto first = static_cast<std::uint32_t>(head);
  if (first == 0) return false;
  // The place may be popped by another thread meanwhile; then the counter differs and the exchange fails.
  const std::uint64_t next = session_table().at(first - 1).next_free.load(std::memory_order_relaxed);
  if (!free_sessions.compare_exchange_strong(head, ((head >> 32) + 1) << 32 | next)) return false;
  session_number = first - 1;
  return true;
}

// False: there was a moment at which the stack was empty and nobody unsettled.
bool InstancePlace::wait_for_free_session() const noexcept {
  for (;;) {
    const std::uint64_t head = free_sessions.load();
    if (static_cast<std::uint32_t>(head) != 0) return true;
    if (unsettled.load() == 0 && free_sessions.load() == head) return false;
    std::this_thread::yield();
  }
}

bool InstancePlace::pop_free_session(std::uint32_t& session_number) noexcept {
  while (wait_for_free_session()) {
    // Settled again before it waits: two who wait unsettled would wait for each other.
    ++unsettled;
    if (try_pop(session_number)) return true;
    --unsettled;
  }
  return false;
}

std::uint32_t InstancePlace::count_free_sessions() const noexcept {
  std::uint32_t count = 0;
  auto next = static_cast<std::uint32_t>(free_sessions.load());
  while (next != 0) {
    ++count;
    next = session_table().at(next - 1).next_free.load(std::memory_order_relaxed);
  }
  return count;
}

}  // namespace esent
