#include "harness/check/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace esentcheck::check {
namespace {

void add_once(std::vector<std::string>& list, std::string_view name) {
  if (std::ranges::find(list, name) == list.end()) list.emplace_back(name);
}

bool reads(const model::Clause& clause, const model::Profile& profile) {
  return (clause.readings & static_cast<std::uint8_t>(profile.reading)) != 0;
}

/// The clause that stands for a pair: the first with that code that can hold under this profile, else the first that the
/// profile reads, else the first of all.
const model::Clause* clause_for(model::Function function, model::Code code, const model::Profile& profile) {
  const model::Clause* read = nullptr;
  const model::Clause* other = nullptr;
  for (const auto list : {model::clauses_of(function), model::end_clauses_of(function)}) {
    for (const model::Clause& clause : list) {
      if (clause.code != code || clause.code_of_callback) continue;
      if (reads(clause, profile) && model::can_hold(clause)) return &clause;
      if (read == nullptr && reads(clause, profile)) read = &clause;
      if (other == nullptr) other = &clause;
    }
  }
  return read != nullptr ? read : other;
}

/// Why this profile can never show the pair; empty when it can.
std::string out_of_reach(const model::Clause* clause, const spec::DocumentedCode& documented,
                         const model::Profile& profile) {
  if (documented.since > profile.release)
    return fmt::format("only from {} on", spec::name_of(documented.since));
  if (clause == nullptr) return "no clause of the model gives it";
  if (!reads(*clause, profile))
    return fmt::format("never under profile {}{}{}", model::name_of(profile.reading),
                       clause->reason.empty() ? "" : ": ", clause->reason);
  if (!model::can_hold(*clause)) return std::string(clause->reason);
  return {};
}

}  // namespace

void Ledger::reached(model::Function function, model::Code code, std::string_view by) {
  add_once(entries_[{function, code}].by, by);
}

void Ledger::deviated(model::Function function, model::Code code, std::string_view by) {
  add_once(entries_[{function, code}].deviations, by);
}

void Ledger::withheld(model::Function function, model::Code code, std::string_view reason) {
  Entry& entry = entries_[{function, code}];
  if (entry.reason.empty()) entry.reason = reason;
}

std::vector<reports::Cell> Ledger::cells() const {
  std::vector<reports::Cell> result;
  for (const spec::FunctionRow& row : spec::functions()) {
    if (!model::is_modelled(row.function)) continue;
    for (const spec::DocumentedCode& documented : row.codes)
      if (documented.in_table) result.push_back(cell(row, documented));
  }
  return result;
}

std::string Ledger::why_not(const model::Clause* clause, const spec::DocumentedCode& documented,
                            const Entry& entry) const {
  if (std::string reason = out_of_reach(clause, documented, profile_); !reason.empty()) return reason;
  return documented.unreachable.empty() ? entry.reason : std::string(documented.unreachable);
}

reports::Cell Ledger::cell(const spec::FunctionRow& row, const spec::DocumentedCode& documented) const {
  const model::Clause* clause = clause_for(row.function, documented.code, profile_);
  reports::Cell cell{.function = std::string(row.name),
                     .code = std::string(spec::row(documented.code)->name),
                     .clause = clause == nullptr ? "" : model::id_of(row.function, *clause)};
  const auto found = entries_.find({row.function, documented.code});
  const Entry entry = found == entries_.end() ? Entry{} : found->second;
  if (!entry.deviations.empty()) {
    cell.status = reports::CellStatus::deviates;
    cell.scenarios = entry.deviations;
  } else if (!entry.by.empty()) {
    cell.status = reports::CellStatus::reached;
    cell.scenarios = entry.by;
  } else if (std::string reason = why_not(clause, documented, entry); !reason.empty()) {
    cell.status = reports::CellStatus::unreachable;
    cell.reason = std::move(reason);
  } else {
    cell.status = reports::CellStatus::not_tried;
    cell.reason = "no scenario proves it";
  }
  std::ranges::sort(cell.scenarios);
  return cell;
}

}  // namespace esentcheck::check
