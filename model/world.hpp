// The world as values: everything about a process that the pages of the instance and session functions talk
// about.
//
// A World is a value: copying it copies everything, equality is by content, and nothing outside refers into
// it. Its members are public because the clauses read them all; only the effects in functions/ change them.
// Sessions live in a slot table, so that to begin and to end one costs the same however many there are and,
// once the table has grown to its size, allocates nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/call.hpp"
#include "model/parameters.hpp"
#include "model/profile.hpp"

namespace esentcheck::model {

/// A process is single-instance or multi-instance; the first call that depends on it decides
/// (JetCreateInstance, JetEnableMultiInstance, JetInit without an instance).
enum class Mode : std::uint8_t { undecided, single, multi };

/// Life of an instance. The phases with a duration lie between the begin and the end of the call that causes
/// them.
enum class Phase : std::uint8_t {
  absent,        ///< a free position
  created,       ///< JetCreateInstance, not yet initialised
  initializing,  ///< inside JetInit
  running,       ///< initialised
  restoring,     ///< inside JetRestoreInstance
  terminating,   ///< inside JetTerm
};

/// Whether a fatal error has withdrawn all data. No page says which errors are fatal: after a failed write of
/// the log the instance is in doubt, and the first call that finds it withdrawn settles it.
enum class Availability : std::uint8_t { available, in_doubt, withdrawn };

struct Instance {
  Phase phase = Phase::absent;
  Availability availability = Availability::available;
  bool service_stopped = false;  ///< JetStopService family; final
  bool stopped_all = false;      ///< by JetStopServiceInstance2, which alone remembers it for a resume
  bool log_stopped = false;      ///< by JetStopServiceInstance2: nothing more can be written to the log
  bool backup_running = false;
  bool backup_stopped = false;          ///< JetStopBackup family
  bool init_failed = false;             ///< no page says what its handle is good for after a failed JetInit
  bool term_was_refused = false;        ///< the engine then forbids backups for good
  bool never_ran = false;               ///< it is inside JetTerm without having been initialised
  bool has_name = false;                ///< a NULL name is a name of its own
  std::uint32_t session_limit = 0;      ///< JET_paramMaxSessions, frozen when JetInit begins
  std::uint32_t session_count = 0;      ///< live user sessions
  std::uint32_t open_transactions = 0;  ///< sessions at a level above 0
  std::uint32_t database_count = 0;     ///< attached databases
  std::string name;
  Parameters parameters;

  friend bool operator==(const Instance&, const Instance&) = default;
};

/// A session in its instance. Transaction ownership: the outermost begin ties the session to its thread,
/// unless a session context is set; then whoever holds the context may go on (jetsetsessioncontext-function).
struct Session {
  bool live = false;
  bool internal = false;            ///< given to a status callback by the engine; no user session, outside the limit
  std::uint8_t depth = 0;           ///< transaction level
  ThreadId owner{};                 ///< of the outermost begin; meaningful while depth > 0
  bool begun_in_context = false;    ///< a context was set at the outermost begin
  std::uint64_t begun_context = 0;  ///< that context
  bool updated = false;             ///< its transaction has changed data, so that there is something to log and to undo
  bool undo_failed = false;         ///< a rollback could not be logged; the engine then begins nothing more
  std::uint8_t inner_levels = 0;    ///< transactions that calls under way have begun for themselves
  std::uint8_t calls_inside = 0;    ///< that are under way with it, on whatever thread
  bool has_context = false;
  ThreadId context_thread{};
  bool has_commit_default = false;  ///< JET_sesparamCommitDefault was set; until then the instance's counts
  std::uint64_t context = 0;
  InstanceId instance{};
  std::uint32_t next_free = 0;       ///< link of the free list while not live
  std::uint32_t ties = 0;            ///< how much else in the world names it: opens, and databases that it attached
  std::uint32_t commit_default = 0;  ///< JET_sesparamCommitDefault

  friend bool operator==(const Session&, const Session&) = default;
};

/// A database that an instance has attached.
struct Database {
  bool attached = false;          ///< false: a free position
  bool read_only = false;         ///< JET_bitDbReadOnly at the attach
  bool is_exclusive = false;      ///< JET_bitDbExclusive at an open; until its session has closed it
  bool attacher_is_live = false;  ///< the session that attached it has not ended
  SessionId attacher{};
  SessionId exclusive_to{};
  InstanceId instance{};
  std::uint32_t opens = 0;  ///< live opens
  std::string path;         ///< by folder_key

  friend bool operator==(const Database&, const Database&) = default;
};

/// One open of a database by a session, ended by one close.
struct Open {
  bool live = false;
  SessionId session{};
  std::uint32_t database = 0;   ///< position in World::databases
  std::uint32_t next_free = 0;  ///< link of the free list while not live

  friend bool operator==(const Open&, const Open&) = default;
};

/// What can happen to a file without any call.
enum class FileEvent : std::uint8_t {
  none,
  foreign,    ///< something else was written in its place
  damaged,    ///< some of its bytes were changed
  read_only,  ///< nobody may write to it any more
  writable,   ///< those who could may write to it again
  held,       ///< another process has it open and locked
  released,   ///< no other process has it open any more
};

/// A file in the subject's folder: a database, unless something else is said of it.
struct DatabaseFile {
  std::string path;        ///< by folder_key
  bool certain = true;     ///< false: a call that failed may have made it, or left half of it
  bool foreign = false;    ///< what is in it was never a database
  bool damaged = false;    ///< some of its bytes were changed
  bool read_only = false;  ///< nobody may write to it
  bool held = false;       ///< another process has it open and locked

  friend bool operator==(const DatabaseFile&, const DatabaseFile&) = default;
};

/// A folder that holds a finished backup.
struct BackupFolder {
  std::string path;             ///< by folder_key
  bool certain = true;          ///< false: a call that failed may have finished it, or left half of it
  std::uint64_t page_size = 0;  ///< JET_paramDatabasePageSize as it was; 0: not known

  friend bool operator==(const BackupFolder&, const BackupFolder&) = default;
};

/// A folder that may hold a checkpoint, and that of the log which it would belong to.
struct CheckpointFolder {
  std::string path;  ///< by folder_key, like the other
  std::string log_folder;

  friend bool operator==(const CheckpointFolder&, const CheckpointFolder&) = default;
};

struct World {
  World() = default;
  /// The world in which a process begins, with the defaults of the parameters that hold there.
  explicit World(const Profile& profile) : globals(Parameters::defaults(profile)) {}

  Mode mode = Mode::undecided;
  std::uint32_t running_instances = 0;  ///< in a phase after JetInit succeeded and before JetTerm ended
  Parameters globals = Parameters::defaults();
  std::vector<Instance> instances;
  std::vector<Session> sessions;
  std::uint32_t first_free_session = 0;  ///< equal to sessions.size() when none is free
  bool lock_kept = false;  ///< a refused call has kept a lock of the process: the next one that takes it never returns
  std::vector<Database> databases;  ///< attached ones and free positions
  std::vector<Open> opens;
  std::uint32_t first_free_open = 0;  ///< equal to opens.size() when none is free
  std::uint32_t open_count = 0;       ///< live opens
  std::vector<DatabaseFile> files;
  std::vector<std::string> directories;  ///< folders known to exist, by folder_key
  std::vector<std::string> log_folders;  ///< folders in which a log may lie, by folder_key
  std::vector<BackupFolder> backups;
  std::vector<CheckpointFolder> checkpoints;

  friend bool operator==(const World&, const World&) = default;
};

/// The object that a handle denotes, or nullptr when it denotes no live one of that kind.
inline const Instance* find_instance(const World& world, Handle handle) {
  if (handle.kind != HandleKind::instance || handle.id >= world.instances.size()) return nullptr;
  const Instance& instance = world.instances[handle.id];
  return instance.phase == Phase::absent ? nullptr : &instance;
}

inline const Session* find_session(const World& world, Handle handle) {
  if (handle.kind != HandleKind::session || handle.id >= world.sessions.size()) return nullptr;
  const Session& session = world.sessions[handle.id];
  return session.live ? &session : nullptr;
}

inline const Open* find_open(const World& world, Handle handle) {
  if (handle.kind != HandleKind::database || handle.id >= world.opens.size()) return nullptr;
  const Open& open = world.opens[handle.id];
  return open.live ? &open : nullptr;
}

/// The instance that an instance argument addresses. In single-instance mode 0 and nil mean the one instance.
const Instance* only_instance(const World&);
inline const Instance* addressed_instance(const World& world, Handle handle) {
  const bool names_none = handle.kind == HandleKind::zero || handle.kind == HandleKind::nil;
  return names_none && world.mode == Mode::single ? only_instance(world) : find_instance(world, handle);
}
/// The same for a call that was not refused for its handle: the engine reads no instance argument in single-instance
/// mode, whatever it is.
inline const Instance* served_instance(const World& world, Handle handle) {
  return world.mode == Mode::single ? only_instance(world) : find_instance(world, handle);
}
InstanceId id_of(const World&, const Instance&);

/// Number of instances in any phase but absent.
std::uint32_t instance_count(const World&);

InstanceId add_instance(World&, std::string_view name, bool has_name);
/// Ends the instance with all its sessions. The last one to go takes the mode back to undecided.
void remove_instance(World&, InstanceId);

inline SessionId add_session(World& world, InstanceId instance, bool internal) {
  const std::uint32_t position = world.first_free_session;
  if (position == world.sessions.size()) {
    world.sessions.emplace_back();
    world.first_free_session = position + 1;
  } else {
    world.first_free_session = world.sessions[position].next_free;
  }
  Session& session = world.sessions[position];
  session = Session{};
  session.live = true;
  session.internal = internal;
  session.instance = instance;
  if (!internal) ++world.instances[static_cast<std::uint32_t>(instance)].session_count;
  return SessionId{position};
}

/// What is left of the world when its process is killed: files.
World without_process(World, const Profile&);

/// Closes what the session has opened, and forgets it as the one that attached databases.
void untie(World&, SessionId);

inline void remove_session(World& world, SessionId id) {
  Session& session = world.sessions[static_cast<std::uint32_t>(id)];
  if (session.ties != 0) [[unlikely]]
    untie(world, id);
  Instance& instance = world.instances[static_cast<std::uint32_t>(session.instance)];
  if (!session.internal) --instance.session_count;
  if (session.depth > 0) --instance.open_transactions;
  session = Session{};
  session.next_free = world.first_free_session;
  world.first_free_session = static_cast<std::uint32_t>(id);
}

/// Whether a call is under way with a session of that instance.
bool is_inside(const World&, InstanceId);
/// The database that an instance has attached, or nullptr.
const Database* find_database(const World&, InstanceId, std::string_view path);
/// The one that any instance has attached, or nullptr. By folder_key as in the worlds.
const Database* find_database(const World&, std::string_view path);
std::uint32_t position_of(const World&, const Database&);

std::uint32_t attach_database(World&, SessionId, std::string_view path, bool read_only);
/// Ends its opens as well.
void detach_database(World&, std::uint32_t position);
OpenId open_database(World&, SessionId, std::uint32_t database);
void close_database(World&, OpenId);
/// How often the session has the database open.
std::uint32_t opens_of(const World&, SessionId, std::uint32_t database);

const DatabaseFile* find_file(const World&, std::string_view path);
/// A call has made the file, for certain or perhaps. What had become of the one before it goes with it.
void note_file(World&, std::string_view path, bool certain);
/// Something has become of the file without any call.
void note_event(World&, std::string_view path, FileEvent);

/// Makes room for so many sessions, so that no later add_session allocates.
void reserve_sessions(World&, std::size_t count);

/// The same world with its positions renumbered: two worlds that differ only in which positions their objects
/// happen to have are equal after it.
World canonical(const World&);

/// By content: equal worlds have equal hashes. The same on every machine.
std::uint64_t hash_of(const World&);

}  // namespace esentcheck::model
