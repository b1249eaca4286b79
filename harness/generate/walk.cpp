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

bool at_limit(const model::World& world) {
  for (const model::Instance& instance : world.instances)
    if (instance.phase == model::Phase::running && instance.session_count >= instance.session_limit) return true;
  return false;
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

  std::uint32_t total = 0;
  for (const std::uint8_t weight : shape.weights) total += weight;
  std::size_t slot = 0;
  for (std::uint32_t action = 0, sum = 0; action < action_count && total > 0; ++action) {
    sum += shape.weights[action];
    while (slot < actions_.size() && slot * total < sum * actions_.size()) actions_[slot++] = Action{std::uint8_t(action)};
  }
}

Step Walk::call(Function function) const {
  Step step;
  step.function = function;
  step.thread = thread_;
  return step;
}

/// Instances need folders of their own before they can run beside one another.
void Walk::script_new_instance(Variable instance) {
  const std::size_t index = instance - instances_.origin;
  const auto set = [&](spec::Parameter which, Symbol lParam, Symbol text) {
    Step step = call(Function::JetSetSystemParameter);
    step.arguments = {address(instance), {}, parameter(which), lParam, text};
    script_.push_back(step);
  };
  Step create = call(Function::JetCreateInstance);
  create.arguments = {address(instance), names_[index]};
  script_.push_back(create);
  set(spec::Parameter::SystemPath, {}, folders_[index]);
  set(spec::Parameter::LogFilePath, {}, folders_[index]);
  set(spec::Parameter::MaxTemporaryTables, number(0), {});
  if (!shape_.logging) set(spec::Parameter::Recovery, {}, recovery_off_);
  if (shape_.limit) set(spec::Parameter::MaxSessions, number(*shape_.limit), {});
  Step init = call(Function::JetInit);
  init.arguments = {address(instance)};
  script_.push_back(init);
}

Step Walk::take_scripted() {
  const Step step = script_.front();
  script_.pop_front();
  return step;
}

// --- Choosing ---

Step Walk::next(const check::Foresight& foresight) {
  if (!script_.empty()) return take_scripted();
  if (shape_.threads > 1 && random_.chance(150)) thread_ = static_cast<plan::Thread>(random_.below(shape_.threads));
  Step step = make(choose(foresight));
  const bool makes_session = step.function == Function::JetBeginSession || step.function == Function::JetDupSession;
  if (makes_session && shape_.memory_faults != 0 && random_.chance(shape_.memory_faults)) step.faults.memory = 1;
  return step;
}

/// Sessions are begun until some calls were refused, then ended down to a random number: a walk meets its limit again
/// and again however large it is.
Action Walk::choose(const check::Foresight& foresight) {
  const model::World& world = foresight.world();
  Action action = actions_[random_.next() & 0xff];
  if (world.running_instances == 0 && random_.chance(500)) {
    const bool created = instances_.live > 0;
    if (created || shape_.weights[static_cast<std::size_t>(Action::create_instance)] != 0)
      return created ? Action::init : Action::create_instance;
  }
  const bool makes = action == Action::begin_session || action == Action::dup_session;
  if (filling_ && action == Action::end_session && random_.chance(700)) return Action::dup_session;
  if (!filling_ && makes && random_.chance(700)) return Action::end_session;
  return action;
}

Symbol Walk::bad_handle(const Pool& ended, const Pool& foreign) {
  switch (random_.below(5)) {
    case 0: return {SymbolKind::nil};
    case 1: return {SymbolKind::null};
    case 2: return {SymbolKind::garbage, 0, random_.below(4)};
    case 3: return foreign.live > 0 ? value(pick_live(foreign)) : Symbol{SymbolKind::nil};
    default: {
      if (ended.live == ended.variables.size()) return {SymbolKind::nil};
      const auto dead = static_cast<std::uint32_t>(ended.variables.size() - ended.live);
      return value(ended.variables[ended.live + random_.below(dead)]);
    }
  }
}

Symbol Walk::any_session() {
  return sessions_.live == 0 || bad() ? bad_handle(sessions_, instances_) : value(pick_live(sessions_));
}

Symbol Walk::any_instance() {
  return instances_.live == 0 || bad() ? bad_handle(instances_, sessions_) : value(pick_live(instances_));
}

/// An out-parameter that overwrites no live handle, so that none is forgotten.
Symbol Walk::new_session() {
  if (bad() && random_.chance(200)) return {SymbolKind::null};
  const auto dead = static_cast<std::uint32_t>(sessions_.variables.size() - sessions_.live);
  if (dead == 0) return address(value_);
  return address(sessions_.variables[sessions_.live + random_.below(dead)]);
}

Step Walk::make(Action action) {
  switch (action) {
    case Action::begin_session: {
      Step step = call(Function::JetBeginSession);
      step.arguments = {any_instance(), new_session()};
      return step;
    }
    case Action::dup_session: {
      if (sessions_.live == 0 && instances_.live > 0) return make(Action::begin_session);
      Step step = call(Function::JetDupSession);
      step.arguments = {any_session(), new_session()};
      return step;
    }
    case Action::end_session: {
      Step step = call(Function::JetEndSession);
      step.arguments = {any_session(), number(random_.chance(50) ? 1 : 0)};
      return step;
    }
    case Action::begin_transaction: {
      Step step = call(random_.chance(300) ? Function::JetBeginTransaction2 : Function::JetBeginTransaction);
      step.arguments = {any_session()};
      return step;
    }
    case Action::commit: {
      Step step = call(Function::JetCommitTransaction);
      constexpr std::array<std::uint32_t, 8> bits{0, 0, 0, 0, 1, 2, 8, 10};
      step.arguments = {any_session(), number(bits[random_.below(bits.size())])};
      return step;
    }
    case Action::rollback: {
      Step step = call(Function::JetRollback);
      step.arguments = {any_session(), number(random_.below(2))};
      return step;
    }
    case Action::set_context: {
      Step step = call(Function::JetSetSessionContext);
      step.arguments = {any_session(), bad() ? Symbol{SymbolKind::nil} : number(random_.below(3))};
      return step;
    }
    case Action::reset_context: {
      Step step = call(Function::JetResetSessionContext);
      step.arguments = {any_session()};
      return step;
    }
    case Action::get_version: {
      Step step = call(Function::JetGetVersion);
      step.arguments = {any_session(), address(value_)};
      return step;
    }
    case Action::get_parameter: {
      Step step = call(Function::JetGetSystemParameter);
      step.arguments = {any_instance(), {}, parameter(spec::Parameter::MaxSessions), address(value_)};
      return step;
    }
    case Action::set_parameter: {
      Step step = call(Function::JetSetSystemParameter);
      const Symbol instance = any_instance();
      step.arguments = {instance.kind == SymbolKind::value ? address(static_cast<Variable>(instance.number)) : Symbol{},
                        {}, parameter(spec::Parameter::MaxSessions), number(random_.below(40))};
      return step;
    }
    case Action::create_instance: {
      if (instances_.live == instances_.variables.size()) {
        Step step = call(Function::JetCreateInstance);
        step.arguments = {address(value_), names_[random_.below(shape_.instances)]};
        return step;
      }
      script_new_instance(instances_.variables[instances_.live]);
      return take_scripted();
    }
    case Action::init: {
      Step step = call(Function::JetInit);
      step.arguments = {instances_.live > 0 ? address(pick_live(instances_)) : Symbol{SymbolKind::null}};
      return step;
    }
    case Action::term: {
      Step step = call(Function::JetTerm2);
      step.arguments = {any_instance(), number(random_.chance(500) ? 1 : 2)};
      return step;
    }
    case Action::stop_service: {
      Step step = call(Function::JetStopServiceInstance);
      step.arguments = {any_instance()};
      return step;
    }
    case Action::enable_multi_instance: {
      Step step = call(Function::JetEnableMultiInstance);
      return step;
    }
    case Action::backup: {
      Step step = call(Function::JetBackupInstance);
      step.arguments = {any_instance(), backup_};
      return step;
    }
  }
  return {};
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

void Walk::observe(const Step& step, const check::Foresight& foresight) {
  switch (step.function) {
    case Function::JetBeginSession:
    case Function::JetDupSession: {
      if (step.arguments[1].kind != SymbolKind::address || step.arguments[1].number == value_) return;
      const auto variable = static_cast<Variable>(step.arguments[1].number);
      const bool made = foresight.session(variable).kind == model::HandleKind::session;
      sessions_.set_live(variable, made);
      if (!filling_ || made || !at_limit(foresight.world()) || refusals_wanted_-- != 0) return;
      filling_ = false;
      drain_to_ = sessions_.live == 0 ? 0 : random_.below(static_cast<std::uint32_t>(sessions_.live));
      return;
    }
    case Function::JetEndSession: {
      const Symbol& symbol = step.arguments[0];
      if (symbol.kind != SymbolKind::value || symbol.number >= sessions_.origin + sessions_.place.size()) return;
      const auto variable = static_cast<Variable>(symbol.number);
      sessions_.set_live(variable, foresight.session(variable).kind == model::HandleKind::session);
      if (filling_ || sessions_.live > drain_to_) return;
      filling_ = true;
      refusals_wanted_ = random_.below(4);
      return;
    }
    case Function::JetCreateInstance:
    case Function::JetInit:
    case Function::JetTerm:
    case Function::JetTerm2:
      return resume_from(foresight);
    default: return;
  }
}

}  // namespace esentcheck::generate
