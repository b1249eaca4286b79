#include "harness/generate/walk.hpp"

#include <string>

namespace esentcheck::generate {
namespace {

using model::Function;
using plan::Step;
using plan::Symbol;
using plan::SymbolKind;
using plan::Variable;

Symbol number(std::uint64_t value) { return {SymbolKind::number, 0, value}; }
Symbol value(Variable variable) { return {SymbolKind::value, 0, variable}; }
Symbol address(Variable variable) { return {SymbolKind::address, 0, variable}; }
Symbol parameter(spec::Parameter p) { return number(static_cast<std::uint64_t>(p)); }

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
  backup_ = plan::text_symbol(plan_, "backup");
  plan_.directories.emplace_back("backup");
  for (int i = 1; i <= shape.instances; ++i) {
    const std::string name = "i" + std::to_string(i);
    plan_.directories.push_back(name);
    names_.push_back(plan::text_symbol(plan_, name));
    folders_.push_back(plan::text_symbol(plan_, name + "/"));
  }
  for (const Variable instance : instances_.variables) script_new_instance(instance);

  fill_actions();
}

/// Sessions are begun until some calls were refused, then ended down to a random number: a walk meets its limit again
/// and again however large it is. So while filling most ends are something else, while draining most begins are.
void Walk::fill_actions() {
  std::uint32_t total = 0;
  for (const std::uint8_t weight : shape_.weights) total += weight;
  std::size_t slot = 0;
  std::uint32_t turned = 0;
  for (std::uint32_t at = 0, sum = 0; at < action_count && total > 0; ++at) {
    const auto action = Action{static_cast<std::uint8_t>(at)};
    const bool makes = action == Action::begin_session || action == Action::dup_session;
    for (sum += shape_.weights[at]; slot < 256 && slot * total < std::size_t{sum} * 256; ++slot) {
      const bool turns = turned++ * 7 % 10 < 7;
      actions_[draining][slot] = makes && turns ? Action::end_session : action;
      actions_[filling][slot] = action == Action::end_session && turns ? Action::dup_session : action;
    }
  }
}

/// Instances need folders of their own before they can run beside one another.
void Walk::script_new_instance(Variable instance) {
  const std::size_t index = instance - instances_.origin;
  const auto call = [&](Function function) -> Step& {
    Step& step = script_.emplace_back();
    step.function = function;
    step.thread = thread_;
    return step;
  };
  const auto set = [&](spec::Parameter which, Symbol lParam, Symbol text) {
    call(Function::JetSetSystemParameter).arguments = {address(instance), {}, parameter(which), lParam, text};
  };
  call(Function::JetCreateInstance).arguments = {address(instance), names_[index]};
  set(spec::Parameter::SystemPath, {}, folders_[index]);
  set(spec::Parameter::LogFilePath, {}, folders_[index]);
  set(spec::Parameter::MaxTemporaryTables, number(0), {});
  if (!shape_.logging) set(spec::Parameter::Recovery, {}, recovery_off_);
  if (shape_.limit) set(spec::Parameter::MaxSessions, number(*shape_.limit), {});
  call(Function::JetInit).arguments = {address(instance)};
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
  if (shape_.memory_faults == 0) return;
  const bool makes_session = step.function == Function::JetBeginSession || step.function == Function::JetDupSession;
  if (makes_session && random_.chance(shape_.memory_faults)) step.faults.memory = 1;
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

inline Symbol Walk::any_session(Luck& luck) {
  if (sessions_.live == 0 || bad(luck)) return bad_handle(sessions_, instances_);
  return value(pick_live(sessions_, luck));
}

inline Symbol Walk::any_instance(Luck& luck) {
  if (instances_.live == 0 || bad(luck)) return bad_handle(instances_, sessions_);
  return value(pick_live(instances_, luck));
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
  auto& arguments = step.arguments;
  switch (action) {
    case Action::begin_session:
    case Action::dup_session:
    case Action::end_session: return make(action, step, luck);
    case Action::begin_transaction:
      step.function = luck.chance(300) ? Function::JetBeginTransaction2 : Function::JetBeginTransaction;
      arguments[0] = busy_session(luck);
      return;
    case Action::commit: {
      constexpr std::array<std::uint32_t, 8> bits{0, 0, 0, 0, 1, 2, 8, 10};
      step.function = Function::JetCommitTransaction;
      arguments[0] = busy_session(luck);
      arguments[1] = number(bits[random_.below(bits.size())]);
      return;
    }
    case Action::rollback:
      step.function = Function::JetRollback;
      arguments[0] = busy_session(luck);
      arguments[1] = number(random_.below(2));
      return;
    case Action::set_context:
      step.function = Function::JetSetSessionContext;
      arguments[0] = busy_session(luck);
      arguments[1] = number(bad(luck) ? ~std::uint64_t{0} : random_.below(3));
      return;
    case Action::reset_context:
      step.function = Function::JetResetSessionContext;
      arguments[0] = busy_session(luck);
      return;
    case Action::get_version:
      step.function = Function::JetGetVersion;
      arguments[0] = any_session(luck);
      arguments[1] = address(value_);
      return;
    case Action::get_parameter:
      step.function = Function::JetGetSystemParameter;
      arguments[0] = any_instance(luck);
      arguments[2] = parameter(spec::Parameter::MaxSessions);
      arguments[3] = address(value_);
      return;
    case Action::set_parameter: {
      step.function = Function::JetSetSystemParameter;
      const Symbol instance = any_instance(luck);
      if (instance.kind == SymbolKind::value) arguments[0] = address(static_cast<Variable>(instance.number));
      arguments[2] = parameter(spec::Parameter::MaxSessions);
      arguments[3] = number(random_.below(40));
      return;
    }
    case Action::create_instance:
      if (instances_.live < instances_.variables.size()) {
        script_new_instance(instances_.variables[instances_.live]);
        return take_scripted(step);
      }
      step.function = Function::JetCreateInstance;
      arguments[0] = address(value_);
      arguments[1] = names_[random_.below(shape_.instances)];
      return;
    case Action::init:
      step.function = Function::JetInit;
      arguments[0] = instances_.live > 0 ? address(pick_live(instances_, luck)) : Symbol{SymbolKind::null};
      return;
    case Action::term:
      step.function = Function::JetTerm2;
      arguments[0] = any_instance(luck);
      arguments[1] = number(luck.chance(500) ? 1 : 2);
      return;
    case Action::stop_service:
      step.function = Function::JetStopServiceInstance;
      arguments[0] = any_instance(luck);
      return;
    case Action::enable_multi_instance: step.function = Function::JetEnableMultiInstance; return;
    case Action::backup:
      step.function = Function::JetBackupInstance;
      arguments[0] = any_instance(luck);
      arguments[1] = backup_;
      return;
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
}

void Walk::observe(const Step& step, const check::Foresight::Expected& expected, const check::Foresight& foresight) {
  switch (step.function) {
    case Function::JetBeginSession:
    case Function::JetDupSession: return observe_new_session(expected);
    case Function::JetEndSession:
      if (expected.code == 0) observe_end(step.arguments[0]);
      return;
    case Function::JetCreateInstance:
    case Function::JetInit:
    case Function::JetTerm:
    case Function::JetTerm2: return resume_from(foresight);
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
