// The toy that the benchmark measures on: one instance, sixteen sessions, begin, dup and end with valid and invalid
// handles. Small enough that what is measured is the harness around it.
#pragma once

#include <array>
#include <cstdint>

namespace esentcheck::bench {

/// A session table with a limit, the way a subject would hold it: handles carry the slot and how often it was used.
class ToyEngine {
 public:
  static constexpr std::uint32_t limit = 16;
  static constexpr std::uint64_t instance_handle = 0x10;
  static constexpr std::int32_t success = 0, out_of_sessions = -1101, invalid_sesid = -1104, invalid_parameter = -1003;

  ToyEngine() {
    for (std::uint32_t i = 0; i < limit; ++i) free_[i] = i;
  }

  std::int32_t begin_session(std::uint64_t instance, std::uint64_t* session) {
    if (instance != instance_handle || session == nullptr) return invalid_parameter;
    return open(session);
  }
  std::int32_t dup_session(std::uint64_t source, std::uint64_t* session) {
    if (!live(source)) return invalid_sesid;
    if (session == nullptr) return invalid_parameter;
    return open(session);
  }
  std::int32_t end_session(std::uint64_t session) {
    if (!live(session)) return invalid_sesid;
    const std::uint32_t slot = session & 0xff;
    handles_[slot] = 0;
    free_[--used_] = slot;
    return success;
  }

 private:
  bool live(std::uint64_t handle) const {
    const std::uint64_t slot = handle & 0xff;
    return slot < limit && handle != 0 && handles_[slot] == handle;
  }
  std::int32_t open(std::uint64_t* session) {
    if (used_ == limit) return out_of_sessions;
    const std::uint32_t slot = free_[used_++];
    handles_[slot] = (++uses_ << 8) | slot;
    *session = handles_[slot];
    return success;
  }

  std::array<std::uint64_t, limit> handles_{};
  std::array<std::uint32_t, limit> free_{};
  std::uint32_t used_ = 0;
  std::uint64_t uses_ = 0;
};

}  // namespace esentcheck::bench
