// What JetInit and JetRestoreInstance have in common: the steps that take an instance from created to ready,
// each undone when the object goes out of scope before commit().
#pragma once

#include <map>
#include <optional>
#include <string>

#include "engine/instance.hpp"
#include "engine/instance_table.hpp"
#include "engine/session_call.hpp"
#include "storage/status.hpp"

namespace esent {

// Gives back what a started instance has taken; nobody may be inside its sessions.
void release_started(Pin& pin, bool claimed = true) noexcept;

// What the caller says of recovery, beside the parameters.
struct StartOptions {
  bool force_recovery = false;
  bool truncate_logs = false;
  bool ignore_missing_databases = false;
  std::map<std::string, std::string> moved_databases;  // native paths
  std::optional<std::string> database_folder;          // as the application writes it
};

class Starting {
 public:
  explicit Starting(Pin& pin) noexcept : pin_(pin) {}
  Starting(const Starting&) = delete;
  Starting& operator=(const Starting&) = delete;
  ~Starting();

  // Reads the parameters, takes the paths, the places for sessions and the folders; begins the callback's session.
  JET_ERR prepare(const StartOptions& wanted);
  JET_SESID callback_session() const noexcept { return callback_session_.sesid(); }
  Storage& storage() const noexcept { return *pin_.instance().storage; }
  bool create_folders() const noexcept { return create_folders_; }
  // Keeps everything but the callback's session.
  void commit() noexcept;

 private:
  Pin& pin_;
  CallbackSession callback_session_;
  bool create_folders_ = false;
  bool claimed_ = false;
  bool committed_ = false;
};

}  // namespace esent
