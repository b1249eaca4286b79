#include "harness/check/referee.hpp"

#include <algorithm>
#include <utility>

#include "harness/check/outputs.hpp"
#include "harness/check/resolve.hpp"
#include "harness/check/words.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

using model::ArgumentKind;
using model::Call;
using model::Handle;
using model::HandleKind;
using model::Outcome;
using model::OutcomeSet;
using model::Produced;
using plan::Symbol;
using plan::SymbolKind;
using reports::FindingKind;
using spec::ArgumentType;
using subject::End;
using subject::Observation;

Judgement deviates(FindingKind kind, const plan::Step& step, const OutcomeSet& allowed, std::int32_t code,
                   std::string detail) {
  return {.deviation = Deviation{kind, step.function, allowed, code, std::move(detail)}, .function = step.function};
}

}  // namespace

namespace {

/// Whether the profile knows that a call may end like that: where it does not come back, it is undefined.
bool may_end_so(const OutcomeSet& allowed, model::Ending ending) {
  return std::ranges::any_of(allowed.all(), [&](const Outcome& outcome) { return outcome.clause->ending == ending; });
}

}  // namespace

int output_position(model::Function function) { return signature_of(function).output; }

Referee::Referee(const plan::Plan& plan, const model::Profile& profile)
    : plan_(plan), profile_(profile), world_(profile), values_(plan.variables.size()), pending_(plan.threads.size()) {
  for (const std::string& folder : plan.directories) world_.directories.push_back(model::folder_key(folder));
}

const plan::Step* Referee::pending_on(plan::Thread thread) const {
  return pending_[thread] ? &pending_[thread]->step : nullptr;
}

void Referee::restart() {
  world_ = model::without_process(std::move(world_), profile_);
  for (std::optional<Pending>& pending : pending_) pending.reset();
}

void Referee::change(const plan::Step& step) {
  model::note_event(world_, model::folder_key(plan_.text_at(step.arguments[0].number)), step.event);
}

// --- From symbols to what they denote ---

Call Referee::resolve(const plan::Step& step, std::uint8_t faults_hit) const {
  struct Variables {
    const Referee& referee;
    Handle handle(plan::Variable v, HandleKind kind, Handle session) const {
      if (kind == HandleKind::database) return referee.database_in(v, session);
      return kind == HandleKind::session ? referee.session_in(v) : referee.instance_in(v);
    }
    std::uint64_t value(plan::Variable v) const { return referee.value_of(v); }
  };
  Call call;
  check::resolve(call, signature_of(step.function), plan_, step, Variables{*this}, settings_);
  if (faults_hit != 0) call.environment = environment_of(faults_hit);
  call.inside_callback = pending_[step.thread].has_value();
  return call;
}

/// What failed in a call by its end was not known when it began.
Call Referee::ending_of(const Pending& pending, std::uint8_t faults_hit) {
  Call call = pending.call;
  if (faults_hit != 0) call.environment = environment_of(faults_hit);
  return call;
}

OutcomeSet Referee::allowed(const plan::Step& step, std::uint8_t faults_hit) const {
  if (step.kind == plan::StepKind::finish && pending_[step.thread]) {
    const Pending& pending = *pending_[step.thread];
    const Call call = ending_of(pending, faults_hit);
    return pending.begun ? model::step_end(world_, call, profile_) : model::step(world_, call, profile_);
  }
  return model::step(world_, resolve(step, faults_hit), profile_);
}

Produced Referee::foresee(const plan::Step& step, const Observation& seen) const {
  const OutcomeSet allowed = this->allowed(step, seen.faults_hit);
  const Outcome* outcome = allowed.find(static_cast<model::Code>(seen.code));
  if (outcome == nullptr) return {};
  model::World copy = world_;
  const bool finishes = step.kind == plan::StepKind::finish && pending_[step.thread];
  return model::apply(copy, finishes ? pending_[step.thread]->call : resolve(step, seen.faults_hit), *outcome);
}

std::uint64_t Referee::fingerprint() const {
  std::uint64_t hash = model::hash_of(world_);
  const auto mix = [&](Handle handle) {
    hash = (hash ^ (static_cast<std::uint64_t>(handle.kind) << 32 | handle.id)) * 0x9e3779b97f4a7c15;
    hash ^= hash >> 29;
  };
  const auto count = static_cast<plan::Variable>(values_.size());
  for (plan::Variable v = 0; v < count; ++v) {
    mix(session_in(v));
    mix(instance_in(v));
    mix(database_in(v, {}));
  }
  return hash;
}

// --- Judging ---

Judgement Referee::judge(const plan::Step& step, const Observation& seen, std::string_view text) {
  switch (seen.end) {
    case End::skipped: return {};
    case End::not_implemented:
      return deviates(FindingKind::not_implemented, step, {}, 0, "the library does not export it");
    case End::crashed: {
      if (may_end_so(allowed(step, seen.faults_hit), model::Ending::crashes))
        return {.function = step.function, .ended = true};
      const std::string how = seen.code >= 0 ? "signal " + std::to_string(seen.code) : "exit";
      return deviates(FindingKind::crash, step, allowed(step, seen.faults_hit), seen.code,
                      "the process ended in the call (" + how + ")");
    }
    case End::hung:
      if (may_end_so(allowed(step, seen.faults_hit), model::Ending::hangs))
        return {.function = step.function, .ended = true};
      return deviates(FindingKind::hang, step, allowed(step, seen.faults_hit), 0, "the call did not return");
    case End::power_cut: return judge_cut(step);
    case End::in_callback:
    case End::blocked: return judge_begin(step, seen);
    case End::returned: break;
  }
  if (step.kind == plan::StepKind::finish) return judge_finish(step, seen, text);
  Call call = resolve(step, seen.faults_hit);
  OutcomeSet allowed = model::step(world_, call, profile_);
  if (allowed.find(static_cast<model::Code>(seen.code)) == nullptr && names_the_untold(step, seen)) [[unlikely]] {
    call = resolve(step, seen.faults_hit);
    allowed = model::step(world_, call, profile_);
  }
  const bool too_early = must_be_on_disk(call, seen);
  Judgement judgement = judge_return(step, call, allowed, seen, text);
  if (too_early && !judgement.deviation) [[unlikely]]
    return deviates(FindingKind::not_durable, step, {}, seen.code,
                    "it says that it is done for good, and nothing of what it wrote was synced");
  if (step.fault.any() && !judgement.deviation) [[unlikely]]
    if (std::optional<std::string> leak = leaks_.watch(step, seen))
      return deviates(FindingKind::leak, step, {}, seen.code, std::move(*leak));
  return judgement;
}

/// An instance whose handle JetInit was not asked for has one all the same, which may be that of an instance that has
/// ended: whether the answer shows so. Then the word denotes it from now on.
bool Referee::names_the_untold(const plan::Step& step, const Observation& seen) {
  if (signature_of(step.function).roles[0].handle != HandleKind::instance ||
      step.arguments[0].kind != SymbolKind::value)
    return false;
  const std::uint64_t word = values_[step.arguments[0].number];
  if (bindings_.instance(world_, word).kind != HandleKind::ended) return false;
  for (std::uint32_t i = 0; i < world_.instances.size(); ++i) {
    const model::InstanceId id{i};
    if (world_.instances[i].phase == model::Phase::absent || bindings_.word_of(id) != 0) continue;
    bindings_.bind(id, word);
    if (allowed(step, seen.faults_hit).find(static_cast<model::Code>(seen.code)) != nullptr) return true;
    bindings_.forget(id);
  }
  return false;
}

/// What cannot succeed while its log fails has to have synced what it wrote.
bool Referee::must_be_on_disk(const Call& call, const Observation& seen) const {
  using namespace subject::faults;
  if ((seen.faults_hit & (written | synced)) != written || seen.code < 0) [[likely]]
    return false;
  Call without_log = call;
  without_log.environment.log_fails = true;
  return model::step(world_, without_log, profile_).find(static_cast<model::Code>(seen.code)) == nullptr;
}

/// Of the call anything may have come about that a failure of its files may leave.
Judgement Referee::judge_cut(const plan::Step& step) {
  Call call = resolve(step, 0);
  call.environment.file_fails = call.environment.names_fail = true;
  const OutcomeSet allowed = model::step(world_, call, profile_);
  for (const model::Code code : {model::Code::errLogWriteFail, model::Code::errDiskIO})
    if (const Outcome* outcome = allowed.find(code)) {
      model::apply(world_, call, *outcome);
      break;
    }
  return {.function = step.function};
}

Referee::Pending Referee::pending_of(const plan::Step& step, const Call& call, bool lasts) {
  Pending pending{.step = step, .call = call};
  if (!lasts) return pending;
  const Produced produced = model::begin(world_, call);
  pending.begun = true;
  // JetInit without an instance makes one; what it is called shows only when the call has returned.
  if (produced.handle.kind == HandleKind::instance) pending.call.arguments[0].handle = produced.handle;
  return pending;
}

void Referee::begin(const plan::Step& step) { pending_[step.thread] = pending_of(step, resolve(step, 0), true); }

Judgement Referee::judge_begin(const plan::Step& step, const Observation& seen) {
  const Call call = resolve(step, seen.faults_hit);
  const OutcomeSet allowed = model::step(world_, call, profile_);
  const bool lasts = model::has_duration(step.function);
  if (lasts && !model::may_begin(step.function, allowed))
    return deviates(FindingKind::stuck_callback, step, allowed, 0, "it went on where it had to refuse");

  Pending pending = pending_of(step, call, lasts);
  if (seen.end == End::in_callback) {
    pending.in_callback = true;
    const std::uint64_t word = seen.callback_session;
    if (step.callback_session != plan::no_variable) values_[step.callback_session] = word;
    const Handle known = bindings_.session(world_, word);
    if (lasts && known.kind != HandleKind::session && known.kind != HandleKind::zero && known.kind != HandleKind::nil) {
      pending.session = model::callback_session(world_, pending.call);
      if (pending.session) bindings_.bind(*pending.session, word);
    }
  }
  pending_[step.thread] = std::move(pending);
  return {};
}

Judgement Referee::judge_finish(const plan::Step& step, const Observation& seen, std::string_view text) {
  if (!pending_[step.thread]) return {};
  const OutcomeSet allowed = this->allowed(step, seen.faults_hit);
  const Pending pending = *std::exchange(pending_[step.thread], std::nullopt);
  Judgement judgement = judge_return(pending.step, ending_of(pending, seen.faults_hit), allowed, seen, text);
  if (pending.session && model::find_session(world_, model::handle_of(*pending.session)) != nullptr)
    model::remove_session(world_, *pending.session);
  return judgement;
}

Judgement Referee::judge_return(const plan::Step& step, const Call& call, const OutcomeSet& allowed,
                                const Observation& seen, std::string_view text) {
  const Outcome* outcome = allowed.find(static_cast<model::Code>(seen.code));
  if (outcome == nullptr) return deviates(FindingKind::wrong_code, step, allowed, seen.code, "no clause allows it");
  const Produced produced = model::apply(world_, call, *outcome);
  if (auto deviation = check_outputs(step, call, *outcome, produced, seen, text))
    return {.deviation = std::move(deviation), .function = step.function};
  return {.clause = outcome->clause, .function = step.function};
}

/// Whether the word is that of another live object. One id may stand for all opens of a database, and different sessions
/// may call different databases by the same one.
bool Referee::is_taken(std::uint64_t word, Handle handle) const {
  if (handle.kind != HandleKind::database) {
    const Handle known =
        handle.kind == HandleKind::session ? bindings_.session(world_, word) : bindings_.instance(world_, word);
    return known.kind == handle.kind && known != handle;
  }
  const model::Open& open = *model::find_open(world_, handle);
  const model::Open* known = model::find_open(world_, bindings_.database(world_, word, model::handle_of(open.session)));
  return known != nullptr && known->session == open.session && known->database != open.database;
}

void Referee::bind(std::uint64_t word, Handle handle) {
  switch (handle.kind) {
    case HandleKind::session: return bindings_.bind(model::SessionId{handle.id}, word);
    case HandleKind::database: return bindings_.bind(model::OpenId{handle.id}, word);
    case HandleKind::instance:
      // JetInit gives the handle that is known already.
      if (bindings_.instance(world_, word) != handle) bindings_.bind(model::InstanceId{handle.id}, word);
      return;
    default: return;
  }
}

void Referee::remember_output(const plan::Step& step, const Observation& seen) {
  const int position = output_position(step.function);
  if (position < 0 || !seen.out_written) return;
  const Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
  if (symbol.kind == SymbolKind::address) values_[symbol.number] = seen.out;
}

std::optional<Deviation> Referee::check_outputs(const plan::Step& step, const Call& call, const Outcome& outcome,
                                                const Produced& produced, const Observation& seen,
                                                std::string_view text) {
  const auto wrong = [&](FindingKind kind, std::string detail) {
    OutcomeSet allowed;
    allowed.add(*outcome.clause, outcome.code);
    return Deviation{kind, step.function, allowed, seen.code, std::move(detail)};
  };
  const int position = output_position(step.function);
  if (produced.has_text && seen.has_text && text != produced.text)
    return wrong(FindingKind::wrong_value, "it gave \"" + std::string(text) + "\" for \"" + produced.text + "\"");
  if (produced.has_value && seen.code >= 0 && reads_value(step, produced) &&
      (!seen.has_number || seen.number != produced.value))
    return wrong(FindingKind::wrong_value,
                 seen.has_number ? "it gave " + std::to_string(seen.number) + " for " + std::to_string(produced.value)
                                 : "it gave nothing for " + std::to_string(produced.value));
  if (position < 0) return std::nullopt;
  const auto index = static_cast<std::size_t>(position);
  if (call.arguments[index].kind != ArgumentKind::pointer) {
    if (produced.handle.kind == HandleKind::instance) bindings_.forget(model::InstanceId{produced.handle.id});
    return std::nullopt;
  }
  const ArgumentType type = signature_of(step.function).types[index];
  const std::uint64_t none = type == ArgumentType::database_out ? nil_database : nil;

  if (produced.handle.kind == HandleKind::zero) {  // Nothing was made.
    const bool nothing_there = !seen.out_written || seen.out == 0 || seen.out == none;
    const bool as_before =
        step.arguments[index].kind == SymbolKind::address && seen.out == values_[step.arguments[index].number];
    if (is_handle(type) && seen.code < 0 && !nothing_there && !as_before)
      return wrong(FindingKind::usable_handle, "the refused call left something that looks like a handle");
    if (produced.has_number && seen.code >= 0 && seen.out != produced.number)
      return wrong(FindingKind::wrong_value,
                   "it gave " + std::to_string(seen.out) + " for " + std::to_string(produced.number));
    remember_output(step, seen);
    return std::nullopt;
  }

  const std::uint64_t word = seen.out_written ? seen.out : values_[step.arguments[index].number];
  if (word == 0 || word == none) return wrong(FindingKind::wrong_value, "it succeeded without giving a handle");
  if (is_taken(word, produced.handle))
    return wrong(FindingKind::duplicate_handle, "the handle that it gave belongs to another live object");
  bind(word, produced.handle);
  remember_output(step, seen);
  return std::nullopt;
}

}  // namespace esentcheck::check
