// How a list of clauses becomes a set of outcomes. The list is a compile-time constant, so the guards are
// inlined one behind the other and a step costs a few nanoseconds: the interpreter is a table only in the
// source.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "model/clause.hpp"

namespace esentcheck::model {

/// Lists end with the clause of success; whatever stands before it is a reason for something else.
template <const auto& clauses>
OutcomeSet evaluate(const Context& context) {
  OutcomeSet outcomes;
  constexpr std::size_t last = clauses.size() - 1;
  const auto reading = static_cast<std::uint8_t>(context.profile.reading);
  const bool first_wins = context.profile.reading != Reading::documented;
  bool success_excluded = false;

  const auto add = [&](const Clause& clause) {
    if (clause.code_of_callback) {
      for (const Argument& argument : context.call.arguments)
        if (argument.kind == ArgumentKind::callback) outcomes.add(clause, static_cast<Code>(argument.number));
    } else {
      outcomes.add(clause);
    }
  };
  // False as soon as no later clause matters.
  const auto consider = [&]<std::size_t position>() {
    constexpr const Clause& clause = clauses[position];
    if ((clause.readings & reading) == 0 || clause.since > context.profile.release) return true;
    const Holds holds = clause.guard(context);
    if (holds == Holds::no) return true;
    add(clause);
    if (holds == Holds::must) success_excluded = true;
    return !(success_excluded && first_wins);
  };
  [&]<std::size_t... positions>(std::index_sequence<positions...>) {
    (void)(consider.template operator()<positions>() && ...);
  }
  (std::make_index_sequence<last>{});

  if (!success_excluded) outcomes.add(clauses[last]);
  return outcomes;
}

/// Several lists behind one another.
template <std::size_t... sizes>
constexpr auto join(const std::array<Clause, sizes>&... lists) {
  std::array<Clause, (sizes + ...)> result{};
  std::size_t position = 0;
  const auto append = [&](const auto& list) {
    for (const Clause& clause : list) result[position++] = clause;
  };
  (append(lists), ...);
  return result;
}

/// A list of clauses written down; std::array cannot deduce its size from braces.
template <std::size_t size>
constexpr std::array<Clause, size> clauses(const Clause (&list)[size]) {
  return std::to_array(list);
}

/// The same list for a page whose table lacks the code.
template <std::size_t size>
constexpr std::array<Clause, size> outside_table(std::array<Clause, size> list, Code code) {
  for (Clause& clause : list) {
    if (clause.code != code || clause.basis != Basis::table) continue;
    clause.basis = Basis::silent;
    if (clause.reason.empty()) clause.reason = "not in this page's table, but in those of its neighbours";
  }
  return list;
}

/// The same list for a page that confines the code to later releases.
template <std::size_t size>
constexpr std::array<Clause, size> since_release(std::array<Clause, size> list, Code code, spec::Release since) {
  for (Clause& clause : list)
    if (clause.code == code) clause.since = since;
  return list;
}

constexpr Holds must_if(bool condition) { return condition ? Holds::must : Holds::no; }
constexpr Holds may_if(bool condition) { return condition ? Holds::may : Holds::no; }

}  // namespace esentcheck::model
