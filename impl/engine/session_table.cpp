#include "engine/session_table.hpp"

#include <new>

namespace esent {

SessionTable& session_table() noexcept {
  // Constant-initialised and never destroyed: threads may still call while the process ends.
  union Immortal {
    constexpr Immortal() : table() {}
    ~Immortal() {}  // NOLINT(modernize-use-equals-default): a default one would be deleted
    SessionTable table;
  };
  static constinit Immortal immortal;
  return immortal.table;
}

void SessionTable::grow() {
  if (made_ == place_count_max) throw std::bad_alloc();
  free_.reserve(made_ + chunk_size);
  SessionPlace* chunk = new SessionPlace[chunk_size]();
  for (std::uint32_t i = 0; i < chunk_size; ++i) {
    chunk[i].word.store(first_generation(made_ + i) << SessionPlace::generation_shift, std::memory_order_relaxed);
  }
  chunks_[made_ / chunk_size].store(chunk, std::memory_order_release);
  for (std::uint32_t i = chunk_size; i != 0; --i) free_.push_back(made_ + i - 1);
  made_ += chunk_size;
}

std::vector<std::uint32_t> SessionTable::take(std::uint32_t count, std::uint32_t instance) {
  std::vector<std::uint32_t> places;
  places.reserve(count);
  const std::lock_guard lock(mutex_);
  while (free_.size() < count) grow();
  for (std::uint32_t i = 0; i < count; ++i) {
    places.push_back(free_.back());
    free_.pop_back();
    at(places.back()).instance.store(instance, std::memory_order_relaxed);
  }
  return places;
}

void SessionTable::give_back(const std::vector<std::uint32_t>& places) noexcept {
  const std::lock_guard lock(mutex_);
  free_.insert(free_.end(), places.rbegin(), places.rend());
}

}  // namespace esent
