#include "harness/generate/race.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "harness/generate/new_instance.hpp"
#include "harness/generate/symbols.hpp"
#include "harness/random.hpp"
#include "model/spec/spec.hpp"

namespace esentcheck::generate {
namespace {

using model::Function;
using plan::Step;
using plan::Symbol;
using plan::Variable;
namespace bit = spec::bit;

/// What a program's actors do besides beginning, duplicating and ending sessions.
enum class Theme : std::uint8_t { sessions, transactions, contexts, termination, stop, start, backup, restore, all };
constexpr std::array themes{Theme::sessions, Theme::sessions,    Theme::transactions, Theme::contexts,
                            Theme::contexts, Theme::termination, Theme::termination,  Theme::stop,
                            Theme::start,    Theme::backup,      Theme::restore,      Theme::all};

struct Program {
  Random random;
  bool validated;
  plan::Plan plan;
  Theme theme{};
  std::uint32_t limit = 0;
  std::vector<Variable> instances;
  std::vector<Variable> shared;     ///< sessions that were there before the race
  std::optional<Variable> created;  ///< an instance that is not initialised yet
};

struct Actor {
  plan::Thread thread = 0;
  std::vector<Variable> own;  ///< sessions that only this actor uses
  std::uint32_t made = 0;
};

Variable fresh(Program& program, const std::string& name) { return plan::variable_named(program.plan, name); }

template <class List>
auto one_of(Program& program, const List& list) {
  return list[program.random.below(static_cast<std::uint32_t>(list.size()))];
}

Step& add(Program& program, Function function, plan::Thread thread = 0) {
  Step& step = program.plan.steps.emplace_back();
  step.function = function;
  step.thread = thread;
  step.racing = thread != 0;
  return step;
}

/// The folder for an instance's backups: of two that write to one folder at a time no page says what is in it.
std::string backup_of(const Program& program, Variable instance) {
  return "backup-" + program.plan.variables[instance];
}

void back_up(Program& program, Variable instance, plan::Thread thread = 0) {
  const Symbol folder = plan::text_symbol(program.plan, backup_of(program, instance));
  add(program, Function::JetBackupInstance, thread).arguments = {value(instance), folder, number(0), null()};
}

/// A further instance, which has everything but its JetInit.
void create_another(Program& program) {
  program.plan.directories.emplace_back("other");
  const NewInstance instance{.variable = fresh(program, "other"),
                             .name = plan::text_symbol(program.plan, "other"),
                             .folder = plan::text_symbol(program.plan, "other/")};
  std::vector<Step> steps = steps_of(instance);
  steps.pop_back();
  std::ranges::copy(steps, std::back_inserter(program.plan.steps));
  program.created = instance.variable;
}

void set_the_stage(Program& program) {
  Random& random = program.random;
  const std::uint32_t instances = random.chance(200) ? 2 : 1;
  const bool saves = program.theme == Theme::backup || program.theme == Theme::restore;
  const bool logs = saves || random.chance(300);
  for (std::uint32_t i = 1; i <= instances; ++i) {
    const std::string name = "i" + std::to_string(i);
    program.plan.directories.push_back(name);
    NewInstance instance{.variable = fresh(program, name),
                         .name = plan::text_symbol(program.plan, name),
                         .folder = plan::text_symbol(program.plan, name + "/"),
                         .limit = static_cast<std::uint16_t>(program.limit)};
    if (!logs) instance.recovery_off = plan::text_symbol(program.plan, "off");
    program.instances.push_back(instance.variable);
    std::ranges::copy(steps_of(instance), std::back_inserter(program.plan.steps));
  }
  // Mostly one place is left, so that actors meet at the limit.
  const std::uint32_t sessions = random.chance(600) ? program.limit - 1 : random.below(program.limit + 1);
  for (std::uint32_t i = 1; i <= sessions; ++i) {
    const Variable session = fresh(program, "s" + std::to_string(i));
    add(program, Function::JetBeginSession).arguments = {value(program.instances.front()), address(session)};
    program.shared.push_back(session);
  }
  if (saves)
    for (const Variable instance : program.instances) program.plan.directories.push_back(backup_of(program, instance));
  if (program.theme == Theme::restore) back_up(program, program.instances.front());
  if (program.theme == Theme::start || program.theme == Theme::restore) create_another(program);
}

/// A session for the actor to use; nothing where it has none.
Symbol some_session(Program& program, const Actor& actor) {
  const bool any_own = !actor.own.empty();
  const bool any_shared = !program.shared.empty() && program.validated;
  if (any_own && (!any_shared || program.random.chance(400))) return value(one_of(program, actor.own));
  return any_shared ? value(one_of(program, program.shared)) : null();
}

Symbol new_session(Program& program, Actor& actor) {
  const Variable session = fresh(program, program.plan.threads[actor.thread] + std::to_string(++actor.made));
  actor.own.push_back(session);
  return address(session);
}

void begin(Program& program, Actor& actor) {
  const Symbol instance = value(one_of(program, program.instances));
  Step& step = add(program, Function::JetBeginSession, actor.thread);
  step.arguments = {instance, new_session(program, actor)};
}

void end(Program& program, Actor& actor, Symbol session) {
  // Whoever does not validate handles must not be given one that has ended.
  if (!program.validated) std::erase(actor.own, static_cast<Variable>(session.number));
  add(program, Function::JetEndSession, actor.thread).arguments[0] = session;
}

/// What becomes of an instance that is not initialised: it starts, is restored, or ends before.
void use_created(Program& program, Actor& actor) {
  Random& random = program.random;
  const Variable created = *program.created;
  const auto call = [&](Function function) -> Step& { return add(program, function, actor.thread); };
  switch (random.below(4)) {
    case 0:
      if (!program.validated) return begin(program, actor);
      call(Function::JetTerm2).arguments = {value(created), number(bit::TermAbrupt)};
      return;
    case 1: call(Function::JetBeginSession).arguments = {value(created), new_session(program, actor)}; return;
    default:
      if (program.theme == Theme::restore && random.chance(600))
        call(Function::JetRestoreInstance).arguments = {
            value(created), plan::text_symbol(program.plan, backup_of(program, program.instances.front())), null(),
            null()};
      else
        call(Function::JetInit).arguments = {address(created)};
  }
}

void make_themed(Program& program, Actor& actor, Symbol session) {
  Random& random = program.random;
  const Theme theme =
      program.theme == Theme::all
          ? one_of(program, std::array{Theme::transactions, Theme::contexts, Theme::termination, Theme::stop})
          : program.theme;
  const auto call = [&](Function function) -> Step& { return add(program, function, actor.thread); };
  switch (theme) {
    case Theme::transactions: {
      constexpr std::array functions{Function::JetBeginTransaction, Function::JetCommitTransaction,
                                     Function::JetRollback};
      call(one_of(program, functions)).arguments[0] = session;
      return;
    }
    case Theme::contexts:
      if (random.chance(650))
        call(Function::JetSetSessionContext).arguments = {session, number(1 + random.below(2))};
      else
        call(Function::JetResetSessionContext).arguments[0] = session;
      return;
    case Theme::termination: {
      constexpr std::array<std::uint32_t, 3> bits{0, bit::TermComplete, bit::TermAbrupt};
      if (!program.validated) break;
      call(Function::JetTerm2).arguments = {value(one_of(program, program.instances)), number(one_of(program, bits))};
      return;
    }
    case Theme::stop:
      call(Function::JetStopServiceInstance).arguments[0] = value(one_of(program, program.instances));
      return;
    case Theme::start:
    case Theme::restore: return use_created(program, actor);
    case Theme::backup:
      if (random.chance(700))
        back_up(program, one_of(program, program.instances), actor.thread);
      else
        call(Function::JetStopBackupInstance).arguments[0] = value(one_of(program, program.instances));
      return;
    case Theme::sessions:
    case Theme::all: break;
  }
  begin(program, actor);
}

void act(Program& program, Actor& actor) {
  Random& random = program.random;
  const Symbol session = some_session(program, actor);
  if (session.kind != plan::SymbolKind::value) return begin(program, actor);
  const bool themed = program.theme != Theme::sessions && random.chance(400);
  if (themed) return make_themed(program, actor, session);
  switch (random.below(3)) {
    case 0: return begin(program, actor);
    case 1: {
      Step& step = add(program, Function::JetDupSession, actor.thread);
      step.arguments = {session, new_session(program, actor)};
      return;
    }
    default: return end(program, actor, session);
  }
}

void let_them_race(Program& program) {
  Random& random = program.random;
  const std::uint32_t actors = random.chance(500) ? 2 : random.chance(700) ? 3 : 4 + random.below(5);
  const std::uint32_t most = actors == 2 ? 4 : actors == 3 ? 3 : 2;
  for (std::uint32_t i = 1; i <= actors; ++i) {
    Actor actor{.thread = plan::thread_named(program.plan, std::string(1, static_cast<char>('a' + i - 1)))};
    if (!program.validated)
      for (std::size_t s = i - 1; s < program.shared.size(); s += actors) actor.own.push_back(program.shared[s]);
    const std::size_t before = program.plan.steps.size();
    for (std::uint32_t calls = 1 + random.below(most); calls > 0; --calls) act(program, actor);
    if (program.plan.steps.size() == before) begin(program, actor);
  }
}

/// As many sessions as there may be, and one more: a place that was lost, or won, shows here. Then the end.
void look_at_the_rest(Program& program) {
  for (const Variable instance : program.instances)
    for (std::uint32_t i = 1; i <= program.limit + 1; ++i)
      add(program, Function::JetBeginSession).arguments = {
          value(instance), address(fresh(program, "r" + std::to_string(instance) + "_" + std::to_string(i)))};
  for (const Variable instance : program.instances)
    add(program, Function::JetTerm2).arguments = {value(instance), number(bit::TermAbrupt)};
}

}  // namespace

plan::Plan race(std::uint64_t seed, bool validated) {
  Program program{.random = Random(seed), .validated = validated};
  program.theme = one_of(program, themes);
  program.limit = 1 + program.random.below(4);
  set_the_stage(program);
  let_them_race(program);
  look_at_the_rest(program);
  return std::move(program.plan);
}

}  // namespace esentcheck::generate
