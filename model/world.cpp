#include "model/world.hpp"

#include <algorithm>

namespace esentcheck::model {
namespace {

Instance& at(World& world, InstanceId id) { return world.instances[static_cast<std::uint32_t>(id)]; }

bool running(const Instance& instance) {
  return instance.phase == Phase::running || (instance.phase == Phase::terminating && !instance.never_ran);
}

// FNV-1a over 64-bit words: small, the same everywhere, and good enough to find equal worlds.
class Hash {
 public:
  void add(std::uint64_t word) {
    value_ = (value_ ^ word) * 0x100000001b3;
    value_ ^= value_ >> 29;
  }
  void add(std::string_view text) {
    add(text.size());
    for (const char c : text) add(static_cast<unsigned char>(c));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325;
};

void add_to(Hash& hash, const Parameters& parameters) {
  for (const spec::ParameterRow& row : spec::parameters()) {
    hash.add(parameters.number(row.parameter));
    hash.add(parameters.text(row.parameter));
  }
}

void add_to(Hash& hash, const Instance& instance) {
  for (const std::uint64_t word :
       {std::uint64_t(instance.phase), std::uint64_t(instance.availability), std::uint64_t(instance.service_stopped),
        std::uint64_t(instance.backup_running), std::uint64_t(instance.init_failed),
        std::uint64_t(instance.term_was_refused), std::uint64_t(instance.stopped_all),
        std::uint64_t(instance.log_stopped), std::uint64_t(instance.has_name), std::uint64_t(instance.session_limit),
        std::uint64_t(instance.session_count), std::uint64_t(instance.open_transactions),
        std::uint64_t(instance.database_count), std::uint64_t(instance.backup_stopped),
        std::uint64_t(instance.never_ran)})
    hash.add(word);
  hash.add(instance.name);
  add_to(hash, instance.parameters);
}

void add_to(Hash& hash, const Session& session) {
  for (const std::uint64_t word :
       {std::uint64_t(session.live), std::uint64_t(session.internal), std::uint64_t(session.depth),
        std::uint64_t(session.owner), std::uint64_t(session.begun_in_context), session.begun_context,
        std::uint64_t(session.updated), std::uint64_t(session.undo_failed), std::uint64_t(session.calls_inside),
        std::uint64_t(session.inner_levels), std::uint64_t(session.has_context), std::uint64_t(session.context_thread),
        session.context, std::uint64_t(session.instance), std::uint64_t(session.next_free), std::uint64_t(session.ties),
        std::uint64_t(session.commit_default), std::uint64_t(session.has_commit_default)})
    hash.add(word);
}

void add_to(Hash& hash, const Database& database) {
  for (const std::uint64_t word :
       {std::uint64_t(database.attached), std::uint64_t(database.read_only), std::uint64_t(database.is_exclusive),
        std::uint64_t(database.attacher_is_live), std::uint64_t(database.attacher),
        std::uint64_t(database.exclusive_to), std::uint64_t(database.instance), std::uint64_t(database.opens)})
    hash.add(word);
  hash.add(database.path);
}

void add_to(Hash& hash, const Open& open) {
  for (const std::uint64_t word : {std::uint64_t(open.live), std::uint64_t(open.session), std::uint64_t(open.database),
                                   std::uint64_t(open.next_free)})
    hash.add(word);
}

}  // namespace

const Instance* only_instance(const World& world) {
  const auto only = std::ranges::find_if(world.instances, [](const Instance& i) { return i.phase != Phase::absent; });
  return only == world.instances.end() ? nullptr : &*only;
}

InstanceId id_of(const World& world, const Instance& instance) {
  return static_cast<InstanceId>(&instance - world.instances.data());
}

std::uint32_t instance_count(const World& world) {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(world.instances, [](const Instance& i) { return i.phase != Phase::absent; }));
}

InstanceId add_instance(World& world, std::string_view name, bool has_name) {
  auto free = std::ranges::find(world.instances, Phase::absent, &Instance::phase);
  if (free == world.instances.end()) free = world.instances.emplace(free);
  *free = Instance{};
  free->phase = Phase::created;
  free->name = name;
  free->has_name = has_name;
  free->parameters = world.globals;
  return id_of(world, *free);
}

void remove_instance(World& world, InstanceId id) {
  for (std::uint32_t i = 0; i < world.sessions.size(); ++i)
    if (world.sessions[i].live && world.sessions[i].instance == id) remove_session(world, SessionId{i});
  for (std::uint32_t i = 0; i < world.databases.size(); ++i)
    if (world.databases[i].attached && world.databases[i].instance == id) detach_database(world, i);
  if (running(at(world, id))) --world.running_instances;
  at(world, id) = Instance{};
  if (instance_count(world) == 0) world.mode = Mode::undecided;
}

bool is_inside(const World& world, InstanceId id) {
  return std::ranges::any_of(world.sessions, [id](const Session& session) {
    return session.live && session.instance == id && session.calls_inside > 0;
  });
}

void reserve_sessions(World& world, std::size_t count) { world.sessions.reserve(count); }

std::uint64_t hash_of(const World& world) {
  Hash hash;
  hash.add(std::uint64_t(world.mode));
  hash.add(world.running_instances);
  hash.add(std::uint64_t(world.lock_kept));
  hash.add(world.first_free_session);
  add_to(hash, world.globals);
  for (const Instance& instance : world.instances) add_to(hash, instance);
  for (const Session& session : world.sessions) add_to(hash, session);
  for (const Database& database : world.databases) add_to(hash, database);
  for (const Open& open : world.opens) add_to(hash, open);
  hash.add(world.first_free_open);
  hash.add(world.open_count);
  for (const DatabaseFile& file : world.files) {
    hash.add(file.path);
    hash.add(std::uint64_t{file.certain} | std::uint64_t{file.foreign} << 1 | std::uint64_t{file.damaged} << 2 |
             std::uint64_t{file.read_only} << 3 | std::uint64_t{file.held} << 4);
  }
  for (const std::string& folder : world.directories) hash.add(folder);
  for (const std::string& folder : world.log_folders) hash.add(folder);
  for (const BackupFolder& backup : world.backups) {
    hash.add(backup.path);
    hash.add(backup.page_size << 1 | std::uint64_t{backup.certain});
  }
  for (const CheckpointFolder& checkpoint : world.checkpoints) {
    hash.add(checkpoint.path);
    hash.add(checkpoint.log_folder);
  }
  return hash.value();
}

World without_process(World world, const Profile& profile) {
  World fresh(profile);
  fresh.directories = std::move(world.directories);
  fresh.backups = std::move(world.backups);
  fresh.log_folders = std::move(world.log_folders);
  fresh.files = std::move(world.files);
  fresh.checkpoints = std::move(world.checkpoints);
  return fresh;
}

}  // namespace esentcheck::model
