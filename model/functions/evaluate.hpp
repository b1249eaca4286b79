// How a list of clauses becomes a set of outcomes. The list is a compile-time constant, so the guards are
// inlined one behind the other, once for each reading, and a step costs a few nanoseconds: the interpreter is a
// table only in the source.
#pragma once

#include <array>
#include <cstddef>
#include <utility>

#include "model/clause.hpp"
#include "model/functions/context.hpp"

namespace esentcheck::model {

/// Whether any clause but the last could hold in that reading. Most calls have nothing wrong with them, and asked like
/// this, without a result to note in between, guards that look at the same things share the looking.
template <const auto& clauses, Reading reading>
[[gnu::always_inline]] inline bool anything_holds(const Context& context) {
  const auto holds = [&]<std::size_t position>() {
    constexpr const Clause& clause = clauses[position];
    if constexpr ((clause.readings & static_cast<std::uint8_t>(reading)) == 0)
      return false;
    else
      return clause.guard(context) != Holds::no;
  };
  return [&]<std::size_t... positions>(std::index_sequence<positions...>) {
    return (holds.template operator()<positions>() || ...);
  }
  (std::make_index_sequence<clauses.size() - 1>{});
}

/// Every clause, one behind the other.
template <Addressing addressing, const auto& clauses, Reading reading>
[[gnu::noinline]] OutcomeSet evaluate_all(const World& world, const Call& call, const Profile& profile) {
  if (profile.reading != reading) std::unreachable();
  const Context context = context_of(world, call, profile, addressing);
  OutcomeSet outcomes;
  constexpr std::size_t last = clauses.size() - 1;
  constexpr bool first_wins = reading != Reading::documented;
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
    if constexpr ((clause.readings & static_cast<std::uint8_t>(reading)) != 0) {
      if (clause.since > context.profile.release) return true;
      const Holds holds = clause.guard(context);
      if (holds == Holds::no) return true;
      add(clause);
      if (holds == Holds::must) success_excluded = true;
    }
    return !(success_excluded && first_wins);
  };
  [&]<std::size_t... positions>(std::index_sequence<positions...>) {
    (void)(consider.template operator()<positions>() && ...);
  }
  (std::make_index_sequence<last>{});

  if (!success_excluded) outcomes.add(clauses[last]);
  return outcomes;
}

template <Addressing addressing, const auto& clauses, Reading reading>
[[gnu::flatten]] OutcomeSet evaluate_as(const World& world, const Call& call, const Profile& profile) {
  if (profile.reading != reading) std::unreachable();  // so that guards that ask need not look
  // The context goes no further than this, so that it stays in registers.
  if (anything_holds<clauses, reading>(context_of(world, call, profile, addressing)))
    return evaluate_all<addressing, clauses, reading>(world, call, profile);
  return OutcomeSet(clauses.back());
}

/// Lists end with the clause of success; whatever stands before it is a reason for something else.
template <Addressing addressing, const auto& clauses>
OutcomeSet evaluate(const World& world, const Call& call, const Profile& profile) {
  switch (profile.reading) {
    case Reading::documented: break;
    case Reading::engine: return evaluate_as<addressing, clauses, Reading::engine>(world, call, profile);
    case Reading::engine_fast: return evaluate_as<addressing, clauses, Reading::engine_fast>(world, call, profile);
  }
  return evaluate_as<addressing, clauses, Reading::documented>(world, call, profile);
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

/// The part of a list that belongs to some readings.
template <std::size_t size>
constexpr std::array<Clause, size> for_readings(std::array<Clause, size> list, std::uint8_t readings) {
  for (Clause& clause : list) clause.readings &= readings;
  return list;
}

/// The same list with others behind the first of that code.
template <std::size_t size, std::size_t more>
constexpr std::array<Clause, size + more> insert_after(const std::array<Clause, size>& list, Code code,
                                                       const std::array<Clause, more>& others) {
  std::array<Clause, size + more> result{};
  std::size_t position = 0;
  bool inserted = false;
  for (const Clause& clause : list) {
    result[position++] = clause;
    if (inserted || clause.code != code) continue;
    for (const Clause& other : others) result[position++] = other;
    inserted = true;
  }
  return result;
}

/// The same list for a page whose table has none of its codes.
template <std::size_t size>
constexpr std::array<Clause, size> outside_table(std::array<Clause, size> list) {
  for (const Clause& clause : list) list = outside_table(list, clause.code);
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
