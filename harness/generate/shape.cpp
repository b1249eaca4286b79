#include "harness/generate/shape.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "harness/random.hpp"

namespace esentcheck::generate {
namespace {

constexpr std::array<std::string_view, action_count> names{"begin session",
                                                           "dup session",
                                                           "end session",
                                                           "begin transaction",
                                                           "commit",
                                                           "rollback",
                                                           "set context",
                                                           "reset context",
                                                           "get version",
                                                           "get parameter",
                                                           "set parameter",
                                                           "create instance",
                                                           "init",
                                                           "term",
                                                           "stop service",
                                                           "enable multi-instance",
                                                           "backup",
                                                           "create database",
                                                           "attach database",
                                                           "detach database",
                                                           "open database",
                                                           "close database",
                                                           "get database info",
                                                           "session parameter",
                                                           "idle",
                                                           "ask",
                                                           "stop backup",
                                                           "restore"};

// How often each action is taken where nothing else is said, in the order of Action.
constexpr std::array<std::uint8_t, action_count> usual{40, 60, 60, 14, 9, 5, 4, 3, 2, 3, 3, 2, 2, 2,
                                                       1,  1,  1,  3,  3, 3, 5, 4, 2, 2, 1, 2, 1, 1};

/// Leaving actions out (swarm testing) reaches states that a mixture of everything never does; the actions that make
/// and end sessions stay, so that the limit is met in most runs.
rc::Gen<std::array<std::uint8_t, action_count>> weights() {
  return rc::gen::map(rc::gen::container<std::vector<bool>>(action_count, rc::gen::element(true, true, false)),
                      [](const std::vector<bool>& kept) {
                        std::array<std::uint8_t, action_count> result = usual;
                        for (std::size_t i = 3; i < action_count; ++i)
                          if (!kept[i]) result[i] = 0;
                        return result;
                      });
}

rc::Gen<std::optional<std::uint16_t>> limits() {
  return rc::gen::weightedOneOf<std::optional<std::uint16_t>>(
      {{3, rc::gen::just(std::optional<std::uint16_t>())},
       {5, rc::gen::map(rc::gen::inRange<std::uint16_t>(0, 6),
                        [](std::uint16_t n) { return std::optional<std::uint16_t>(n); })},
       {2, rc::gen::map(rc::gen::inRange<std::uint16_t>(6, 40),
                        [](std::uint16_t n) { return std::optional<std::uint16_t>(n); })}});
}

rc::Gen<Shape> any_shape(bool memory_faults, bool threads, bool file_faults) {
  return rc::gen::build<Shape>(
      rc::gen::set(&Shape::seed, rc::gen::arbitrary<std::uint64_t>()),
      rc::gen::set(&Shape::calls, rc::gen::inRange<std::uint16_t>(60, 600)),
      rc::gen::set(&Shape::threads,
                   threads ? rc::gen::element<std::uint8_t>(1, 1, 1, 2, 3) : rc::gen::just<std::uint8_t>(1)),
      rc::gen::set(&Shape::instances, rc::gen::element<std::uint8_t>(1, 1, 1, 2, 3)),
      rc::gen::set(&Shape::single_instance, rc::gen::element(false, false, false, true)),
      rc::gen::set(&Shape::limit, limits()), rc::gen::set(&Shape::logging, rc::gen::element(false, false, false, true)),
      rc::gen::set(&Shape::bad_arguments, rc::gen::element<std::uint16_t>(0, 50, 100, 300)),
      rc::gen::set(&Shape::memory_faults,
                   memory_faults ? rc::gen::element<std::uint16_t>(0, 0, 20, 100) : rc::gen::just<std::uint16_t>(0)),
      rc::gen::set(&Shape::file_faults,
                   file_faults ? rc::gen::element<std::uint16_t>(0, 0, 0, 10) : rc::gen::just<std::uint16_t>(0)),
      rc::gen::set(&Shape::weights, weights()));
}

/// Few sessions are soon begun: then most of the calls can be about something else.
constexpr std::uint16_t small_limit = 6;

void leave_sessions_alone(Shape& shape) {
  for (const Action action : {Action::begin_session, Action::dup_session, Action::end_session})
    shape.weights[static_cast<std::size_t>(action)] /= 4;
}

}  // namespace

std::string_view name_of(Action action) { return names[static_cast<std::size_t>(action)]; }

std::optional<Action> action_of(spec::Function function) {
  using enum spec::Function;
  switch (function) {
    case JetBeginSession: return Action::begin_session;
    case JetDupSession: return Action::dup_session;
    case JetEndSession: return Action::end_session;
    case JetBeginTransaction:
    case JetBeginTransaction2:
    case JetBeginTransaction3: return Action::begin_transaction;
    case JetCommitTransaction:
    case JetCommitTransaction2: return Action::commit;
    case JetRollback: return Action::rollback;
    case JetSetSessionContext: return Action::set_context;
    case JetResetSessionContext: return Action::reset_context;
    case JetGetVersion: return Action::get_version;
    case JetGetSystemParameter: return Action::get_parameter;
    case JetSetSystemParameter: return Action::set_parameter;
    case JetCreateInstance:
    case JetCreateInstance2: return Action::create_instance;
    case JetInit:
    case JetInit2:
    case JetInit3: return Action::init;
    case JetTerm:
    case JetTerm2: return Action::term;
    case JetStopService:
    case JetStopServiceInstance:
    case JetStopServiceInstance2: return Action::stop_service;
    case JetEnableMultiInstance: return Action::enable_multi_instance;
    case JetBackup:
    case JetBackupInstance: return Action::backup;
    case JetStopBackup:
    case JetStopBackupInstance: return Action::stop_backup;
    case JetRestore:
    case JetRestore2:
    case JetRestoreInstance: return Action::restore;
    case JetCreateDatabase:
    case JetCreateDatabase2: return Action::create_database;
    case JetAttachDatabase:
    case JetAttachDatabase2: return Action::attach_database;
    case JetDetachDatabase:
    case JetDetachDatabase2: return Action::detach_database;
    case JetOpenDatabase: return Action::open_database;
    case JetCloseDatabase: return Action::close_database;
    case JetGetDatabaseInfo: return Action::get_database_info;
    case JetSetSessionParameter:
    case JetGetSessionParameter: return Action::session_parameter;
    case JetIdle: return Action::idle;
    case JetGetInstanceInfo:
    case JetGetInstanceMiscInfo:
    case JetGetErrorInfoW:
    case JetFreeBuffer: return Action::ask;
    default: return std::nullopt;
  }
}

std::vector<Shape> shapes(std::uint64_t seed, std::size_t count, bool memory_faults, bool threads, bool file_faults) {
  const rc::Gen<Shape> generator = any_shape(memory_faults, threads, file_faults);
  rc::Random random(seed_for(seed, "shapes"));
  std::vector<Shape> result;
  for (std::size_t i = 0; i < count; ++i) {
    rc::Random own = random.split();
    Shape& shape = result.emplace_back(generator(own, static_cast<int>(std::min<std::size_t>(i, 100))).value());
    if (shape.single_instance) shape.instances = 1;
    if (shape.limit && *shape.limit < small_limit) leave_sessions_alone(shape);
  }
  return result;
}

Shape toy(std::uint64_t seed) {
  Shape shape{.seed = seed};
  for (const Action action : {Action::begin_session, Action::dup_session, Action::end_session})
    shape.weights[static_cast<std::size_t>(action)] = 50;
  return shape;
}

}  // namespace esentcheck::generate
