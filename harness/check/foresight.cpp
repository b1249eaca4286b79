#include "harness/check/foresight.hpp"

#include "harness/check/resolve.hpp"
#include "harness/check/words.hpp"

namespace esentcheck::check {

using model::Handle;
using model::HandleKind;
using model::OutcomeSet;
using plan::Symbol;
using plan::SymbolKind;
using subject::Observation;

namespace {

constexpr std::size_t most_clauses = 64;
constexpr std::int32_t no_habit = 1;  // No function returns it: the smallest warning is 1007.

}  // namespace

Foresight::Foresight(const plan::Plan& plan, const model::Profile& profile)
    : plan_(plan), profile_(profile), variables_(plan.variables.size()),
      habits_(spec::function_count * most_clauses * 2 + 2, no_habit) {
  for (const std::string& folder : plan.directories) world_.directories.push_back(model::folder_key(folder));
}

Foresight::Expected Foresight::advance(const plan::Step& step) {
  model::Call call;
  resolve(call, plan_, step, *this, settings_);
  const std::uint8_t faults = armed(step.faults);
  call.environment.memory_refused = (faults & 1) != 0;
  call.environment.log_fails = (faults & 6) != 0;
  const model::OutcomeSet allowed = model::step(world_, call, profile_);
  Expected expected{.function = step.function};
  const model::Outcome& outcome = choose(step, allowed, expected);
  expected.code = static_cast<std::int32_t>(outcome.code);
  expected.clause = outcome.clause;
  const model::Produced produced = model::apply(world_, call, outcome);
  const int position = signature_of(step.function).output;
  if (position < 0) return expected;
  const Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
  if (symbol.kind != SymbolKind::address) return expected;
  expected.gives_number = produced.has_number;
  expected.number = produced.number;
  if (produced.handle.kind == HandleKind::zero) return expected;
  const bool known = produced.handle.kind == HandleKind::instance &&
                     instance(static_cast<plan::Variable>(symbol.number)) == produced.handle;
  expected.gives_handle = !known;
  if (!known) remember(symbol, produced.handle);
  return expected;
}

const model::Outcome& Foresight::choose(const plan::Step& step, const OutcomeSet& allowed, Expected& expected) const {
  if (allowed.size() == 1) return allowed.front();
  const std::span<const model::Clause> clauses = model::clauses_of(step.function);
  const auto position = static_cast<std::size_t>(allowed.front().clause - clauses.data());
  expected.habit = static_cast<std::uint16_t>((static_cast<std::size_t>(step.function) * most_clauses + position) * 2 +
                                              (step.faults.any() ? 2 : 1));
  if (const model::Outcome* usual = allowed.find(static_cast<model::Code>(habits_[expected.habit]))) return *usual;
  // Nothing learned yet: most subjects do the call; one with a failure planted in it mostly fails.
  const model::Outcome* success = step.faults.any() ? nullptr : allowed.find(model::Code::errSuccess);
  return success != nullptr ? *success : allowed.front();
}

void Foresight::remember(const Symbol& symbol, Handle handle) {
  std::vector<std::uint32_t>& serials = handle.kind == HandleKind::session ? session_serials_ : instance_serials_;
  if (handle.id >= serials.size()) serials.resize(handle.id + 1);
  serials[handle.id] = ++last_serial_;
  variables_[symbol.number] = {handle.kind, handle.id, last_serial_, 0};
}

bool Foresight::confirm(const Expected& expected, const Observation& seen) {
  if (seen.end != subject::End::returned) return false;
  if (seen.code != expected.code) {
    if (expected.habit != 0) habits_[expected.habit] = seen.code;
    return false;
  }
  if (expected.gives_handle) {
    if (!seen.out_written || seen.out == 0 || seen.out == ~std::uint64_t{0} || seen_.find(seen.out) != nullptr)
      return false;
    seen_.bind(seen.out, 0);
    return true;
  }
  if (expected.gives_number) return seen.out == expected.number;
  // Something was written that nobody foresaw: nil or 0 where a call was refused is right, the rest is looked at.
  return !seen.out_written || seen.out == 0 || seen.out == ~std::uint64_t{0};
}

void Foresight::resume_from(const Referee& referee) {
  world_ = referee.world();
  session_serials_.resize(world_.sessions.size());
  instance_serials_.resize(world_.instances.size());
  for (plan::Variable v = 0; v < variables_.size(); ++v) {
    const std::uint64_t value = referee.value_of(v);
    const Handle session = referee.session_in(v);
    const Handle instance = referee.instance_in(v);
    variables_[v] = {.value = value};
    if (value != 0 && value != ~std::uint64_t{0}) seen_.bind(value, 0);
    if (session.kind == HandleKind::session) remember({SymbolKind::address, 0, v}, session);
    else if (instance.kind == HandleKind::instance) remember({SymbolKind::address, 0, v}, instance);
    else if (session.kind == HandleKind::ended) variables_[v] = {HandleKind::session, 0, ++last_serial_, value};
    else if (instance.kind == HandleKind::ended) variables_[v] = {HandleKind::instance, 0, ++last_serial_, value};
  }
}

}  // namespace esentcheck::check
