// A random walk over the model: calls drawn from what the world holds, ended by one of the outcomes that the model
// allows. A walk is a function of its choices, so RapidCheck can shrink it by dropping some.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/tests/walk_databases.hpp"

namespace esentcheck::model::testing {

class Walk {
 public:
  explicit Walk(const Profile& read_as) : profile(read_as) {
    world.directories = {"a", "b", "saved", "older"};
    world.backups = {{.path = "saved"}, {.path = "older", .page_size = 8192}};
  }

  /// A call that has begun and not ended.
  struct Pending {
    Call call;
    std::optional<SessionId> session;
  };

  /// What one choice did: the call, as one step or as an end, and everything that it might have done.
  struct Move {
    std::optional<World> before;  ///< if the walk keeps it
    Call call;
    bool at_end = false;
    OutcomeSet allowed;
    std::optional<Outcome> taken;  ///< none: the call has begun
  };

  World world;
  Profile profile;
  std::vector<Pending> pending;
  bool keeps_before = true;  ///< a world is large: who only looks at outcomes does without the copies

  Move advance(std::uint64_t choice) {
    Dice dice(choice);
    if (dice.one_in(10)) walks::happen(world, dice);
    return !pending.empty() && dice.one_in(6) ? end_one(dice) : make(draw(dice), dice);
  }

  /// Ends what is pending, in the order of its beginning but for terms, which wait for the others.
  void end_pending() {
    Dice dice(0);
    while (!pending.empty()) end_one(dice);
  }

  Call draw(Dice& dice) const {
    Call call = draw_function(dice);
    call.thread = ThreadId{static_cast<std::uint8_t>(dice.below(2))};
    call.environment = draw_environment(dice, 12);
    return call;
  }

 private:
  std::optional<World> seen_before() const { return keeps_before ? std::optional(world) : std::nullopt; }

  static Environment draw_environment(Dice& dice, std::uint64_t seldom) {
    Environment drawn{.memory_refused = dice.one_in(seldom), .file_fails = dice.one_in(seldom)};
    if (!drawn.file_fails) return drawn;
    drawn.log_fails = dice.one_in(2);
    drawn.names_fail = dice.one_in(2);
    drawn.disk_full = dice.one_in(2);
    return drawn;
  }

  static Outcome draw_outcome(const OutcomeSet& allowed, Dice& dice) {
    if (const Outcome* success = allowed.find(Code::errSuccess); success != nullptr && !dice.one_in(3)) return *success;
    return allowed.all()[dice.below(allowed.size())];
  }

  Move make(const Call& call, Dice& dice) {
    Move move{.before = seen_before(), .call = call, .allowed = step(world, call, profile)};
    const bool may_last = has_duration(call.function) && model::may_begin(call.function, move.allowed);
    if (may_last && dice.one_in(2)) {
      Pending begun{.call = call, .session = {}};
      const Produced produced = begin(world, call);
      if (produced.handle.kind == HandleKind::instance) begun.call.arguments[0].handle = produced.handle;
      const bool is_term = call.function == Function::JetTerm || call.function == Function::JetTerm2;
      if (!is_term && dice.one_in(2)) begun.session = callback_session(world, begun.call);
      pending.push_back(begun);
      return move;
    }
    move.taken = draw_outcome(move.allowed, dice);
    apply(world, call, *move.taken);
    return move;
  }

  Move end_one(Dice& dice) {
    std::size_t position = dice.below(pending.size());
    // A term waits until nobody else is inside the instance.
    for (std::size_t i = 0; i < pending.size(); ++i)
      if (pending[i].call.function == Function::JetBackupInstance || pending[i].call.function == Function::JetBackup)
        position = i;
    const Pending ending = pending[position];
    pending.erase(pending.begin() + static_cast<std::ptrdiff_t>(position));
    Move move{.before = seen_before(),
              .call = ending.call,
              .at_end = true,
              .allowed = step_end(world, ending.call, profile),
              .taken = {}};
    move.call.environment = draw_environment(dice, 8);
    move.allowed = step_end(world, move.call, profile);
    move.taken = draw_outcome(move.allowed, dice);
    apply(world, move.call, *move.taken);
    if (ending.session && find_session(world, handle_of(*ending.session)) != nullptr)
      remove_session(world, *ending.session);
    return move;
  }

  Handle draw_instance(Dice& dice) const {
    if (dice.one_in(10)) return dice.of(std::array{zero, nil, ended, garbage});
    if (world.instances.empty()) return zero;
    return handle_of(InstanceId{static_cast<std::uint32_t>(dice.below(world.instances.size()))});
  }
  Handle draw_session(Dice& dice) const {
    if (world.sessions.empty() || dice.one_in(15)) return dice.of(std::array{zero, nil, ended, garbage});
    // What an ended session has left behind may still speak of its instance's state.
    if (dice.one_in(8) && std::ranges::any_of(world.instances, [](const Instance& instance) {
          return instance.availability != Availability::available;
        }))
      return ended;
    if (dice.one_in(3))
      for (std::uint32_t i = 0; i < world.sessions.size(); ++i)
        if (const Session& session = world.sessions[i];
            session.live && world.instances[static_cast<std::uint32_t>(session.instance)].phase == Phase::terminating)
          return handle_of(SessionId{i});
    // Few sessions get most of the calls, so that some grow deep.
    const std::size_t among = dice.one_in(2) ? 1 : world.sessions.size();
    return handle_of(SessionId{static_cast<std::uint32_t>(dice.below(among))});
  }

  Call draw_parameter(Dice& dice) const {
    struct Setting {
      Parameter parameter;
      std::uint64_t number;
      std::string_view text = {};
    };
    const Setting setting = dice.of(std::array<Setting, 23>{{
        {Parameter::MaxSessions, 1},
        {Parameter::MaxSessions, 2},
        {Parameter::MaxSessions, 0},
        {Parameter::MaxSessions, 30001},
        {Parameter::MaxInstances, 1},
        {Parameter::MaxInstances, 2},
        {Parameter::CircularLog, 1},
        {Parameter::Recovery, 0, "off"},
        {Parameter::MaxTemporaryTables, 0},
        {Parameter::CreatePathIfNotExist, 1},
        {Parameter::EnableAdvanced, 0},
        {Parameter::EnableAdvanced, 1},
        {Parameter::SystemPath, 0, "a"},
        {Parameter::SystemPath, 0, "nowhere"},
        {Parameter::LogFilePath, 0, "b"},
        {Parameter::TempPath, 0, "b/tmp.edb"},
        {Parameter::IndexTuplesLengthMin, 1'000'000},
        {Parameter::KeyMost, 1},
        {Parameter::EventSource, 0, "a long name"},
        {Parameter::OneDatabasePerSession, 1},
        {Parameter::CommitDefault, bit::CommitLazyFlush},
        {Parameter{38}, 1},  // of the header only: the level of a transaction
        {Parameter{9999}, 1},
    }});
    const Handle instance = dice.one_in(4) ? zero : draw_instance(dice);
    const Handle session = dice.one_in(3) ? draw_session(dice) : zero;
    const Argument id = number(static_cast<std::uint64_t>(setting.parameter));
    if (dice.one_in(3))
      return call(Function::JetGetSystemParameter, handle(instance), handle(session), id,
                  dice.one_in(4) ? null() : out(), dice.one_in(4) ? null() : out(), number(dice.below(2) * 8));
    return call(Function::JetSetSystemParameter, out(instance), handle(session), id, number(setting.number),
                text(setting.text));
  }

  Call draw_instance_call(Dice& dice) const {
    static constexpr std::array<std::uint64_t, 4> init_bits{bit::RecoveryWithoutUndo, 0, 0, 1};
    static const std::array<ParameterSetting, 7> settings{
        // What instances need to share no path comes first.
        {{.parameter = Parameter::MaxTemporaryTables, .number = 0},
         {.parameter = Parameter::Recovery, .text = "off"},
         {.parameter = Parameter::MaxSessions, .number = 3},
         {.parameter = Parameter::MaxSessions, .number = 30001},
         {.parameter = Parameter::SystemPath, .text = "a"},
         {.parameter = Parameter::IndexTuplesLengthMin, .number = 1'000'000},
         {.parameter = Parameter{9999}}}};
    const Handle instance = draw_instance(dice);
    switch (dice.below(16)) {
      case 0: {
        const std::size_t count = dice.below(settings.size() + 1);
        Call made = call(Function::JetEnableMultiInstance, dice.one_in(4) ? null() : out(), number(count), out());
        made.settings = std::span(settings).first(count);
        return made;
      }
      case 1:
      case 14:
      case 15:
        return call(Function::JetCreateInstance, dice.one_in(9) ? null() : out(), dice.one_in(3) ? null() : text("x"));
      case 2: return call(Function::JetCreateInstance2, dice.one_in(9) ? null() : out(), text("y"), null(), number(0));
      case 3:
      case 4:
      case 5: return call(Function::JetInit, dice.one_in(3) ? null() : out(instance));
      case 6: return call(Function::JetInit2, dice.one_in(3) ? null() : out(instance), number(dice.of(init_bits)));
      case 7:
        return call(Function::JetInit3, dice.one_in(3) ? null() : out(instance),
                    dice.of(std::array{null(), null(), callback(Code::errOutOfBuffers), walks::memory(1)}),
                    number(dice.of(init_bits)));
      case 8: return dice.one_in(2) ? term(instance) : term2(instance, dice.below(17));
      case 9: return dice.one_in(2) ? stop_service() : stop_service(instance);
      case 10:
        return stop_service2(instance, dice.of(std::array<std::uint64_t, 6>{bit::StopServiceAll, 2, 4, 8, 0x40,
                                                                            bit::StopServiceResume}));
      case 11:
      case 12: {
        Call made = backup(instance, dice.one_in(4) ? "nowhere" : "saved", dice.one_in(2) ? 0 : dice.below(33));
        if (dice.one_in(3)) made.arguments[3] = callback(Code::errOutOfBuffers);
        return made;
      }
      default: {
        Call made = restore(instance, "saved");
        if (dice.one_in(4)) made.arguments[1] = null();
        if (dice.one_in(4)) made.arguments[2] = text("nowhere");
        if (dice.one_in(3)) made.arguments[3] = callback(Code::errOutOfBuffers);
        return made;
      }
    }
  }

  Call draw_session_call(Dice& dice) const {
    const Handle session = draw_session(dice);
    switch (dice.below(22)) {
      case 0:
      case 1:
      case 2: {
        Call made = begin_session(draw_instance(dice));
        if (dice.one_in(12)) made.arguments[1] = null();
        return made;
      }
      case 3:
      case 4: {
        Call made = dup(session);
        if (dice.one_in(12)) made.arguments[1] = null();
        return made;
      }
      case 5: return end(session, dice.below(3));
      case 6:
      case 18: return call(Function::JetGetVersion, handle(session), dice.one_in(6) ? null() : out());
      case 7:
      case 8:
      case 9:
      case 10:
      case 19:
      case 20:
      case 21: return begin_transaction(session);
      case 11: return call(Function::JetBeginTransaction2, handle(session), number(dice.below(3)));
      case 12:
      case 16:
      case 17: return commit(session, dice.one_in(2) ? 0 : dice.below(0x41));
      case 13: return rollback(session, dice.one_in(2) ? 0 : dice.below(4));
      case 14: return set_context(session, dice.below(3));
      default: return reset_context(session);
    }
  }

  Call draw_function(Dice& dice) const {
    if (dice.one_in(10)) return draw_parameter(dice);
    // Another call is under way: one that it must wait for, or that it stops.
    if (!pending.empty() && dice.one_in(12)) return term2(draw_instance(dice), bit::TermStopBackup);
    if (dice.one_in(4)) return walks::draw_database_call(world, draw_session(dice), dice);
    if (dice.one_in(8)) return walks::draw_session_extra(draw_session(dice), dice);
    if (world.mode == Mode::undecided && dice.one_in(10)) return walks::draw_restore(dice);
    if (dice.one_in(12)) return walks::draw_instance_extra(draw_instance(dice), dice);
    return dice.one_in(5) ? draw_instance_call(dice) : draw_session_call(dice);
  }
};

}  // namespace esentcheck::model::testing
