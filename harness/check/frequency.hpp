// How often generated calls met what: the state of the world around a call, the function, and the code that it returned.
// A sum of calls says little about a run, since most calls are alike; the combinations that were met say what it has seen,
// and those that were met seldom say where to look next.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "harness/check/resolve.hpp"
#include "harness/plan/plan.hpp"

namespace esentcheck::check {

/// What a call is about, as far as it decides what the call may do. So few values that a run meets most of them.
class Situation {
 public:
  Situation() = default;
  /// Of a call about that session or instance; any other handle for one that is about the process.
  Situation(const model::World&, const model::Profile&, spec::Function, model::Handle);

  /// "running instance, all sessions, in a transaction, some databases", for people.
  std::string spelled() const;

  std::uint16_t packed() const { return packed_; }
  explicit Situation(std::uint16_t packed) : packed_(packed) {}

  friend bool operator==(Situation, Situation) = default;

 private:
  std::uint16_t packed_ = 0;
};

/// Of the call that the step is about to make. `handle_in(variable, kind)` says what the variable denotes.
template <class HandleIn>
Situation situation_of(const model::World& world, const model::Profile& profile, const plan::Step& step,
                       const HandleIn& handle_in) {
  const model::HandleKind kind = signature_of(step.function).roles[0].handle;
  if (kind == model::HandleKind::zero) return {world, profile, step.function, {}};
  const plan::Symbol& first = step.arguments[0];
  const bool named = first.kind == plan::SymbolKind::value || first.kind == plan::SymbolKind::address;
  return {world, profile, step.function,
          named ? handle_in(static_cast<plan::Variable>(first.number), kind) : literal_handle(first)};
}

class Frequency {
 public:
  struct Line {
    Situation situation;
    spec::Function function{};
    std::int32_t code = 0;
    std::uint64_t calls = 0;
  };

  /// How well one function is known.
  struct Knowledge {
    std::uint32_t met = 0;   ///< combinations of a situation and a code
    std::uint32_t rare = 0;  ///< of these, how many were met at most `seldom` times
  };
  static constexpr std::uint64_t seldom = 3;

  void count(Situation, spec::Function, std::int32_t code);

  std::size_t met() const { return calls_.size(); }
  const Knowledge& of(spec::Function function) const { return known_[static_cast<std::size_t>(function)]; }

  /// Everything that was met, by function, situation and code.
  std::vector<Line> lines() const;

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> calls_;
  std::vector<Knowledge> known_ = std::vector<Knowledge>(spec::function_count);
};

}  // namespace esentcheck::check
