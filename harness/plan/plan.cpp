#include "harness/plan/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/spec/spec.hpp"

namespace esentcheck::plan {
namespace {

template <class Index>
Index named(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  const auto index = static_cast<Index>(found - names.begin());
  if (found == names.end()) names.emplace_back(name);
  return index;
}

std::string name_in(const std::vector<std::string>& names, std::uint64_t index, char otherwise) {
  return index < names.size() ? names[index] : fmt::format("{}{}", otherwise, index);
}

std::string spell(const Plan& plan, const Symbol& symbol) {
  switch (symbol.kind) {
    case SymbolKind::absent: return "0";
    case SymbolKind::null: return "NULL";
    case SymbolKind::nil: return "nil";
    case SymbolKind::number: return fmt::format("{}", symbol.number);
    case SymbolKind::value: return name_in(plan.variables, symbol.number, 'v');
    case SymbolKind::address: return "&" + name_in(plan.variables, symbol.number, 'v');
    case SymbolKind::garbage: return fmt::format("garbage {}", symbol.number);
    case SymbolKind::text: return fmt::format("\"{}\"", plan.text_at(symbol.number));
    case SymbolKind::callback: return fmt::format("callback {}", static_cast<std::int32_t>(symbol.number));
    case SymbolKind::restart_info:
      return fmt::format("restart information with callback {}", static_cast<std::int32_t>(symbol.number));
    case SymbolKind::buffer: return fmt::format("buffer of {}", symbol.number);
    case SymbolKind::memory:
      return fmt::format("&{} in {} bytes", static_cast<std::int64_t>(symbol.number), symbol.count);
    case SymbolKind::parameter_list: break;
  }
  std::string list = "{";
  for (std::uint64_t i = 0; i < symbol.count && symbol.number + i < plan.settings.size(); ++i) {
    const Setting& setting = plan.settings[symbol.number + i];
    const spec::ParameterRow* row = spec::row(static_cast<spec::Parameter>(setting.parameter));
    list += fmt::format("{}{}: {}", i == 0 ? "" : ", ",
                        row != nullptr ? std::string(row->name) : fmt::format("{}", setting.parameter),
                        spell(plan, setting.text.kind == SymbolKind::absent ? setting.number : setting.text));
  }
  return list + "}";
}

}  // namespace

Symbol text_symbol(Plan& plan, std::string_view text) {
  // A text may be the tail of a longer one: what counts is where it ends.
  std::string terminated(text);
  terminated.push_back('\0');
  auto at = plan.texts.find(terminated);
  if (at == std::string::npos) {
    at = plan.texts.size();
    plan.texts += terminated;
  }
  return {.kind = SymbolKind::text, .count = 0, .number = at};
}

Variable variable_named(Plan& plan, std::string_view name) { return named<Variable>(plan.variables, name); }

Thread thread_named(Plan& plan, std::string_view name) { return named<Thread>(plan.threads, name); }

std::string_view name_of(model::FileEvent event) {
  switch (event) {
    case model::FileEvent::none: break;
    case model::FileEvent::foreign: return "foreign";
    case model::FileEvent::damaged: return "damaged";
    case model::FileEvent::read_only: return "read-only";
    case model::FileEvent::writable: return "writable";
    case model::FileEvent::held: return "held";
    case model::FileEvent::released: return "released";
  }
  return {};
}

std::string_view name_of(Operation operation) {
  switch (operation) {
    case Operation::none: break;
    case Operation::memory: return "memory";
    case Operation::file: return "file";
    case Operation::open: return "open";
    case Operation::read: return "read";
    case Operation::write: return "write";
    case Operation::sync: return "sync";
    case Operation::rename: return "rename";
    case Operation::map: return "map";
  }
  return {};
}

std::string_view name_of(Failure failure) {
  switch (failure) {
    case Failure::error: return "error";
    case Failure::full: return "full";
    case Failure::interrupted: return "interrupted";
    case Failure::part: return "part";
    case Failure::power_cut: return "power-cut";
  }
  return {};
}

std::string spell(const Fault& fault) {
  if (fault.of_memory() && fault.times == Times::always)
    return fmt::format("memory refused from allocation {}", fault.from);
  const std::string_view what = fault.operation == Operation::file ? "operation on files" : name_of(fault.operation);
  if (fault.cuts_power()) return fmt::format("the power cut at {} {} (draw {})", what, fault.from, fault.draw);
  std::string text = fmt::format("{} {}", what, fault.from);
  if (fault.times == Times::always) text += " and all later ones";
  if (fault.times == Times::by_chance)
    text += fmt::format(" and later ones with a chance of {} % (draw {})", fault.chance, fault.draw);
  switch (fault.how) {
    case Failure::error: return text + (fault.times == Times::once ? " fails" : " fail");
    case Failure::full: return text + (fault.times == Times::once ? " finds the disk full" : " find the disk full");
    case Failure::interrupted: return text + " interrupted";
    default: return text + " done in part";
  }
}

std::string spell(const Plan& plan, const Step& step) {
  const std::string thread = name_in(plan.threads, step.thread, 't');
  if (step.kind == StepKind::restart) return "restart";
  if (step.kind == StepKind::finish) return thread + ": finish";
  if (step.kind == StepKind::file)
    return fmt::format("{} becomes {}", plan.text_at(step.arguments[0].number), name_of(step.event));

  const spec::FunctionRow& row = spec::row(step.function);
  std::string text = step.thread == 0 ? std::string() : thread + ": ";
  text += row.name;
  text += '(';
  for (std::size_t i = 0; i < std::min(row.arguments.size(), step.arguments.size()); ++i) {
    if (i != 0) text += ", ";
    text += spell(plan, step.arguments[i]);
  }
  text += ')';
  if (step.fault.any()) text += ", " + spell(step.fault);
  if (step.until == Until::callback) text += ", until it calls back";
  if (step.until == Until::blocked) text += ", until it blocks";
  return text;
}

RaceSteps race_of(const Plan& plan) {
  const auto races = [](const Step& step) { return step.racing; };
  const auto begin = std::ranges::find_if(plan.steps, races);
  const auto end = std::find_if_not(begin, plan.steps.end(), races);
  return {static_cast<std::size_t>(begin - plan.steps.begin()), static_cast<std::size_t>(end - plan.steps.begin())};
}

std::vector<Thread> actors_of(std::span<const Step> steps) {
  std::vector<Thread> actors;
  for (const Step& step : steps)
    if (std::ranges::find(actors, step.thread) == actors.end()) actors.push_back(step.thread);
  return actors;
}

std::string name_of(const Plan& plan, const std::vector<Thread>& actors, simulation::ThreadNumber number) {
  using namespace simulation;
  if (number < first_actor) return plan.threads.front();
  if (number < first_of_subject)
    return static_cast<std::size_t>(number - first_actor) < actors.size() ? plan.threads[actors[number - first_actor]]
                                                                          : fmt::format("actor-{}", number);
  return fmt::format("subject-{}", number - first_of_subject + 1);
}

}  // namespace esentcheck::plan
