// The process: which mode it is in, the defaults of the parameters, and the instances by name and by path.
//
// The lock order of the library, outermost first:
//   Registry::mutex, Instance::parameters_mutex, Databases' mutex_, the claims on databases, Storage's
//   checkpoint_mutex_, Log's sync_mutex_, Log's append_mutex_, SessionTable's mutex_, InstancePlace::mutex.
// No lock is held while a status callback runs. The session calls take none but the log's, in a commit, and that of
// the databases, at the end of a session that has some open.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/instance_table.hpp"
#include "engine/parameters.hpp"
#include "engine/process.hpp"

namespace esent {

enum class Mode { undecided, single, multi };

// Folders and the temporary database of a started instance, in the one form that can be compared.
struct ClaimedPaths {
  std::string system;
  std::string log;
  std::string temporary;  // empty without a temporary database
};

struct InstanceRecord {
  std::uint32_t place = 0;
  std::optional<std::string> name;
  std::string display_name;
  std::optional<ClaimedPaths> paths;  // while it is started
};

struct Registry {
  std::mutex mutex;
  // All of it guarded by mutex.
  Mode mode = Mode::undecided;
  Parameters defaults;
  std::vector<InstanceRecord> instances;

  // Makes an instance with a copy of the defaults and stores its handle; needs mutex.
  JET_ERR create(std::optional<std::string> name, std::string display_name, JET_INSTANCE& handle);
  // Frees an instance that nobody is inside but the caller, whose pin is used up; takes mutex. Its sessions end in the
  // same moment, for everybody. The process forgets its mode with its last instance.
  void remove(Pin& pin, bool was_initialised = false) noexcept;
  // Reserves the paths of an instance that starts, or says which one another instance has; takes mutex.
  JET_ERR claim(std::uint32_t place, ClaimedPaths paths);
  void release(std::uint32_t place) noexcept;
};

Registry& registry();

}  // namespace esent
