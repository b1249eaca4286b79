// A scenario that is written and read again is the same scenario, whatever is in it.
#include <rapidcheck.h>

#include <algorithm>
#include <map>

#include "harness/scenario/names.hpp"
#include "harness/scenario/tests/support.hpp"

namespace esentcheck::scenario {
namespace {

using plan::StepKind;
using plan::Symbol;
using plan::SymbolKind;
using plan::Until;
using spec::ArgumentType;

/// Below `end`, evenly; RapidCheck's own ranges are narrow while its sizes are small. Shrinks towards the last one.
template <class T>
T below(T end) {
  return static_cast<T>(end - 1 - *rc::gen::resize(rc::kNominalSize, rc::gen::inRange<T>(0, end)));
}

bool chance(int one_in) { return below(one_in) == 0; }

template <class T>
T one_of(const std::vector<T>& values) {
  return values[below(values.size())];
}

/// Made of what YAML, C and our own format find special.
std::string any_text(bool lines) {
  static const std::vector<std::string> pieces{"a", "Z",  "null", "0", " ",  ":", "#",  "'", "\"", "\\",
                                               ",", "[",  "}",    "$", "${", "!", "&",  "*", "?",  "|",
                                               ">", "- ", "%",    "@", "`",  "~", "\t", "é", "€",  "\x01"};
  std::string text;
  for (int n = below(8); n > 0; --n) text += one_of(pieces);
  if (lines && chance(4)) text += "\nb";
  return text;
}
std::string some_text(bool lines) { return "t" + any_text(lines); }

/// Draws well-formed scenarios: threads make only calls that they can make, symbols fit their arguments.
class Drawer {
 public:
  Scenario draw() {
    scenario_.claim = some_text(false);
    scenario_.proves = {"JetDupSession/OutOfSessions"};
    if (chance(2)) scenario_.page = some_text(false);
    if (chance(2)) scenario_.why = some_text(true);
    if (chance(2)) scenario_.profiles = {model::Reading::engine_fast, model::Reading::documented};
    if (chance(2)) scenario_.needs.validates_handles = true;
    if (chance(2)) plan_.directories = {"backup", "a b"};
    const int steps = 1 + *rc::gen::inRange(0, 20);
    for (int i = 0; i < steps; ++i) add_step();
    const subject::Capabilities shown = needs_of(plan_);
    for (const NeedName& need : need_names())
      if (shown.*need.member) scenario_.needs.*need.member = true;
    return scenario_;
  }

 private:
  void add_step() {
    plan::Step step;
    Expectation expectation;
    step.thread = plan::thread_named(plan_, one_of<std::string>({"main", "main", "worker", "other"}));
    Until& activity = activities_[step.thread];
    if (chance(15)) {
      step.thread = 0;
      step.kind = StepKind::restart;
      activities_.clear();
    } else if (chance(15)) {
      step.thread = 0;
      step.kind = StepKind::file;
      step.event = one_of<model::FileEvent>({model::FileEvent::damaged, model::FileEvent::held});
      step.arguments[0] = plan::text_symbol(plan_, one_of<std::string>({"a.edb", "i/edb.log"}));
      if (step.event == model::FileEvent::damaged) {
        step.arguments[1] = {plan::SymbolKind::number, 0, *rc::gen::inRange<std::uint64_t>(0, 1 << 20)};
        step.arguments[2] = {plan::SymbolKind::number, 0, *rc::gen::inRange<std::uint64_t>(1, 1 << 20)};
      }
    } else if (activity == Until::blocked || (activity == Until::callback && chance(3))) {
      step.kind = StepKind::finish;
      activity = Until::returned;
      draw_codes(expectation);
    } else {
      draw_call(step, expectation, activity);
    }
    plan_.steps.push_back(step);
    scenario_.expectations.push_back(expectation);
  }

  static plan::Fault any_fault() {
    using plan::Failure;
    using plan::Operation;
    plan::Fault fault{one_of<Operation>({Operation::memory, Operation::file, Operation::read, Operation::map}),
                      1 + below(3U)};
    if (fault.operation == Operation::file && chance(2)) {
      fault.how = one_of<Failure>({Failure::full, Failure::interrupted, Failure::part});
      fault.times = plan::Times::once;
    } else if (chance(3)) {
      fault.times = plan::Times::by_chance;
      fault.chance = static_cast<std::uint8_t>(1 + below(99U));
      fault.draw = static_cast<std::uint8_t>(below(256U));
    }
    return fault;
  }

  void draw_call(plan::Step& step, Expectation& expectation, Until& activity) {
    step.function = one_of(functions());
    const auto rows = spec::row(step.function).arguments;
    bool out_pointer = false, callback = false, list_before = false;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      Symbol& symbol = step.arguments[i];
      symbol = draw_symbol(rows[i], !list_before);
      out_pointer |= symbol.kind == SymbolKind::address ||
                     (symbol.kind == SymbolKind::buffer && plan::reading_in(symbol.count).as != plan::ReadAs::nothing);
      callback |= symbol.kind == SymbolKind::callback || symbol.kind == SymbolKind::restart_info;
      list_before = symbol.kind == SymbolKind::parameter_list;
    }
    if (activity == Until::returned && chance(4)) {
      step.until = callback && chance(2) ? Until::callback : Until::blocked;
      activity = step.until;
      if (step.until == Until::callback && chance(2)) step.callback_session = variable();
    } else {
      draw_codes(expectation);
      if (out_pointer && chance(3)) {
        if (chance(2))
          expectation.gives = *rc::gen::arbitrary<std::uint64_t>();
        else
          expectation.gives = any_text(true);
      }
      if (chance(6)) {
        expectation.sweep = true;
        step.fault = {plan::Operation::memory, 1};
        return;
      }
    }
    if (chance(5)) step.fault = any_fault();
  }

  void draw_codes(Expectation& expectation) {
    if (chance(8)) {
      expectation.any = true;
      return;
    }
    for (int n = 1 + below(3); n > 0; --n) {
      const spec::Code code = any_code();
      const auto& codes = expectation.codes;
      if (std::find(codes.begin(), codes.end(), code) == codes.end()) expectation.codes.push_back(code);
    }
  }

  Symbol draw_symbol(const spec::ArgumentRow& row, bool may_be_absent) {
    const bool handle =
        row.type == ArgumentType::instance || row.type == ArgumentType::session || row.type == ArgumentType::database;
    if (may_be_absent && (row.optional || (row.direction == spec::Direction::in && !handle)) && chance(4)) return {};
    const Symbol null{SymbolKind::null, 0, 0};
    const bool number = row.type == ArgumentType::grbit || row.type == ArgumentType::integer;
    if (!number && chance(6)) return null;
    switch (row.type) {
      case ArgumentType::instance:
      case ArgumentType::session:
      case ArgumentType::database:
        if (chance(5)) return {SymbolKind::nil, 0, 0};
        if (chance(5)) return {SymbolKind::garbage, 0, below<std::uint64_t>(3)};
        return {SymbolKind::value, 0, variable()};
      case ArgumentType::instance_out:
      case ArgumentType::instance_inout:
      case ArgumentType::session_out:
      case ArgumentType::database_out:
      case ArgumentType::instance_list:
      case ArgumentType::integer_out: return {SymbolKind::address, 0, variable()};
      case ArgumentType::grbit: return {SymbolKind::number, 0, *rc::gen::arbitrary<std::uint32_t>()};
      case ArgumentType::integer:
        if (chance(4)) return {SymbolKind::value, 0, variable()};
        return {SymbolKind::number, 0, chance(2) ? below<std::uint64_t>(64) : *rc::gen::arbitrary<std::uint64_t>()};
      case ArgumentType::text: return plan::text_symbol(plan_, any_text(true));
      case ArgumentType::text_out: return {SymbolKind::buffer, 0, below<std::uint64_t>(300)};
      case ArgumentType::callback: return {SymbolKind::callback, 0, callback_code()};
      case ArgumentType::restart_info: return {SymbolKind::restart_info, 0, callback_code()};
      case ArgumentType::parameter_list: return draw_settings();
      case ArgumentType::memory: return draw_memory();
      case ArgumentType::result: return draw_result();
      case ArgumentType::engine_memory: return {SymbolKind::value, 0, variable()};
      case ArgumentType::other: break;
    }
    return null;
  }

  Symbol draw_memory() {
    const auto bytes = 1 + below(40U);
    const auto number = *rc::gen::arbitrary<std::uint64_t>();
    return {SymbolKind::memory, bytes, bytes < 8 ? number & ((std::uint64_t{1} << (8 * bytes)) - 1) : number};
  }

  Symbol draw_result() {
    const auto size = below<std::uint64_t>(300);
    plan::Reading reading{one_of<plan::ReadAs>({plan::ReadAs::text, plan::ReadAs::wide_text, plan::ReadAs::nothing})};
    if (size >= 8 && chance(2)) {
      reading.as = plan::ReadAs::number;
      reading.bytes = one_of<std::uint8_t>({1, 2, 4, 8});
      reading.at = static_cast<std::uint16_t>(below<std::uint64_t>(size - reading.bytes + 1));
    }
    return {SymbolKind::buffer, plan::packed(reading), size};
  }

  Symbol draw_settings() {
    const std::uint64_t first = plan_.settings.size();
    const auto count = below(4U);
    for (unsigned i = 0; i < count; ++i) {
      plan::Setting setting;
      setting.parameter = below(200U);
      if (chance(2)) setting.number = {SymbolKind::number, 0, *rc::gen::arbitrary<std::uint64_t>()};
      if (chance(2)) setting.text = plan::text_symbol(plan_, any_text(true));
      plan_.settings.push_back(setting);
    }
    return {SymbolKind::parameter_list, count, first};
  }

  static spec::Code any_code() { return spec::codes()[below(spec::codes().size())].code; }
  static std::uint64_t callback_code() { return static_cast<std::uint64_t>(static_cast<std::int64_t>(any_code())); }

  plan::Variable variable() { return plan::variable_named(plan_, one_of<std::string>({"s", "t", "i", "r_1", "S2"})); }

  static const std::vector<spec::Function>& functions() {
    static const std::vector<spec::Function> all = [] {
      std::vector<spec::Function> list;
      for (const spec::FunctionRow& row : spec::functions())
        if (row.arguments.size() <= model::most_arguments) list.push_back(row.function);
      return list;
    }();
    return all;
  }

  Scenario scenario_;
  plan::Plan& plan_ = scenario_.plan;
  std::map<plan::Thread, Until> activities_;
};

bool same_symbol(const plan::Plan& a, const Symbol& x, const plan::Plan& b, const Symbol& y) {
  if (x.kind != y.kind || x.count != y.count) return false;
  switch (x.kind) {
    case SymbolKind::value:
    case SymbolKind::address: return a.variables.at(x.number) == b.variables.at(y.number);
    case SymbolKind::text: return a.text_at(x.number) == b.text_at(y.number);
    case SymbolKind::parameter_list:
      for (std::uint32_t i = 0; i < x.count; ++i) {
        const plan::Setting &u = a.settings.at(x.number + i), &v = b.settings.at(y.number + i);
        if (u.parameter != v.parameter || !same_symbol(a, u.number, b, v.number) || !same_symbol(a, u.text, b, v.text))
          return false;
      }
      return true;
    default: return x.number == y.number;
  }
}

bool same_step(const plan::Plan& a, const plan::Step& x, const plan::Plan& b, const plan::Step& y) {
  const auto session = [](const plan::Plan& plan, const plan::Step& step) {
    return step.callback_session == plan::no_variable ? "" : plan.variables.at(step.callback_session);
  };
  if (x.kind != y.kind || a.threads.at(x.thread) != b.threads.at(y.thread) || x.until != y.until ||
      !(x.fault == y.fault) || x.event != y.event || session(a, x) != session(b, y))
    return false;
  if (x.kind != StepKind::call && x.kind != StepKind::file) return true;
  if (x.function != y.function) return false;
  for (std::size_t i = 0; i < x.arguments.size(); ++i)
    if (!same_symbol(a, x.arguments[i], b, y.arguments[i])) return false;
  return true;
}

bool same_expectation(const Expectation& x, const Expectation& y) {
  return x.codes == y.codes && x.any == y.any && x.sweep == y.sweep && x.gives == y.gives;
}

TEST(RoundTrip, KeepsEverything) {
  EXPECT_TRUE(rc::check([] {
    Drawer drawer;
    const Scenario drawn = drawer.draw();
    const std::string text = write_scenario(drawn);
    RC_LOG() << text;
    const auto result = read_scenarios_from(text, "t.yaml", two_clauses());
    if (!result) RC_FAIL(result.error().sentence());
    RC_ASSERT(result->size() == 1U);
    const Scenario& read = result->front();
    RC_ASSERT(read.claim == drawn.claim);
    RC_ASSERT(read.proves == drawn.proves);
    RC_ASSERT(read.page == drawn.page);
    RC_ASSERT(read.why == drawn.why);
    RC_ASSERT(read.profiles == drawn.profiles);
    RC_ASSERT(read.needs == drawn.needs);
    RC_ASSERT(read.plan.directories == drawn.plan.directories);
    RC_ASSERT(read.plan.steps.size() == drawn.plan.steps.size());
    RC_ASSERT(read.expectations.size() == drawn.expectations.size());
    for (std::size_t i = 0; i < drawn.plan.steps.size(); ++i) {
      RC_ASSERT(same_step(drawn.plan, drawn.plan.steps[i], read.plan, read.plan.steps[i]));
      RC_ASSERT(same_expectation(drawn.expectations[i], read.expectations[i]));
    }
    RC_ASSERT(write_scenario(read) == text);
  }));
}

}  // namespace
}  // namespace esentcheck::scenario
