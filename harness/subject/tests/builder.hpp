// Plans in a few words, for tests.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

using plan::Symbol;
using plan::SymbolKind;
using plan::Until;
using enum spec::Function;

struct Builder {
  plan::Plan plan;

  Symbol value(std::string_view variable) { return {SymbolKind::value, 0, plan::variable_named(plan, variable)}; }
  Symbol address(std::string_view variable) { return {SymbolKind::address, 0, plan::variable_named(plan, variable)}; }
  Symbol text(std::string_view text) { return plan::text_symbol(plan, text); }
  static Symbol number(std::uint64_t number) { return {SymbolKind::number, 0, number}; }
  static Symbol null() { return {SymbolKind::null, 0, 0}; }
  static Symbol garbage(std::uint64_t which = 0) { return {SymbolKind::garbage, 0, which}; }
  static Symbol nil() { return {SymbolKind::nil, 0, 0}; }
  static Symbol buffer(std::uint64_t size, plan::Reading reading = {}) {
    return {SymbolKind::buffer, plan::packed(reading), size};
  }
  static Symbol memory(std::uint64_t number, std::uint32_t bytes) { return {SymbolKind::memory, bytes, number}; }
  static Symbol callback(std::int32_t code = 0) {
    return {SymbolKind::callback, 0, static_cast<std::uint64_t>(static_cast<std::int64_t>(code))};
  }
  static Symbol restart_info(std::int32_t code = 0) {
    return {SymbolKind::restart_info, 0, static_cast<std::uint64_t>(static_cast<std::int64_t>(code))};
  }

  /// Adds a call on thread 0; what else it is, the caller sets in the step.
  plan::Step& call(spec::Function function, std::initializer_list<Symbol> arguments = {}) {
    plan::Step& step = plan.steps.emplace_back();
    step.function = function;
    std::size_t i = 0;
    for (const Symbol& argument : arguments) step.arguments[i++] = argument;
    return step;
  }
  plan::Step& call_on(std::string_view thread, spec::Function function, std::initializer_list<Symbol> arguments = {}) {
    plan::Step& step = call(function, arguments);
    step.thread = plan::thread_named(plan, thread);
    return step;
  }
  plan::Step& finish(std::string_view thread = "main") {
    plan::Step& step = plan.steps.emplace_back();
    step.kind = plan::StepKind::finish;
    step.thread = plan::thread_named(plan, thread);
    return step;
  }

  /// An instance `i` that is up.
  void bring_up() {
    call(JetCreateInstance, {address("i"), text("one")});
    call(JetInit, {address("i")});
  }
};

struct Seen {
  std::vector<Observation> steps;
  std::string text;

  const Observation& operator[](std::size_t i) const { return steps[i]; }
  const Observation& back() const { return steps.back(); }
  std::string text_of(std::size_t i) const { return steps[i].has_text ? text.c_str() + steps[i].text_offset : ""; }
};

/// Performs the plan's steps from `first` on, as one batch.
inline Seen perform(Subject& subject, const plan::Plan& plan, std::size_t first = 0) {
  Seen seen;
  seen.steps.resize(plan.steps.size() - first);
  subject.perform(
      {.plan = &plan, .steps = std::span(plan.steps).subspan(first), .observations = seen.steps, .text = &seen.text});
  return seen;
}

}  // namespace esentcheck::subject
