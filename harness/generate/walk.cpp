#include "harness/generate/walk.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

namespace esentcheck::generate {
namespace {

using model::Function;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using plan::Variable;
namespace bit = spec::bit;

bool uses_files(const Shape& shape) {
  const auto first = shape.weights.begin() + static_cast<std::ptrdiff_t>(Action::backup);
  return std::any_of(first, shape.weights.end(), [](std::uint8_t weight) { return weight != 0; });
}

/// Enough to go beyond the limit, few enough that handles of ended sessions are met again.
std::size_t session_variables(const Shape& shape) {
  const std::size_t limit = shape.limit.value_or(16);
  return (limit + 6) * shape.instances;
}

}  // namespace

void Walk::Pool::set_live(Variable variable, bool now_live) {
  std::uint32_t& at = place[variable - origin];
  if ((at < live) == now_live) return;
  const std::size_t border = now_live ? live : live - 1;
  const Variable other = variables[border];
  std::swap(variables[at], variables[border]);
  std::swap(at, place[other - origin]);
  now_live ? ++live : --live;
}

Walk::Pool Walk::make_pool(std::string_view prefix, std::size_t count) {
  Pool pool;
  pool.origin = static_cast<Variable>(plan_.variables.size());
  for (std::size_t i = 0; i < count; ++i) {
    pool.variables.push_back(plan::variable_named(plan_, std::string(prefix) + std::to_string(i + 1)));
    pool.place.push_back(static_cast<std::uint32_t>(i));
  }
  return pool;
}

Walk::Walk(const Shape& shape, plan::Plan& plan) : shape_(shape), plan_(plan), random_(shape.seed) {
  sessions_ = make_pool("s", session_variables(shape));
  instances_ = make_pool("i", shape.instances);
  value_ = plan::variable_named(plan_, "v");
  for (int i = 1; i < shape.threads; ++i) plan::thread_named(plan_, "t" + std::to_string(i));

  recovery_off_ = plan::text_symbol(plan_, "off");
  for (int i = 1; i <= shape.instances; ++i) {
    const std::string name = "i" + std::to_string(i);
    plan_.directories.push_back(name);
    names_.push_back(plan::text_symbol(plan_, name));
    folders_.push_back(plan::text_symbol(plan_, name + "/"));
  }
  for (const Variable instance : instances_.variables) script_new_instance(instance);
  databases_ = make_pool("d", 0);
  if (uses_files(shape)) name_files();

  fill_actions();
}

/// Sessions are begun until some calls were refused, then ended down to a random number: a walk meets its limit again
/// and again however large it is. So while filling most ends are something else, while draining most begins are.
void Walk::fill_actions() {
  std::uint32_t total = std::accumulate(shape_.weights.begin(), shape_.weights.end(), 0U);
  // However much heavier others are, what has a weight has a slot: raising the lightest makes the sum no larger than by
  // the sixth part that 200 leaves of the slots.
  const std::uint32_t least = total / 200 + 1;
  std::array<std::uint32_t, action_count> weights{};
  std::ranges::transform(shape_.weights, weights.begin(), [&](std::uint8_t weight) {
    return weight == 0 ? 0U : std::max<std::uint32_t>(weight, least);
  });
  total = std::accumulate(weights.begin(), weights.end(), 0U);
  std::size_t slot = 0;
  std::uint32_t turned = 0;
  for (std::uint32_t at = 0, sum = 0; at < action_count && total > 0; ++at) {
    const auto action = Action{static_cast<std::uint8_t>(at)};
    const bool makes = action == Action::begin_session || action == Action::dup_session;
    for (sum += weights[at]; slot < slots && slot * total < std::size_t{sum} * slots; ++slot) {
      const bool turns = turned++ * 7 % 10 < 7;
      actions_[draining][slot] = makes && turns ? Action::end_session : action;
      actions_[filling][slot] = action == Action::end_session && turns ? Action::dup_session : action;
    }
  }
}

void Walk::take_scripted(Step& step) {
  step = script_.front();
  script_.pop_front();
}

// --- Choosing ---

void Walk::next(const check::Foresight& foresight, Step& step) {
  if (!script_.empty()) [[unlikely]]
    return take_scripted(step);
  Luck luck(random_);
  if (shape_.threads > 1 && luck.chance(150)) thread_ = static_cast<plan::Thread>(random_.below(shape_.threads));
  step.thread = thread_;
  make(choose(foresight, luck), step, luck);
  if ((shape_.memory_faults | shape_.file_faults) != 0) plant_fault(step);
}

/// Most calls that allocate do so once.
void Walk::plant_fault(Step& step) {
  if (random_.chance(shape_.memory_faults))
    step.fault = {plan::Operation::memory, random_.chance(700) ? 1 : 1 + random_.below(4)};
  if (shape_.file_faults == 0 || !random_.chance(shape_.file_faults)) return;
  step.fault = random_.chance(600) ? plan::Fault{random_.chance(500) ? plan::Operation::write : plan::Operation::sync,
                                                 1 + random_.below(2)}
                                   : any_file_fault();
}

/// Of the first few operations on files, which are most that a call has.
plan::Fault Walk::any_file_fault() {
  using plan::Failure;
  using plan::Times;
  plan::Fault fault{plan::Operation::file, 1 + random_.below(6)};
  constexpr std::array failures{Failure::error, Failure::full, Failure::interrupted, Failure::part};
  fault.how = failures[random_.below(failures.size())];
  fault.times = fault.how < Failure::interrupted && random_.chance(400) ? Times::always : Times::once;
  if (random_.chance(300)) {
    fault.times = Times::by_chance;
    fault.chance = 30;
    fault.draw = static_cast<std::uint8_t>(random_.below(256));
  }
  return fault;
}

inline Action Walk::choose(const check::Foresight& foresight, Luck& luck) {
  if (foresight.world().running_instances == 0 && luck.chance(500)) [[unlikely]] {
    const bool created = instances_.live > 0;
    if (created || shape_.weights[static_cast<std::size_t>(Action::create_instance)] != 0)
      return created ? Action::init : Action::create_instance;
  }
  return actions_[filling_ ? filling : draining][luck.byte()];
}

[[gnu::cold]] Symbol Walk::bad_handle(const Pool& ended, const Pool& foreign) {
  const auto one_of = [&](const Pool& pool, std::size_t from, std::size_t to) {
    return value(pool.variables[from + random_.below(static_cast<std::uint32_t>(to - from))]);
  };
  switch (random_.below(5)) {
    case 0: return {SymbolKind::nil};
    case 1: return {SymbolKind::null};
    case 2: return {SymbolKind::garbage, 0, random_.below(4)};
    case 3: return foreign.live > 0 ? one_of(foreign, 0, foreign.live) : Symbol{SymbolKind::nil};
    default: {
      if (ended.live == ended.variables.size()) return {SymbolKind::nil};
      return one_of(ended, ended.live, ended.variables.size());
    }
  }
}

/// An out-parameter that overwrites no live handle, so that none is forgotten.
inline Symbol Walk::new_session(Luck& luck) {
  if (bad(luck) && random_.chance(200)) return {SymbolKind::null};
  return address(sessions_.live == sessions_.variables.size() ? value_ : pick_dead(sessions_, luck));
}

/// Most calls about transactions and contexts are about the same session: its levels pile up, and threads meet in it.
Symbol Walk::busy_session(Luck luck) {
  if (busy_ == plan::no_variable || !sessions_.is_live(busy_) || luck.chance(30))
    busy_ = sessions_.live == 0 ? plan::no_variable : pick_live(sessions_, luck);
  return busy_ == plan::no_variable || luck.chance(250) ? any_session(luck) : value(busy_);
}

inline void Walk::make(Action action, Step& step, Luck luck) {
  auto& arguments = step.arguments;
  if (action == Action::dup_session && sessions_.live == 0 && instances_.live > 0) action = Action::begin_session;
  switch (action) {
    case Action::begin_session:
      step.function = Function::JetBeginSession;
      arguments[0] = any_instance(luck);
      arguments[1] = new_session(luck);
      return;
    case Action::dup_session:
      step.function = Function::JetDupSession;
      arguments[0] = any_session(luck);
      arguments[1] = new_session(luck);
      return;
    case Action::end_session:
      step.function = Function::JetEndSession;
      arguments[0] = any_session(luck);
      arguments[1] = number(luck.chance(50) ? 1 : 0);
      return;
    default: return make_other(action, step, luck);
  }
}

void Walk::make_other(Action action, Step& step, Luck luck) {
  switch (action) {
    case Action::begin_session:
    case Action::dup_session:
    case Action::end_session: return make(action, step, luck);
    case Action::begin_transaction:
    case Action::commit:
    case Action::rollback:
    case Action::set_context:
    case Action::reset_context: return make_transaction_call(action, step, luck);
    case Action::create_instance:
    case Action::init:
    case Action::term:
    case Action::stop_service:
    case Action::enable_multi_instance: return make_instance_call(action, step, luck);
    case Action::backup:
    case Action::stop_backup:
    case Action::restore: return make_backup_call(action, step, luck);
    case Action::create_database:
    case Action::attach_database:
    case Action::detach_database:
    case Action::open_database:
    case Action::close_database:
    case Action::get_database_info: return make_database_call(action, step, luck);
    case Action::get_version:
    case Action::idle:
    case Action::ask: return make_question(action, step, luck);
    case Action::get_parameter:
    case Action::set_parameter:
    case Action::session_parameter: return make_parameter_call(action, step, luck);
  }
}

void Walk::make_transaction_call(Action action, Step& step, Luck luck) {
  auto& arguments = step.arguments;
  arguments[0] = busy_session(luck);
  switch (action) {
    case Action::begin_transaction: {
      constexpr std::array functions{Function::JetBeginTransaction, Function::JetBeginTransaction,
                                     Function::JetBeginTransaction2, Function::JetBeginTransaction3};
      step.function = functions[random_.below(functions.size())];
      if (step.function == Function::JetBeginTransaction) return;
      const std::size_t grbit = step.function == Function::JetBeginTransaction2 ? 1 : 2;
      arguments[grbit] = number(bad(luck) ? random_.below(4) : luck.chance(100) ? bit::TransactionReadOnly : 0);
      return;
    }
    case Action::commit: {
      constexpr std::array<std::uint32_t, 8> bits{0, 0, 0, 0, 1, 2, 8, 10};
      const bool later_form = luck.chance(250);
      step.function = later_form ? Function::JetCommitTransaction2 : Function::JetCommitTransaction;
      arguments[1] = bad(luck) ? number(random_.below(0x41)) : one_of(bits);
      if (later_form) arguments[2] = number(luck.chance(500) ? 0 : 100);
      return;
    }
    case Action::rollback:
      step.function = Function::JetRollback;
      arguments[1] = number(bad(luck) ? random_.below(4) : random_.below(2));
      return;
    case Action::set_context:
      step.function = Function::JetSetSessionContext;
      arguments[1] = number(bad(luck) ? ~std::uint64_t{0} : random_.below(3));
      return;
    default: step.function = Function::JetResetSessionContext;
  }
}

// --- Taking note ---

void Walk::resume_from(const check::Foresight& foresight) {
  const auto refresh = [](Pool& pool, const auto& is_live) {
    for (std::size_t i = 0; i < pool.place.size(); ++i) {
      const auto variable = static_cast<Variable>(pool.origin + i);
      pool.set_live(variable, is_live(variable));
    }
  };
  refresh(instances_, [&](Variable v) { return foresight.instance(v).kind == model::HandleKind::instance; });
  refresh(sessions_, [&](Variable v) { return foresight.session(v).kind == model::HandleKind::session; });
  refresh(databases_, [&](Variable v) { return foresight.database(v).kind == model::HandleKind::database; });
}

void Walk::observe(const Step& step, const check::Foresight::Expected& expected, const check::Foresight& foresight) {
  switch (step.function) {
    case Function::JetBeginSession:
    case Function::JetDupSession: return observe_new_session(expected);
    case Function::JetEndSession:
      if (expected.code == 0) observe_end(step.arguments[0]);
      return;
    default: return observe_other(step, expected, foresight);
  }
}

void Walk::observe_other(const Step& step, const check::Foresight::Expected& expected,
                         const check::Foresight& foresight) {
  switch (step.function) {
    case Function::JetCreateInstance:
    case Function::JetCreateInstance2:
    case Function::JetInit:
    case Function::JetInit2:
    case Function::JetInit3:
    case Function::JetTerm:
    case Function::JetTerm2:
    case Function::JetRestore:
    case Function::JetRestore2:
    case Function::JetRestoreInstance: return resume_from(foresight);
    case Function::JetCreateDatabase:
    case Function::JetCreateDatabase2:
    case Function::JetAttachDatabase:
    case Function::JetAttachDatabase2:
    case Function::JetOpenDatabase:
    case Function::JetCloseDatabase:
    case Function::JetDetachDatabase:
    case Function::JetDetachDatabase2: return observe_databases(step, expected, foresight);
    default: return;
  }
}

void Walk::observe_new_session(const check::Foresight::Expected& expected) {
  if (expected.gives_handle) {
    if (sessions_.has(expected.variable)) sessions_.set_live(expected.variable, true);
    return;
  }
  const bool refused = expected.code == static_cast<std::int32_t>(model::Code::errOutOfSessions);
  if (!filling_ || !refused || refusals_wanted_-- != 0) return;
  filling_ = false;
  drain_to_ = sessions_.live == 0 ? 0 : random_.below(static_cast<std::uint32_t>(sessions_.live));
}

void Walk::observe_end(const Symbol& session) {
  if (session.kind != SymbolKind::value || !sessions_.has(session.number)) return;
  sessions_.set_live(static_cast<Variable>(session.number), false);
  if (filling_ || sessions_.live > drain_to_) return;
  filling_ = true;
  refusals_wanted_ = random_.below(4);
}

}  // namespace esentcheck::generate
