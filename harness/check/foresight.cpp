#include "harness/check/foresight.hpp"

#include "harness/check/outputs.hpp"
#include "harness/check/resolve.hpp"
#include "harness/check/words.hpp"

namespace esentcheck::check {

using model::Handle;
using model::HandleKind;
using model::OutcomeSet;
using plan::Symbol;
using plan::SymbolKind;

Foresight::Foresight(const plan::Plan& plan, const model::Profile& profile, Habits& habits)
    : plan_(plan),
      profile_(profile),
      world_(profile),
      variables_(plan.variables.size()),
      values_(plan.variables.size()),
      calls_(spec::function_count),
      habits_(habits),
      held_(plan.variables.size()) {
  for (const std::string& folder : plan.directories) world_.directories.push_back(model::folder_key(folder));
}

void Foresight::advance(const plan::Step& step, Expected& expected) {
  const Signature& signature = signature_of(step.function);
  model::Call& call = calls_[static_cast<std::size_t>(step.function)];
  resolve(call, signature, plan_, step, *this, settings_);
  call.environment = environment_of(armed(step.fault));
  const model::OutcomeSet allowed = model::step(world_, call, profile_);

  // Member by member: put together elsewhere and copied in larger pieces, they would have to be waited for.
  expected.function = step.function;
  expected.gives_handle = expected.gives_number = expected.gives_value = false;
  expected.variable = 0;
  expected.habit = {};
  expected.number = 0;
  const model::Outcome& outcome = choose(step, allowed, expected);
  expected.code = static_cast<std::int32_t>(outcome.code);
  expected.clause = outcome.clause;
  if (outcome.clause->effect == nullptr) return;

  model::Produced& produced = produced_;
  produced.handle = {};
  produced.has_number = produced.has_value = produced.has_text = false;
  const std::uint32_t opens = world_.open_count;
  outcome.clause->effect(world_, call, produced);
  if (world_.open_count < opens) end_what_is_gone();
  // A text is for the referee to compare: asked for a number that is not there, confirm() sends for it.
  expected.gives_value = (produced.has_value && reads_value(step, produced)) || produced.has_text;
  expected.value = produced.value;
  const Handle given{produced.handle.kind, produced.handle.id};
  if (given.kind != HandleKind::session) note_ends(step);
  const int position = signature.output;
  if (position < 0) return;
  const Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
  if (symbol.kind != SymbolKind::address) return;
  expected.gives_number = produced.has_number;
  expected.number = produced.number;
  if (given.kind == HandleKind::zero) return;
  expected.variable = static_cast<plan::Variable>(symbol.number);
  Variable& variable = variables_[expected.variable];
  if (variable.handle == given) return;
  variable = {given, given.kind};
  expected.gives_handle = true;
}

bool Foresight::gives_database(model::Function function) {
  const Signature& signature = signature_of(function);
  return signature.output >= 0 &&
         signature.types[static_cast<std::size_t>(signature.output)] == spec::ArgumentType::database_out;
}

/// A number, a refused database id, or a surprise.
bool Foresight::confirm_otherwise(const Expected& expected, const subject::Observation& seen) {
  if (seen.end != subject::End::returned) return false;
  if (seen.code != expected.code) {
    habits_.learn(expected.habit, seen.code);
    return false;
  }
  if (expected.gives_number) return seen.out == expected.number;
  return !expected.gives_handle && seen.out == nil_database && gives_database(expected.function);
}

bool Foresight::is_live(Handle handle) const {
  return model::find_session(world_, handle) != nullptr || model::find_instance(world_, handle) != nullptr ||
         model::find_open(world_, handle) != nullptr;
}

/// A call may have ended the session that it names; one that names none, an instance with all its sessions.
void Foresight::note_ends(const plan::Step& step) {
  const Symbol& first = step.arguments[0];
  if (shared_ || signature_of(step.function).roles[0].handle != HandleKind::session ||
      first.kind != SymbolKind::value) {
    end_what_is_gone();
    return;
  }
  Variable& variable = variables_[first.number];
  if (!is_live(variable.handle)) variable.handle = {HandleKind::ended, 0};
}

void Foresight::end_what_is_gone() {
  for (Variable& variable : variables_)
    if (variable.kind != HandleKind::zero && !is_live(variable.handle)) variable.handle = {HandleKind::ended, 0};
}

const model::Outcome& Foresight::choose(const plan::Step& step, const OutcomeSet& allowed, Expected& expected) const {
  expected.habit = {};
  if (allowed.size() == 1) [[likely]]
    return allowed.front();
  expected.habit = Habits::place_of(step, allowed);
  return habits_.guess(expected.habit, step, allowed);
}

void Foresight::resume_from(const Referee& referee) {
  world_ = referee.world();
  shared_ = false;
  std::vector<bool> named(world_.sessions.size());
  const auto count = static_cast<plan::Variable>(variables_.size());
  for (plan::Variable v = 0; v < count; ++v) {
    values_[v] = referee.value_of(v);
    held_.hold(v, values_[v]);
    const Handle session = referee.session_in(v);
    const Handle database = referee.database_in(v, {});
    const Handle instance = referee.instance_in(v);
    const auto is_object = [](Handle handle, HandleKind kind) {
      return handle.kind == kind || handle.kind == HandleKind::ended;
    };
    if (session.kind == HandleKind::session) {
      shared_ |= named[session.id];
      named[session.id] = true;
    }
    // A word may be that of an ended session and of a live instance.
    if (is_object(session, HandleKind::session) && instance.kind != HandleKind::instance)
      variables_[v] = {session, HandleKind::session};
    else if (is_object(instance, HandleKind::instance))
      variables_[v] = {instance, HandleKind::instance};
    else if (is_object(database, HandleKind::database))
      variables_[v] = {database, HandleKind::database};
    else
      variables_[v] = {};
  }
}

}  // namespace esentcheck::check
