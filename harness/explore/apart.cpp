#include "harness/explore/apart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_set>

#include "harness/check/outputs.hpp"
#include "harness/check/resolve.hpp"
#include "harness/check/shrink.hpp"
#include "harness/explore/alphabet.hpp"

namespace esentcheck::explore {
namespace {

using model::Handle;
using model::HandleKind;
using model::World;
using plan::Step;

/// One world that a profile may be in, and what the variables denote in it.
struct State {
  World world;
  std::vector<Handle> variables;

  friend bool operator==(const State&, const State&) = default;
};

/// What an observer sees of a call. Numbers and texts that a profile leaves open are not there.
struct Answer {
  model::Code code{};
  bool gives_handle = false;
  std::optional<std::uint64_t> number;
  std::optional<std::uint64_t> value;
  std::optional<std::string> text;
};

template <class Value>
bool may_be_one(const std::optional<Value>& a, const std::optional<Value>& b) {
  return !a || !b || *a == *b;
}

bool may_be_one(const Answer& a, const Answer& b) {
  return a.code == b.code && a.gives_handle == b.gives_handle && may_be_one(a.number, b.number) &&
         may_be_one(a.value, b.value) && may_be_one(a.text, b.text);
}

/// A way on from a state: an answer, the clause behind it, and where it leads.
struct Way {
  Answer answer;
  const model::Clause* clause = nullptr;
  State state;
};

bool is_live(const World& world, Handle handle) {
  return model::find_session(world, handle) != nullptr || model::find_instance(world, handle) != nullptr ||
         model::find_open(world, handle) != nullptr;
}

/// One of the two profiles, and all that it may do.
class Side {
 public:
  explicit Side(const model::Profile& profile) : profile_(profile) {}

  State start() const {
    const plan::Plan& plan = alphabet().plan;
    State state{World(profile_), std::vector<Handle>(plan.variables.size())};
    for (const std::string& folder : plan.directories) state.world.directories.push_back(model::folder_key(folder));
    return state;
  }

  /// Everything that the call may do in any of the states. Nothing, if in one of them it need not come back: nobody is asked
  /// to make such a call.
  std::vector<Way> ways(const std::vector<State>& states, const Step& step) const {
    std::vector<Way> all;
    for (const State& state : states) {
      const model::Call call = resolved(state, step);
      const model::OutcomeSet allowed = model::step(state.world, call, profile_);
      for (const model::Outcome& outcome : allowed.all()) {
        if (outcome.clause->ending != model::Ending::returns) return {};
        all.push_back(taken(state, step, call, outcome));
      }
    }
    return all;
  }

 private:
  struct Variables {
    const State& state;
    Handle handle(plan::Variable v, HandleKind wanted, const Handle&) const {
      const Handle handle = state.variables[v];
      if (handle.kind == wanted || handle.kind == HandleKind::zero || handle.kind == HandleKind::ended) return handle;
      return {HandleKind::garbage, 0};
    }
    std::uint64_t value(plan::Variable) const { return 0; }
  };

  model::Call resolved(const State& state, const Step& step) const {
    model::Call call;
    check::resolve(call, check::signature_of(step.function), alphabet().plan, step, Variables{state}, settings_);
    return call;
  }

  static Way taken(const State& before, const Step& step, const model::Call& call, const model::Outcome& outcome) {
    Way way{.answer = {.code = outcome.code}, .clause = outcome.clause, .state = before};
    const model::Produced produced = model::apply(way.state.world, call, outcome);
    for (Handle& handle : way.state.variables)
      if (handle.kind != HandleKind::zero && !is_live(way.state.world, handle)) handle = {HandleKind::ended, 0};
    const int position = check::signature_of(step.function).output;
    if (position >= 0) {
      const plan::Symbol& symbol = step.arguments[static_cast<std::size_t>(position)];
      if (symbol.kind == plan::SymbolKind::address && produced.handle.kind != HandleKind::zero) {
        way.answer.gives_handle = true;
        way.state.variables[symbol.number] = produced.handle;
      }
    }
    if (produced.has_number) way.answer.number = produced.number;
    if (produced.has_value && check::reads_value(step, produced)) way.answer.value = produced.value;
    if (produced.has_text) way.answer.text = produced.text;
    return way;
  }

  model::Profile profile_;
  mutable std::vector<model::ParameterSetting> settings_;
};

/// States of both sides that one sequence of calls and answers may have led to.
struct Node {
  std::array<std::vector<State>, 2> states;
  std::vector<std::size_t> calls;
  std::vector<model::Code> codes;
};

std::uint64_t hash_of(const Node& node) {
  std::uint64_t hash = 0x9e3779b97f4a7c15;
  const auto add = [&](std::uint64_t value) { hash = (hash ^ value) * 0xff51afd7ed558ccd + (hash >> 29); };
  for (const auto& side : node.states) {
    add(side.size());
    for (const State& state : side) {
      add(model::hash_of(state.world));
      for (const Handle& handle : state.variables)
        add(std::uint64_t{handle.id} << 8 | static_cast<std::uint64_t>(handle.kind));
    }
  }
  return hash;
}

class Search {
 public:
  Search(const model::Profile& one, const model::Profile& other, const Bounds& bounds)
      : sides_{Side(one), Side(other)}, bounds_(bounds) {}

  Apart run() {
    std::vector<Node> level{{.states = {std::vector{sides_[0].start()}, std::vector{sides_[1].start()}}}};
    met_.insert(hash_of(level.front()));
    Apart apart;
    while (!level.empty() && apart.depth < bounds_.depth && met_.size() < bounds_.states) {
      std::vector<Node> next;
      for (const Node& node : level) try_all(node, next);
      // Of sequences of one length, the one in which most calls succeed reads best, and most subjects follow it.
      std::ranges::stable_sort(next, {}, [](const Node& node) {
        return std::ranges::count_if(node.codes, [](model::Code code) { return code != model::Code::errSuccess; });
      });
      level = std::move(next);
      ++apart.depth;
    }
    apart.states = met_.size();
    apart.by_function = std::move(found_);
    return apart;
  }

 private:
  void try_all(const Node& node, std::vector<Node>& next) {
    const std::vector<Step>& steps = alphabet().plan.steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::array ways{sides_[0].ways(node.states[0], steps[i]), sides_[1].ways(node.states[1], steps[i])};
      if (ways[0].empty() || ways[1].empty()) continue;
      if (!go_on(node, i, ways, next)) note(node, i, ways);
    }
  }

  /// Follows each answer that both sides may give. False if there is none.
  bool go_on(const Node& node, std::size_t call, const std::array<std::vector<Way>, 2>& ways, std::vector<Node>& next) {
    bool any = false;
    std::set<std::pair<model::Code, bool>> followed;
    for (const Way& mine : ways[0])
      for (const Way& yours : ways[1]) {
        if (!may_be_one(mine.answer, yours.answer)) continue;
        any = true;
        if (followed.emplace(mine.answer.code, mine.answer.gives_handle).second)
          follow(node, call, ways, mine.answer, next);
      }
    return any;
  }

  void follow(const Node& node, std::size_t call, const std::array<std::vector<Way>, 2>& ways, const Answer& answer,
              std::vector<Node>& next) {
    Node after{.states = {}, .calls = node.calls, .codes = node.codes};
    after.calls.push_back(call);
    after.codes.push_back(answer.code);
    for (std::size_t side = 0; side < 2; ++side)
      for (const Way& way : ways[side])
        if (way.answer.code == answer.code && way.answer.gives_handle == answer.gives_handle &&
            std::ranges::find(after.states[side], way.state) == after.states[side].end())
          after.states[side].push_back(way.state);
    if (met_.size() < bounds_.states && met_.insert(hash_of(after)).second) next.push_back(std::move(after));
  }

  void note(const Node& node, std::size_t call, const std::array<std::vector<Way>, 2>& ways) {
    const spec::Function function = alphabet().plan.steps[call].function;
    if (!named_.insert(function).second) return;
    Separation& separation = found_.emplace_back(Separation{node.calls, node.codes, {}});
    separation.calls.push_back(call);
    for (std::size_t side = 0; side < 2; ++side)
      for (const Way& way : ways[side])
        if (auto& clauses = separation.allowed[side]; std::ranges::find(clauses, way.clause) == clauses.end())
          clauses.push_back(way.clause);
    if (ways[0].front().answer.code == ways[1].front().answer.code)
      separation.gives = {given(ways[0].front().answer), given(ways[1].front().answer)};
  }

  static std::optional<scenario::Given> given(const Answer& answer) {
    if (answer.text) return scenario::Given(*answer.text);
    if (answer.value) return scenario::Given(*answer.value);
    if (answer.number) return scenario::Given(*answer.number);
    return std::nullopt;
  }

  std::array<Side, 2> sides_;
  Bounds bounds_;
  std::unordered_set<std::uint64_t> met_;
  std::set<spec::Function> named_;
  std::vector<Separation> found_;
};

std::string spelled(const model::Profile& profile) {
  return fmt::format("{} of {}", model::name_of(profile.reading), spec::name_of(profile.release));
}

}  // namespace

Apart tell_apart(const model::Profile& one, const model::Profile& other, const Bounds& bounds) {
  Apart apart = Search(one, other, bounds).run();
  std::ranges::stable_sort(apart.by_function, {}, [](const Separation& s) {
    return std::pair(s.calls.size(), alphabet().plan.steps[s.calls.back()].function);
  });
  return apart;
}

scenario::Scenario as_scenario(const Separation& separation, const model::Profile& one, const model::Profile& other) {
  scenario::Scenario scenario;
  scenario.plan = alphabet().plan;
  scenario.plan.steps.clear();
  scenario.profiles = {one.reading};
  const spec::Function function = alphabet().plan.steps[separation.calls.back()].function;
  scenario.claim = fmt::format("{} tells {} from {}", spec::row(function).name, spelled(one), spelled(other));
  scenario.page = spec::row(function).page;
  // A rehearsal shows the first of several.
  scenario.proves = {model::id_of(function, *separation.allowed[0].front())};
  for (std::size_t i = 0; i < separation.calls.size(); ++i) {
    scenario.plan.steps.push_back(alphabet().plan.steps[separation.calls[i]]);
    scenario::Expectation expectation;
    if (i < separation.codes.size())
      expectation.codes = {separation.codes[i]};
    else
      for (const model::Clause* clause : separation.allowed[0])
        if (std::ranges::find(expectation.codes, clause->code) == expectation.codes.end())
          expectation.codes.push_back(clause->code);
    if (i + 1 == separation.calls.size()) expectation.gives = separation.gives[0];
    scenario.expectations.push_back(expectation);
  }
  scenario.plan = check::compact(scenario.plan);
  return scenario;
}

}  // namespace esentcheck::explore
