// A clause: one sentence of a function's page as code. "When this holds, the function may return that."
//
// A function is a list of clauses in the order in which the real engine checks them, ending with the clause
// of its success. The documented reading ignores the order, since no page states one: it allows every clause
// that holds, and success when none holds that excludes it. The engine reading takes the first.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "model/call.hpp"
#include "model/profile.hpp"
#include "model/world.hpp"

namespace esentcheck::model {

/// What a guard says about a call.
enum class Holds : std::uint8_t {
  no,    ///< the clause does not apply
  may,   ///< it may apply; the page leaves it open, or it depends on what cannot be seen (does the call
         ///< allocate?)
  must,  ///< it applies: success is excluded
};

/// A call with what its arguments denote looked up once.
struct Context {
  const World& world;
  const Call& call;
  const Profile& profile;
  const Instance* instance;  ///< addressed by the call, or of its session; nullptr when there is none
  const Session* session;    ///< nullptr when the session argument denotes no live session, or there is none
};

/// What an outcome puts into the world and hands out.
struct Produced {
  Handle handle;  ///< a new session, instance or open, or what an inout handle holds afterwards
  bool has_number = false;
  bool has_value = false;
  bool has_text = false;
  std::uint16_t value_at = 0;  ///< where in the caller's memory the value stands
  std::uint64_t number = 0;    ///< a documented number behind the out-pointer of its own
  std::uint64_t value = 0;     ///< one in the memory that the caller gave for the result
  std::string text;
};

using Guard = Holds (*)(const Context&);
using Effect = void (*)(World&, const Call&, Produced&);

/// How a call ends that a clause speaks of. Where it does not come back the call is undefined: that an engine ended
/// there is on record, and nobody is asked to do the same.
enum class Ending : std::uint8_t {
  returns,
  crashes,  ///< the call ends the process
  hangs,    ///< the call does not come back
};

/// Where a clause comes from.
enum class Basis : std::uint8_t {
  table,   ///< the page's return-code table
  prose,   ///< the page's text
  rule,    ///< a rule for all pages (any function may return codes that its page does not list)
  silent,  ///< no page says; the model allows it, and the reason says why
  engine,  ///< no page says; the real engine does it
};

inline constexpr std::uint8_t documented_only = static_cast<std::uint8_t>(Reading::documented);
inline constexpr std::uint8_t validating_only = static_cast<std::uint8_t>(Reading::engine);
inline constexpr std::uint8_t fast_only = static_cast<std::uint8_t>(Reading::engine_fast);
inline constexpr std::uint8_t engine_only = validating_only | fast_only;
inline constexpr std::uint8_t all_readings = documented_only | engine_only;

struct Clause {
  Code code;
  Guard guard;
  std::uint8_t readings = all_readings;
  Basis basis = Basis::table;
  spec::Release since = spec::Release::windows_2000;
  std::string_view name = {};       ///< tells two clauses of one code apart; part of the id
  std::string_view reason = {};     ///< why it is not as the page reads, or why it exists beside the page
  Effect effect = nullptr;          ///< what the outcome changes; none: nothing
  bool code_of_callback = false;    ///< the code is not `code` but what the caller's status callback returns
  Ending ending = Ending::returns;  ///< where it is another, `code` has no meaning
};

/// The guard of a code that a page lists and no world of this model can show: nothing in it corresponds to the page's
/// condition. The clause stands all the same, so that the pair is not forgotten, and its reason says what is missing.
inline Holds never(const Context&) { return Holds::no; }
inline bool can_hold(const Clause& clause) { return clause.guard != never; }

/// One thing that a call may do. Not initialised by default, so that a set of them costs nothing to make.
struct Outcome {
  const Clause* clause;
  Code code;  ///< the clause's, or the one that the caller's own status callback returned
};

/// The outcomes that a call may have, never empty. Holds its elements inside, allocates nothing.
class OutcomeSet {
 public:
  OutcomeSet() = default;
  explicit OutcomeSet(const Clause& only) : count_(1) { outcomes_[0] = {&only, only.code}; }

  void add(const Clause& clause) { add(clause, clause.code); }
  void add(const Clause& clause, Code code) {
    if (count_ < outcomes_.size()) outcomes_[count_++] = {&clause, code};
  }
  std::span<const Outcome> all() const { return {outcomes_.data(), count_}; }
  std::size_t size() const { return count_; }
  const Outcome& front() const { return outcomes_[0]; }
  /// The first outcome that returns that code, or nullptr.
  const Outcome* find(Code code) const {
    for (const Outcome& outcome : all())
      if (outcome.code == code && outcome.clause->ending == Ending::returns) return &outcome;
    return nullptr;
  }

 private:
  std::array<Outcome, 40> outcomes_;
  std::uint32_t count_ = 0;
};

}  // namespace esentcheck::model
