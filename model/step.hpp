// The model: from a world and a call to the outcomes that the specification allows, and from an outcome to
// the next world. Pure functions; any thread may call them. None of them allocates on the session paths.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/clause.hpp"

namespace esentcheck::model {

/// What each function may do, by Function; null for one that is not modelled.
extern const std::array<OutcomeSet (*)(const World&, const Call&, const Profile&), spec::function_count> step_table;

/// Everything the call may do in this world, seen as one step. Never empty.
inline OutcomeSet step(const World& world, const Call& call, const Profile& profile) {
  return step_table[static_cast<std::size_t>(call.function)](world, call, profile);
}

/// Makes `world` the world after that outcome, and tells what the outcome hands out.
Produced apply(World& world, const Call&, const Outcome&);

/// Calls that take time are two events, since others run in between: JetInit, JetTerm, JetRestoreInstance,
/// JetBackupInstance. The others have no duration that anybody could observe.
bool has_duration(Function);

/// Whether a call with these outcomes may go on for a while: it may succeed, or all that it may do is an ending.
bool may_begin(Function, const OutcomeSet&);

/// The world between the begin and the end of a call with a duration that was not refused at once.
/// For a call that addresses no instance the world is unchanged.
Produced begin(World& world, const Call&);

/// Everything the call that began may still do when it ends in this world. Never empty.
OutcomeSet step_end(const World&, const Call&, const Profile&);

/// The session that the engine hands to the status callback of a call that has begun; an internal session.
/// The caller removes it when that call has ended, unless its end did. None where the call serves no instance of this
/// world: the engine restores into one of its own that no other call can reach.
std::optional<SessionId> callback_session(World& world, const Call&);

/// False for a function of the documentation that has no clauses yet. The functions above take modelled ones
/// only.
bool is_modelled(Function);

/// The clauses of a function in the engine's order, and those of its end where it has a duration.
/// Empty for a function that is not modelled.
std::span<const Clause> clauses_of(Function);
std::span<const Clause> end_clauses_of(Function);

/// "JetDupSession/OutOfSessions", with ".name" behind it where a code has several clauses, and with "/end/"
/// in it for a clause of the end of a call with a duration. `clause` is an element of what clauses_of or
/// end_clauses_of returned for that function (two functions may share a list).
std::string id_of(Function, const Clause& clause);

/// The clause with that id, and the function that it belongs to; nothing for any other text.
const Clause* clause_named(std::string_view id);
std::optional<Function> function_of_clause(std::string_view id);

}  // namespace esentcheck::model
