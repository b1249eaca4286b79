#include "harness/scenario/steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "harness/scenario/arguments.hpp"
#include "harness/scenario/fault.hpp"
#include "harness/scenario/names.hpp"
#include "harness/scenario/reader.hpp"

namespace esentcheck::scenario {
namespace {

using plan::Until;

constexpr std::array<std::string_view, 14> step_keys{"thread", "repeat",   "expect",  "until",      "session",
                                                     "fault",  "gives",    "restart", "finish",     "file",
                                                     "race",   "schedule", "points",  "preemptions"};
constexpr std::array<std::string_view, 2> group_keys{"repeat", "steps"};
constexpr std::array<std::string_view, 4> race_keys{"race", "schedule", "points", "preemptions"};
constexpr std::array<std::string_view, 2> switch_keys{"decision", "thread"};
constexpr std::array<std::string_view, 2> finish_keys{"finish", "expect"};
constexpr std::array<std::string_view, 1> restart_keys{"restart"};
constexpr std::array<std::string_view, 4> file_keys{"file", "becomes", "at", "bytes"};
constexpr std::array file_events{model::FileEvent::foreign,  model::FileEvent::damaged, model::FileEvent::read_only,
                                 model::FileEvent::writable, model::FileEvent::held,    model::FileEvent::released};
constexpr std::array<std::string_view, 3> until_names{"returned", "callback", "blocked"};

/// The round of a group that a step is in, from 1.
using Round = std::optional<std::uint64_t>;

bool is_function(const Field& field) { return field.key.rfind("Jet", 0) == 0; }

/// Which function a step calls: its only key that is none of the other keys.
const Field* function_of(Source& source, const Fields& fields) {
  const Field* found = nullptr;
  for (const Field& field : fields.all()) {
    if (std::find(step_keys.begin(), step_keys.end(), field.key) != step_keys.end()) continue;
    if (!is_function(field)) {
      std::string_view meant = nearest(field.key, step_keys);
      if (meant.empty()) meant = spec::nearest_function(field.key);
      source.complain(field.key_node, fmt::format("a step has no key \"{}\"{}", field.key, hint(meant)));
      return nullptr;
    }
    if (found != nullptr)
      source.complain(field.key_node, fmt::format("a step makes one call, and {} is the second", field.key));
    found = &field;
  }
  if (found == nullptr)
    source.complain(fields.at(), "a step calls a function, or is a finish, a restart, a file, a group or a race");
  return found;
}

std::string read_thread(Source& source, const YAML::Node& node) {
  std::string name = source.text(node, "thread");
  if (!source.failed() && !is_variable_name(name, false))
    source.complain(node, fmt::format("\"{}\" is no name for a thread", name));
  return name;
}

void read_expect(Source& source, const YAML::Node& node, Expectation& expectation) {
  if (node.IsScalar() && node.Scalar() == "any") {
    expectation.any = true;
    return;
  }
  if (!node.IsSequence()) {
    expectation.codes.push_back(read_code(source, node, "expect"));
    return;
  }
  for (const YAML::Node& each : node) {
    const spec::Code code = read_code(source, each, "an element of expect");
    const auto& codes = expectation.codes;
    if (std::find(codes.begin(), codes.end(), code) != codes.end())
      source.complain(each, fmt::format("expect names {} twice", each.Scalar()));
    expectation.codes.push_back(code);
  }
  if (expectation.codes.empty()) source.complain(node, "expect must name a code");
}

Expectation read_expectation(Source& source, const Fields& fields) {
  Expectation expectation;
  if (const Field* expect = fields.find("expect"))
    read_expect(source, expect->value, expectation);
  else
    expectation.codes.push_back(static_cast<spec::Code>(0));  // JET_errSuccess
  return expectation;
}

void read_gives(Source& source, const Field& field, const CallTemplate& call, Expectation& expectation) {
  if (!call.has_out_pointer) source.complain(field.key_node, "gives needs an out-pointer, and the call has none");
  const std::string text = source.text_or_empty(field.value, "gives");
  const std::optional<Number> number = parse_number(text);
  if (number && !is_quoted(field.value))
    expectation.gives = number->value;
  else
    expectation.gives = text;
}

/// `until` and what goes with it.
void read_until(Builder& builder, const Fields& fields, const CallTemplate& call, plan::Step& step) {
  Source& source = builder.source();
  if (const Field* field = fields.find("until")) {
    const std::string name = source.text(field->value, "until");
    const auto found = std::find(until_names.begin(), until_names.end(), name);
    if (found == until_names.end())
      source.complain(field->value, fmt::format("until is {}, not \"{}\"", "returned, callback or blocked", name));
    else
      step.until = static_cast<Until>(found - until_names.begin());
    if (step.until == Until::callback && !call.has_callback)
      source.complain(field->value, "the call passes no status callback that it could be inside of");
    if (step.until != Until::returned)
      for (const std::string_view key : {"expect", "gives", "repeat"})
        if (const Field* other = fields.find(key))
          source.complain(other->key_node, fmt::format("{} does not go with \"until: {}\"; {}", key, name,
                                                       key == "repeat" ? "a thread waits in one call only"
                                                                       : "the step that finishes the call has it"));
  }
  if (const Field* field = fields.find("session")) {
    if (step.until != Until::callback) source.complain(field->key_node, "session goes only with \"until: callback\"");
    const std::string name = source.text(field->value, "session");
    if (!source.failed() && !is_variable_name(name, false))
      source.complain(field->value, fmt::format("\"{}\" is no name for a variable", name));
    if (!source.failed()) step.callback_session = builder.writing(field->value, name);
  }
}

void check_names(Source& source, const CallTemplate& call, const Field* repeat, Round round) {
  for (const CallTemplate::Reference& reference : call.references) {
    const bool is_numbered = reference.name.find('#') != std::string::npos;
    if (repeat == nullptr && !round && is_numbered)
      source.complain(reference.at, fmt::format("'#' in \"{}\" is the number of the repetition, and the step has no "
                                                "repeat",
                                                reference.name));
    if (repeat != nullptr && !is_numbered && reference.hands_out)
      source.complain(reference.at, fmt::format("each repetition would overwrite the handle in \"{0}\"; call it "
                                                "\"{0}#\"",
                                                reference.name));
  }
}

/// An actor's step of a race: a call that returns, and nothing else.
void check_racing(Source& source, const Fields& fields, const CallTemplate& call) {
  for (const std::string_view key : {"thread", "repeat", "until", "session"})
    if (const Field* field = fields.find(key))
      source.complain(field->key_node,
                      fmt::format("a step of a race has no {}: it is a call of its actor that returns", key));
  if (call.has_callback) source.complain(fields.at(), "a call with a status callback cannot race");
}

/// `actor` is whose step of a race it is, where it is one.
void read_call_step(Builder& builder, const Fields& fields, const Field& function, Round round,
                    std::optional<plan::Thread> actor = {}) {
  Source& source = builder.source();
  plan::Thread thread = actor.value_or(plan::Thread{0});
  if (const Field* field = fields.find("thread"))
    thread = builder.thread(field->value, read_thread(source, field->value));
  CallTemplate call = read_call(builder, function);
  Expectation expectation = read_expectation(source, fields);
  call.step.thread = thread;
  if (actor) {
    check_racing(source, fields, call);
    call.step.racing = true;
    if (fields.find("expect") == nullptr) expectation = {.any = true};
  }
  if (const Field* field = fields.find("fault")) {
    read_fault(source, field->value, call.step.fault, expectation);
    if (call.step.fault.cuts_power() && actor) source.complain(field->value, "the power is not cut in a race");
  }
  if (const Field* field = fields.find("gives")) read_gives(source, *field, call, expectation);
  const Field* repeat = fields.find("repeat");
  check_names(source, call, repeat, round);
  if (repeat != nullptr && round)
    source.complain(repeat->key_node, "a call in a group is repeated with its group, and has no repeat of its own");
  std::uint64_t times = 1;
  if (repeat != nullptr) times = source.number(repeat->value, "repeat", 0, most_repetitions);

  // The variables of the arguments come first, in the order in which the page has them.
  for (std::uint64_t n = 1; n <= times && !source.failed(); ++n) {
    plan::Step step = repetition(builder, call, round.value_or(n));
    read_until(builder, fields, call, step);
    if (step.until != Until::returned) expectation.codes.clear();
    if (expectation.sweep && step.until != Until::returned)
      source.complain(fields.at(), "\"memory: each\" needs a call that returns");
    if (!source.failed()) builder.add(fields.at(), step, expectation);
  }
}

model::FileEvent read_event(Source& source, const YAML::Node& node) {
  const std::string text = source.text(node, "becomes");
  std::vector<std::string_view> names;
  for (const model::FileEvent event : file_events) {
    if (plan::name_of(event) == text) return event;
    names.push_back(plan::name_of(event));
  }
  if (!source.failed()) source.complain(node, fmt::format("a file becomes {}, not \"{}\"", enumerate(names), text));
  return {};
}

/// How far into a file, and how much of it, is of no use beyond this.
constexpr std::uint64_t largest_file = std::uint64_t{1} << 32;

void read_file_step(Builder& builder, const YAML::Node& node, const Field& file) {
  Source& source = builder.source();
  const Fields fields = source.fields(node, "a file", file_keys);
  plan::Step step{.kind = plan::StepKind::file};
  step.arguments[0] = plan::text_symbol(builder.plan(), source.text(file.value, "file"));
  const Field* becomes = fields.find("becomes");
  if (becomes == nullptr) return source.complain(node, "a file needs \"becomes\"");
  step.event = read_event(source, becomes->value);
  const Field* at = fields.find("at");
  const Field* bytes = fields.find("bytes");
  if (step.event == model::FileEvent::damaged) {
    if (at == nullptr || bytes == nullptr)
      return source.complain(node, "damage needs \"at\" and \"bytes\": which bytes are inverted");
    step.arguments[1] = {plan::SymbolKind::number, 0, source.number(at->value, "at", 0, largest_file)};
    step.arguments[2] = {plan::SymbolKind::number, 0, source.number(bytes->value, "bytes", 1, largest_file)};
  } else if (const Field* idle = at != nullptr ? at : bytes; idle != nullptr) {
    source.complain(idle->key_node, fmt::format("\"{}\" is for files that become damaged", idle->key));
  }
  if (!source.failed()) builder.add(node, step, {});
}

void read_actor(Builder& builder, const Field& actor) {
  Source& source = builder.source();
  const std::string name = read_thread(source, actor.key_node);
  if (source.failed()) return;
  const plan::Thread thread = builder.thread(actor.key_node, name);
  if (thread == 0) return source.complain(actor.key_node, "the thread main does not race, it waits for the others");
  const std::vector<YAML::Node> list = source.list(actor.value, name);
  if (list.empty()) source.complain(actor.value, fmt::format("{} has nothing to do in the race", name));
  for (const YAML::Node& node : list) {
    const Fields fields = source.fields(node, "a step of a race");
    if (source.failed()) return;
    if (const Field* function = function_of(source, fields)) read_call_step(builder, fields, *function, {}, thread);
  }
}

simulation::ThreadNumber read_runner(Source& source, const YAML::Node& node, const Fields& race) {
  const std::string name = source.text(node, "thread");
  for (std::size_t i = 0; i < race.all().size(); ++i)
    if (race.all()[i].key == name) return static_cast<simulation::ThreadNumber>(simulation::first_actor + i);
  constexpr std::string_view prefix = "subject-";
  if (name.starts_with(prefix))
    if (const auto number = parse_number(name.substr(prefix.size()));
        number && number->value >= 1 && number->value <= simulation::most_threads - simulation::first_of_subject)
      return static_cast<simulation::ThreadNumber>(simulation::first_of_subject + number->value - 1);
  if (name == "main") return 0;
  if (!source.failed()) source.complain(node, fmt::format("no thread of the race is called \"{}\"", name));
  return 0;
}

void read_schedule(Builder& builder, const YAML::Node& node, const Fields& race) {
  Source& source = builder.source();
  auto& schedule = builder.plan().schedule.emplace().switches;
  for (const YAML::Node& each : source.list(node, "schedule")) {
    const Fields fields = source.fields(each, "an element of schedule", switch_keys);
    const Field* decision = fields.find("decision");
    const Field* thread = fields.find("thread");
    if (source.failed()) return;
    if (decision == nullptr || thread == nullptr)
      return source.complain(each, "an element of schedule needs \"decision\" and \"thread\"");
    const auto number = static_cast<std::uint32_t>(source.number(decision->value, "decision", 0, 0xffff'ffff));
    if (!schedule.empty() && schedule.back().decision >= number)
      source.complain(decision->value, "the decisions of a schedule come in order, each once");
    schedule.push_back({number, read_runner(source, thread->value, race)});
    if (schedule.size() > simulation::Order::most_switches)
      return source.complain(each, fmt::format("a schedule has at most {} elements", simulation::Order::most_switches));
  }
}

void read_preemptions(Builder& builder, const Field& field) {
  Source& source = builder.source();
  if (builder.plan().schedule) return source.complain(field.key_node, "a race has a schedule or preemptions, not both");
  constexpr std::uint64_t most = 16;
  builder.plan().exhaustive =
      plan::Exhaustive{.preemptions = static_cast<std::uint32_t>(source.number(field.value, "preemptions", 0, most))};
}

void read_points(Builder& builder, const Field& field) {
  Source& source = builder.source();
  const std::string name = source.text(field.value, "points");
  if (name != "locks" && name != "accesses")
    return source.complain(field.value, fmt::format("points are locks or accesses, not \"{}\"", name));
  plan::Plan& plan = builder.plan();
  if (plan.schedule) plan.schedule->at_accesses = name == "accesses";
  if (plan.exhaustive) plan.exhaustive->at_accesses = name == "accesses";
  if (!plan.schedule && !plan.exhaustive)
    source.complain(field.key_node, "points belong to a schedule or to preemptions");
}

void read_race(Builder& builder, const YAML::Node& node, const Field& race, Round round) {
  Source& source = builder.source();
  const Fields keys = source.fields(node, "a race", race_keys);
  const Fields actors = source.fields(race.value, "the actors of a race");
  if (source.failed()) return;
  if (round) return source.complain(node, "a group holds no race");
  if (!plan::racing_steps(builder.plan()).empty()) return source.complain(node, "a scenario has one race");
  constexpr std::size_t most_actors = 8;
  if (actors.all().empty() || actors.all().size() > most_actors)
    return source.complain(race.value, fmt::format("a race has 1 to {} actors", most_actors));
  const std::size_t begin = builder.plan().steps.size();
  for (const Field& actor : actors.all()) read_actor(builder, actor);
  if (source.failed()) return;
  if (builder.plan().steps.size() - begin > subject::most_race_steps)
    return source.complain(node, fmt::format("a race has at most {} calls", subject::most_race_steps));
  if (const Field* schedule = keys.find("schedule")) read_schedule(builder, schedule->value, actors);
  if (const Field* preemptions = keys.find("preemptions")) read_preemptions(builder, *preemptions);
  if (const Field* points = keys.find("points")) read_points(builder, *points);
}

void read_group(Builder& builder, const YAML::Node& node, const Field& steps, Round round);

void read_step(Builder& builder, const YAML::Node& node, Round round) {
  Source& source = builder.source();
  const Fields fields = source.fields(node, "a step");
  if (source.failed()) return;
  plan::Step step;
  if (const Field* steps = fields.find("steps")) {
    read_group(builder, node, *steps, round);
  } else if (const Field* race = fields.find("race")) {
    read_race(builder, node, *race, round);
  } else if (const Field* restart = fields.find("restart")) {
    source.fields(node, "a restart", restart_keys);
    if (!restart->value.IsScalar() || restart->value.Scalar() != "process")
      source.complain(restart->value, fmt::format("restart is \"process\", not {}", kind_of(restart->value)));
    step.kind = plan::StepKind::restart;
    builder.add(node, step, {});
  } else if (const Field* file = fields.find("file")) {
    read_file_step(builder, node, *file);
  } else if (const Field* finish = fields.find("finish")) {
    source.fields(node, "a finish", finish_keys);
    step.kind = plan::StepKind::finish;
    step.thread = builder.thread(finish->value, read_thread(source, finish->value));
    builder.add(node, step, read_expectation(source, fields));
  } else if (const Field* function = function_of(source, fields)) {
    read_call_step(builder, fields, *function, round);
  }
}

void read_list(Builder& builder, const YAML::Node& node, Round round) {
  Source& source = builder.source();
  const std::vector<YAML::Node> list = source.list(node, "steps");
  if (list.empty()) source.complain(node, "steps must not be empty");
  for (const YAML::Node& step : list) {
    if (source.failed()) break;
    read_step(builder, step, round);
  }
}

void read_group(Builder& builder, const YAML::Node& node, const Field& steps, Round round) {
  Source& source = builder.source();
  const Fields fields = source.fields(node, "a group", group_keys);
  const Field* repeat = fields.find("repeat");
  if (repeat == nullptr) return source.complain(node, "a group says how often it is repeated");
  if (round) return source.complain(node, "a group holds no other group");
  const std::uint64_t times = source.number(repeat->value, "repeat", 0, most_repetitions);
  for (std::uint64_t n = 1; n <= times && !source.failed(); ++n) read_list(builder, steps.value, n);
}

/// JetInit of an instance that was there before the race writes what the variable holds already.
bool writes_the_same(const plan::Plan& plan, const plan::Step& step, std::size_t position) {
  if (spec::row(step.function).arguments[position].type != spec::ArgumentType::instance_inout) return false;
  return std::any_of(plan.steps.begin(), plan.steps.end(), [&](const plan::Step& before) {
    return !before.racing && before.arguments[0] == step.arguments[position];
  });
}

/// What another actor writes meanwhile may or may not be there.
void check_sharing(Builder& builder, const YAML::Node& node) {
  const std::span<const plan::Step> steps = plan::racing_steps(builder.plan());
  const auto names = [](const plan::Step& step, std::uint64_t variable) {
    return std::any_of(step.arguments.begin(), step.arguments.end(), [&](const plan::Symbol& symbol) {
      return symbol.number == variable &&
             (symbol.kind == plan::SymbolKind::address || symbol.kind == plan::SymbolKind::value);
    });
  };
  for (const plan::Step& one : steps)
    for (std::size_t i = 0; i < one.arguments.size(); ++i)
      for (const plan::Step& other : steps)
        if (const plan::Symbol& symbol = one.arguments[i]; symbol.kind == plan::SymbolKind::address &&
                                                           one.thread != other.thread && names(other, symbol.number) &&
                                                           !writes_the_same(builder.plan(), one, i))
          return builder.source().complain(
              node, fmt::format("in the race {} writes \"{}\" and {} uses it: each actor has variables of its own",
                                builder.plan().threads[one.thread], builder.plan().variables[symbol.number],
                                builder.plan().threads[other.thread]));
}

/// A scenario with a race is played in a simulation, where calls return and nothing else becomes of them.
void check_race(Builder& builder, const YAML::Node& node) {
  if (plan::racing_steps(builder.plan()).empty() || builder.source().failed()) return;
  for (const plan::Step& step : builder.plan().steps) {
    const bool takes_callback =
        std::any_of(step.arguments.begin(), step.arguments.end(), [](const plan::Symbol& symbol) {
          return symbol.kind == plan::SymbolKind::callback || symbol.kind == plan::SymbolKind::restart_info;
        });
    if (step.kind != plan::StepKind::call || step.until != Until::returned || takes_callback ||
        (!step.racing && step.thread != 0))
      return builder.source().complain(
          node, "besides its race, a scenario with a race has calls of the thread main that return, without callbacks");
  }
  check_sharing(builder, node);
}

}  // namespace

void read_steps(Builder& builder, const YAML::Node& node) {
  read_list(builder, node, {});
  check_race(builder, node);
}

}  // namespace esentcheck::scenario
