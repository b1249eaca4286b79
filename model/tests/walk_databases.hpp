// What a walk may do with databases, backups, session parameters and questions to the engine, and what may happen in its
// world without any call.
#pragma once

#include <array>
#include <cstdint>

#include "model/tests/support.hpp"

namespace esentcheck::model::testing {

/// The small decisions that one choice stands for (splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t below(std::uint64_t count) { return next() % count; }
  bool one_in(std::uint64_t count) { return below(count) == 0; }
  template <typename T, std::size_t size>
  const T& of(const std::array<T, size>& values) {
    return values[below(size)];
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t state_;
};

namespace walks {

inline Argument memory(std::uint64_t value) { return {.kind = ArgumentKind::pointer, .number = value}; }
inline Argument out_or_null(Dice& dice) { return dice.one_in(10) ? null() : out(); }
inline Argument callback_or_null(Dice& dice) { return dice.one_in(3) ? callback(Code::errOutOfBuffers) : null(); }

inline std::string_view draw_file(Dice& dice) {
  // Two files meet most of the calls; the others fill an instance up.
  if (dice.one_in(2)) return dice.of(std::array<std::string_view, 2>{"x.edb", "y.edb"});
  return dice.of(std::array<std::string_view, 8>{"1", "2", "3", "4", "5", "6", "7", "a/x.edb"});
}

inline Argument draw_path(Dice& dice) {
  if (!dice.one_in(8)) return text(draw_file(dice));
  return dice.of(std::array{null(), text(""), text("a"), text("nowhere/z.edb")});
}

/// A database that is attached, mostly.
inline Argument draw_attached(const World& world, Dice& dice) {
  for (int attempt = 0; attempt < 4; ++attempt)
    if (const std::string_view file = draw_file(dice); find_database(world, file) != nullptr) return text(file);
  return draw_path(dice);
}

inline std::uint64_t draw_bits(Dice& dice) {
  return dice.one_in(2) ? 0
                        : dice.of(std::array<std::uint64_t, 9>{bit::DbReadOnly, bit::DbExclusive, bit::DbRecoveryOff,
                                                               bit::DbDeleteCorruptIndexes, 0x11, 0x40,
                                                               bit::DbOverwriteExisting, 0x401, 0x10000});
}

inline Handle draw_open(const World& world, Dice& dice) {
  if (world.opens.empty() || dice.one_in(6)) return dice.of(std::array{zero, nil, ended, garbage});
  return handle_of(OpenId{static_cast<std::uint32_t>(dice.below(world.opens.size()))});
}

/// Of the session that has it open, mostly.
inline Argument draw_own_open(const World& world, Handle& session, Dice& dice) {
  Argument id = handle(draw_open(world, dice));
  if (const Open* open = find_open(world, id.handle); open != nullptr && !dice.one_in(4))
    session = handle_of(open->session);
  if (id.handle.kind == HandleKind::garbage) id.number = dice.one_in(2) ? 3 : 0x12345;
  return id;
}

inline Call draw_info(const World& world, Handle session, Dice& dice) {
  const Argument id = draw_own_open(world, session, dice);
  const std::uint64_t size = dice.of(std::array<std::uint64_t, 4>{0, 3, 4, 260});
  const std::uint64_t level = dice.one_in(10) ? 0x2000 : dice.below(20);
  return call(Function::JetGetDatabaseInfo, handle(session), id, out_or_null(dice), number(size), number(level));
}

/// A session outside transactions, mostly: inside, none may attach or detach.
inline Handle outside_transactions(const World& world, Handle session, Dice& dice) {
  if (dice.one_in(4)) return session;
  for (std::uint32_t i = 0; i < world.sessions.size(); ++i)
    if (world.sessions[i].live && world.sessions[i].depth == 0) return handle_of(SessionId{i});
  return session;
}

inline Call draw_database_call(const World& world, Handle session, Dice& dice) {
  session = outside_transactions(world, session, dice);
  const Argument path = draw_path(dice);
  const std::uint64_t bits = draw_bits(dice);
  switch (dice.below(16)) {
    case 0:
    case 1: return call(Function::JetCreateDatabase, handle(session), path, null(), out_or_null(dice), number(bits));
    case 2:
    case 3:
      return call(Function::JetCreateDatabase2, handle(session), path, number(dice.one_in(8) ? 0x7fffffff : 256),
                  out_or_null(dice), number(bits));
    case 4:
    case 5: return call(Function::JetAttachDatabase, handle(session), path, number(bits));
    case 6:
    case 7: return call(Function::JetAttachDatabase2, handle(session), path, number(0), number(bits));
    case 8: return call(Function::JetDetachDatabase, handle(session), path);
    case 9: return call(Function::JetDetachDatabase2, handle(session), path, number(dice.below(5)));
    case 10:
    case 11:
      return call(Function::JetOpenDatabase, handle(session), draw_attached(world, dice), null(), out_or_null(dice),
                  number(dice.one_in(4) ? bit::DbExclusive : bits));
    case 12: {
      const Argument id = draw_own_open(world, session, dice);
      return call(Function::JetCloseDatabase, handle(session), id, number(dice.one_in(4) ? 1 : 0));
    }
    default: return draw_info(world, session, dice);
  }
}

/// Session parameters, JetIdle, and the later forms of begin and commit.
inline Call draw_session_extra(Handle session, Dice& dice) {
  const std::uint64_t id = dice.of(std::array<std::uint64_t, 6>{
      spec::level::sesparamCommitDefault, spec::level::sesparamCommitDefault, spec::level::sesparamCommitGenericContext,
      spec::level::sesparamTransactionLevel, 4150, 7});
  const std::uint64_t size = dice.of(std::array<std::uint64_t, 5>{0, 2, 4, 8, 30001});
  switch (dice.below(8)) {
    case 0:
    case 1:
      return call(Function::JetSetSessionParameter, handle(session), number(id),
                  dice.one_in(5) ? null() : memory(dice.of(std::array<std::uint64_t, 3>{0, 1, 0x400})), number(size));
    case 2:
      return call(Function::JetGetSessionParameter, handle(session), number(id), dice.one_in(3) ? null() : out(),
                  number(size), dice.one_in(3) ? null() : out());
    case 3: return call(Function::JetIdle, handle(session), number(dice.one_in(4) ? 0x10 : dice.below(9)));
    case 4:
    case 5: return call(Function::JetBeginTransaction3, handle(session), number(7), number(dice.below(3)));
    default:
      return call(Function::JetCommitTransaction2, handle(session), number(dice.one_in(2) ? 0 : dice.below(0x41)),
                  number(dice.one_in(2) ? 0 : 100), null());
  }
}

inline Argument draw_folder(Dice& dice) {
  static const std::string too_long(300, 'n');
  return dice.of(std::array{null(), text("saved"), text("saved"), text("a"), text("b"), text("nowhere"), text("older"),
                            text(too_long)});
}

inline Call draw_error_info(Dice& dice) {
  const std::uint64_t error =
      dice.of(std::array<std::uint64_t, 4>{0, static_cast<std::uint32_t>(Code::errOutOfSessions), 99999, 1});
  return call(Function::JetGetErrorInfoW, dice.one_in(6) ? null() : memory(error), out_or_null(dice),
              number(dice.one_in(4) ? 100 : 152), number(dice.one_in(6) ? 2 : 1), number(dice.one_in(6) ? 1 : 0));
}

/// Without an instance to name.
inline Call draw_restore(Dice& dice) {
  if (dice.one_in(2)) return call(Function::JetRestore, draw_folder(dice), callback_or_null(dice));
  return call(Function::JetRestore2, draw_folder(dice), draw_folder(dice), callback_or_null(dice));
}

/// Backups and restores, with or without an instance, and questions to the engine.
inline Call draw_instance_extra(Handle instance, Dice& dice) {
  switch (dice.below(12)) {
    case 0:
    case 1:
      return call(Function::JetBackup, draw_folder(dice), number(dice.one_in(2) ? 0 : dice.below(33)),
                  callback_or_null(dice));
    case 2:
    case 3: return draw_restore(dice);
    case 4:
    case 5:
      return call(Function::JetBackupInstance, handle(instance), draw_folder(dice),
                  number(dice.one_in(2) ? 0 : dice.below(33)), callback_or_null(dice));
    case 6:
      return call(Function::JetRestoreInstance, handle(instance), draw_folder(dice), draw_folder(dice),
                  callback_or_null(dice));
    case 7: return call(Function::JetStopBackup);
    case 8: return call(Function::JetStopBackupInstance, handle(instance));
    case 9: return call(Function::JetGetInstanceInfo, out_or_null(dice), out_or_null(dice));
    case 10:
      return call(Function::JetGetInstanceMiscInfo, handle(instance), out_or_null(dice),
                  number(dice.one_in(3) ? 8 : 28), number(dice.of(std::array<std::uint64_t, 4>{0, 0, 1, 99})));
    default: return dice.one_in(4) ? call(Function::JetFreeBuffer, out()) : draw_error_info(dice);
  }
}

/// Files change, transactions change data, calls enter and leave sessions.
inline void happen(World& world, Dice& dice) {
  if (world.sessions.empty() || dice.one_in(2)) {
    const std::string_view path = dice.one_in(8) ? "b/edb.log" : draw_file(dice);
    note_event(world, path, static_cast<FileEvent>(dice.below(7)));
    return;
  }
  Session& session = world.sessions[dice.below(world.sessions.size())];
  if (!session.live) return;
  if (session.depth > 0) session.updated = true;
  session.calls_inside = dice.one_in(3) ? 1 : 0;
}

}  // namespace walks

}  // namespace esentcheck::model::testing
