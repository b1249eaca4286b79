// What an instance owns. It is reached through its place (instance_table.hpp) by calls that are inside it.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/parameters.hpp"
#include "engine/thread_identity.hpp"
#include "storage/storage.hpp"

namespace esent {

class Instance {
 public:
  explicit Instance(const Parameters& defaults) : parameters(defaults) {
    commit_default = static_cast<JET_GRBIT>(parameters.integer(JET_paramCommitDefault));
  }

  std::mutex parameters_mutex;
  Parameters parameters;  // guarded by parameters_mutex
  // A copy of JET_paramCommitDefault, which commits read.
  std::atomic<JET_GRBIT> commit_default{0};

  // The rest is set while the instance initialises or restores, by the one thread that does that, and read by
  // calls that are let in afterwards.
  std::vector<std::uint32_t> session_places;  // JET_paramMaxSessions, and one more for status callbacks
  std::unique_ptr<Storage> storage;

  // The thread that is inside a backup, which must not wait for that backup to end.
  std::atomic<ThreadId> backup_thread{no_thread};

  std::uint32_t session_limit() const { return static_cast<std::uint32_t>(session_places.size() - 1); }
  std::uint32_t callback_session_place() const { return session_places.back(); }
};

}  // namespace esent
