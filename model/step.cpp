#include "model/step.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "model/functions/function_model.hpp"

namespace esentcheck::model {
namespace {

using Table = std::array<const FunctionModel*, spec::function_count>;

Table make_table() {
  Table table{};
  for (const auto theme :
       {instance_functions(), init_functions(), term_functions(), service_functions(), parameter_functions(),
        session_functions(), context_functions(), transaction_functions(), backup_functions(), attaching_functions(),
        detaching_functions(), opening_functions(), session_parameter_functions(), information_functions(),
        idle_functions(), restore_functions(), stop_backup_functions()})
    for (const FunctionModel& model : theme) table[static_cast<std::size_t>(model.function)] = &model;
  return table;
}

// Made before main: a function-local table would cost a test of its guard at each step.
const Table table = make_table();

const FunctionModel* function_model(Function function) { return table[static_cast<std::size_t>(function)]; }

/// One element of the list of every clause, with what identifies it to people.
struct Named {
  const Clause* clause;
  Function function;
  std::string id;
};

std::string spell(Function function, const Clause& clause, bool at_end) {
  std::string id(spec::row(function).name);
  id += at_end ? "/end/" : "/";
  if (clause.code_of_callback) return id + "CodeOfCallback";
  if (clause.ending == Ending::returns) {
    const spec::CodeRow* code = spec::row(clause.code);
    std::string_view name = code == nullptr ? "?" : code->name;
    if (name.starts_with("JET_")) name.remove_prefix(7);  // JET_err, JET_wrn
    id += name;
  } else {
    id += clause.ending == Ending::crashes ? "crash" : "hang";
  }
  if (!clause.name.empty()) id.append(".").append(clause.name);
  return id;
}

// The clauses of JetTerm and JetTerm2 are one list, so the same clause stands under two functions; a caller
// tells them apart by the function of the call.
const std::vector<Named>& catalogue() {
  static const std::vector<Named> all = [] {
    std::vector<Named> list;
    for (const spec::FunctionRow& row : spec::functions()) {
      const FunctionModel* model = function_model(row.function);
      if (model == nullptr) continue;
      for (const Clause& clause : model->clauses)
        list.push_back({&clause, row.function, spell(row.function, clause, false)});
      for (const Clause& clause : model->end_clauses)
        list.push_back({&clause, row.function, spell(row.function, clause, true)});
    }
    return list;
  }();
  return all;
}

}  // namespace

// Apart from the rest of what is known of a function, and in the header: a step is a few nanoseconds long.
const std::array<Evaluate, spec::function_count> step_table = [] {
  std::array<Evaluate, spec::function_count> all{};
  for (const FunctionModel* model : make_table())
    if (model != nullptr) all[static_cast<std::size_t>(model->function)] = model->step;
  return all;
}();

bool is_modelled(Function function) { return function_model(function) != nullptr; }

Produced apply(World& world, const Call& call, const Outcome& outcome) {
  Produced produced;
  if (outcome.clause->effect != nullptr) outcome.clause->effect(world, call, produced);
  return produced;
}

bool has_duration(Function function) { return function_model(function)->end != nullptr; }

bool may_begin(Function function, const OutcomeSet& outcomes) {
  const auto is_success = [&](const Outcome& outcome) { return outcome.clause == &clauses_of(function).back(); };
  // The list of the step repeats the clauses of the end, as copies.
  const auto is_ending = [&](const Outcome& outcome) {
    return std::ranges::any_of(end_clauses_of(function), [&](const Clause& end) {
      return end.code == outcome.clause->code && end.name == outcome.clause->name;
    });
  };
  return std::ranges::any_of(outcomes.all(), is_success) || std::ranges::all_of(outcomes.all(), is_ending);
}

Produced begin(World& world, const Call& call) {
  Produced produced;
  if (const FunctionModel& model = *function_model(call.function); model.begin != nullptr)
    model.begin(world, call, produced);
  return produced;
}

OutcomeSet step_end(const World& world, const Call& call, const Profile& profile) {
  const FunctionModel& model = *function_model(call.function);
  const Evaluate evaluate = model.end != nullptr ? model.end : model.step;
  return evaluate(world, call, profile);
}

std::optional<SessionId> callback_session(World& world, const Call& call) {
  const FunctionModel& model = *function_model(call.function);
  const bool names_one = model.addressing != Addressing::only_instance;
  const Instance* instance = served_instance(world, names_one ? call[0].handle : Handle{});
  if (instance == nullptr) return std::nullopt;
  return add_session(world, id_of(world, *instance), true);
}

std::span<const Clause> clauses_of(Function function) {
  const FunctionModel* model = function_model(function);
  return model == nullptr ? std::span<const Clause>{} : model->clauses;
}

std::span<const Clause> end_clauses_of(Function function) {
  const FunctionModel* model = function_model(function);
  return model == nullptr ? std::span<const Clause>{} : model->end_clauses;
}

std::string id_of(Function function, const Clause& clause) {
  for (const Named& named : catalogue())
    if (named.function == function && named.clause == &clause) return named.id;
  return {};
}

const Clause* clause_named(std::string_view id) {
  for (const Named& named : catalogue())
    if (named.id == id) return named.clause;
  return nullptr;
}

std::optional<Function> function_of_clause(std::string_view id) {
  for (const Named& named : catalogue())
    if (named.id == id) return named.function;
  return std::nullopt;
}

}  // namespace esentcheck::model
