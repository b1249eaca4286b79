// What the tests of the model share: calls written as people say them, and a process that makes them.
#pragma once

#include <gtest/gtest.h>

#include <ostream>
#include <set>
#include <string>
#include <utility>

#include "model/step.hpp"

namespace esentcheck::spec {

inline void PrintTo(Code code, std::ostream* out) {
  std::array<char, 12> buffer{};
  *out << name_of(code, buffer);
}
inline void PrintTo(Function function, std::ostream* out) { *out << row(function).name; }

}  // namespace esentcheck::spec

namespace esentcheck::model::testing {

using spec::Parameter;
using spec::Release;
namespace bit = spec::bit;

using Codes = std::set<Code>;

inline Codes codes(const OutcomeSet& outcomes) {
  Codes result;
  for (const Outcome& outcome : outcomes.all())
    if (outcome.clause->ending == Ending::returns) result.insert(outcome.code);
  return result;
}

inline constexpr Handle zero{HandleKind::zero, 0};
inline constexpr Handle nil{HandleKind::nil, 0};
inline constexpr Handle ended{HandleKind::ended, 0};
inline constexpr Handle garbage{HandleKind::garbage, 0};

// --- Arguments ---

inline Argument number(std::uint64_t value) { return {.kind = ArgumentKind::number, .number = value}; }
inline Argument handle(Handle value) { return {.kind = ArgumentKind::handle, .handle = value}; }
inline Argument out(Handle before = zero) { return {.kind = ArgumentKind::pointer, .handle = before}; }
inline Argument null() { return {.kind = ArgumentKind::null}; }
inline Argument text(std::string_view value) { return {.kind = ArgumentKind::text, .text = value}; }
inline Argument callback(Code returns) {
  return {.kind = ArgumentKind::callback, .number = static_cast<std::uint64_t>(static_cast<std::int32_t>(returns))};
}

template <typename... Arguments>
Call call(Function function, const Arguments&... arguments) {
  return Call{.function = function, .arguments = {arguments...}};
}

// --- Calls ---

inline Call create(std::string_view name) { return call(Function::JetCreateInstance, out(), text(name)); }
inline Call init(Handle instance) { return call(Function::JetInit, out(instance)); }
inline Call term(Handle instance) { return call(Function::JetTerm, handle(instance)); }
inline Call term2(Handle instance, std::uint64_t bits) {
  return call(Function::JetTerm2, handle(instance), number(bits));
}
inline Call begin_session(Handle instance) { return call(Function::JetBeginSession, handle(instance), out()); }
inline Call dup(Handle session) { return call(Function::JetDupSession, handle(session), out()); }
inline Call end(Handle session, std::uint64_t bits = 0) {
  return call(Function::JetEndSession, handle(session), number(bits));
}
inline Call get_version(Handle session) { return call(Function::JetGetVersion, handle(session), out()); }
inline Call begin_transaction(Handle session) { return call(Function::JetBeginTransaction, handle(session)); }
inline Call commit(Handle session, std::uint64_t bits = 0) {
  return call(Function::JetCommitTransaction, handle(session), number(bits));
}
inline Call rollback(Handle session, std::uint64_t bits = 0) {
  return call(Function::JetRollback, handle(session), number(bits));
}
inline Call set_context(Handle session, std::uint64_t context) {
  return call(Function::JetSetSessionContext, handle(session), number(context));
}
inline Call reset_context(Handle session) { return call(Function::JetResetSessionContext, handle(session)); }
inline Call stop_service(Handle instance) { return call(Function::JetStopServiceInstance, handle(instance)); }
inline Call stop_service2(Handle instance, std::uint64_t bits) {
  return call(Function::JetStopServiceInstance2, handle(instance), number(bits));
}
inline Call stop_service() { return call(Function::JetStopService); }
inline Call backup(Handle instance, std::string_view folder, std::uint64_t bits = 0) {
  return call(Function::JetBackupInstance, handle(instance), text(folder), number(bits), null());
}
inline Call restore(Handle instance, std::string_view folder) {
  return call(Function::JetRestoreInstance, handle(instance), text(folder), null(), null());
}
inline Call set_number(Handle instance, Parameter parameter, std::uint64_t value, Handle session = zero) {
  return call(Function::JetSetSystemParameter, out(instance), handle(session),
              number(static_cast<std::uint64_t>(parameter)), number(value));
}
inline Call set_text(Handle instance, Parameter parameter, std::string_view value) {
  return call(Function::JetSetSystemParameter, out(instance), handle(zero),
              number(static_cast<std::uint64_t>(parameter)), number(0), text(value));
}
inline Call get_number(Handle instance, Parameter parameter, Handle session = zero) {
  return call(Function::JetGetSystemParameter, handle(instance), handle(session),
              number(static_cast<std::uint64_t>(parameter)), out(), null());
}

inline Call on(int thread, Call made) {
  made.thread = ThreadId{static_cast<std::uint8_t>(thread)};
  return made;
}
inline Call without_memory(Call made) {
  made.environment.memory_refused = true;
  return made;
}
inline Call with_failing_log(Call made) {
  made.environment.log_fails = true;
  return made;
}

// --- A process ---

inline constexpr Profile documented{Reading::documented};
inline constexpr Profile windows_2000{Reading::documented, Release::windows_2000};
inline constexpr Profile engine{Reading::engine};
inline constexpr Profile engine_fast{Reading::engine_fast};

/// A world, and calls made in it. Each call must be allowed to end as the test says that it does.
struct Process {
  World world;
  Profile profile = documented;

  Codes may(const Call& made) const { return codes(step(world, made, profile)); }
  Codes may(const Call& made, const Profile& read_as) const { return codes(step(world, made, read_as)); }
  Codes may_end(const Call& made) const { return codes(step_end(world, made, profile)); }

  Handle does(const Call& made, Code code = Code::errSuccess) { return take(step(world, made, profile), made, code); }
  Handle ends(const Call& made, Code code = Code::errSuccess) {
    return take(step_end(world, made, profile), made, code);
  }

  /// A created instance with folders of its own.
  Handle created(const std::string& name) {
    const Handle instance = does(create(name));
    does(set_text(instance, Parameter::SystemPath, name + "/"));
    does(set_text(instance, Parameter::LogFilePath, name + "/"));
    does(set_text(instance, Parameter::TempPath, name + "/tmp.edb"));
    return instance;
  }
  Handle running(const std::string& name) {
    const Handle instance = created(name);
    does(init(instance));
    return instance;
  }
  Handle begun(Handle instance) { return does(begin_session(instance)); }

  Instance& operator[](Handle instance) { return world.instances[instance.id]; }

 private:
  Handle take(const OutcomeSet& outcomes, const Call& made, Code code) {
    const Outcome* outcome = outcomes.find(code);
    EXPECT_NE(outcome, nullptr) << spec::row(made.function).name << " may not give " << ::testing::PrintToString(code)
                                << " but " << ::testing::PrintToString(codes(outcomes));
    return outcome == nullptr ? Handle{} : apply(world, made, *outcome).handle;
  }
};

/// One instance that runs and one session in it: where most tests begin.
struct OneSession : Process {
  explicit OneSession(const Profile& read_as = documented) {
    profile = read_as;
    instance = running("a");
    session = begun(instance);
  }
  Handle instance;
  Handle session;
};

}  // namespace esentcheck::model::testing
