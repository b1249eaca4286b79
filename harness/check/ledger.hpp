// The ledger: for every (function, documented code) pair of the modelled functions, what became of it in this run.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "harness/check/play.hpp"
#include "model/clause.hpp"
#include "model/profile.hpp"
#include "reports/result.hpp"

namespace esentcheck::check {

class Ledger {
 public:
  explicit Ledger(const model::Profile& profile) : profile_(profile) {}

  /// A scenario that proves a pair reached it, or a generated sequence did. `by` names it in the report.
  void reached(model::Function, model::Code, std::string_view by);
  /// A scenario that proves a pair, or a call of that function, got something that the model does not allow.
  void deviated(model::Function, model::Code, std::string_view by);
  /// A scenario that would prove a pair could not, or the subject gave another answer that is allowed as well.
  void withheld(model::Function, model::Code, std::string_view reason);

  /// One cell for each pair, in page order.
  std::vector<reports::Cell> cells() const;

 private:
  struct Entry {
    std::vector<std::string> by;
    std::vector<std::string> deviations;
    std::string reason;
  };
  using Pair = std::pair<model::Function, model::Code>;

  /// Why the pair was not reached, where that is in order; empty: nobody tried.
  std::string why_not(const model::Clause*, const spec::DocumentedCode&, const Entry&) const;
  reports::Cell cell(const spec::FunctionRow&, const spec::DocumentedCode&) const;

  model::Profile profile_;
  std::map<Pair, Entry> entries_;
};

/// What reports call a sequence that no file holds.
inline constexpr std::string_view generated = "generated";

}  // namespace esentcheck::check
