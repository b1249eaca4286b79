// explain: what the documentation and the model hold on a function, a code, a parameter or a clause.
#include <fmt/format.h>

#include <string>

#include "harness/command/commands.hpp"
#include "harness/command/explain_apart.hpp"
#include "harness/command/judging.hpp"
#include "model/spec/edit_distance.hpp"
#include "model/step.hpp"

namespace esentcheck::command {
namespace {

std::string_view name_of(model::Basis basis) {
  switch (basis) {
    case model::Basis::table: return "the page's table";
    case model::Basis::prose: return "the page's text";
    case model::Basis::rule: return "the rule that any function may return codes its page does not list";
    case model::Basis::silent: return "no page: it is left open";
    case model::Basis::engine: return "the real engine";
  }
  return {};
}

std::string readings_of(const model::Clause& clause) {
  std::string names;
  for (const auto reading : {model::Reading::documented, model::Reading::engine, model::Reading::engine_fast}) {
    if ((clause.readings & static_cast<std::uint8_t>(reading)) == 0) continue;
    names += names.empty() ? "" : ", ";
    names += model::name_of(reading);
  }
  return names;
}

const spec::DocumentedCode* documented(const spec::FunctionRow& row, model::Code code) {
  for (const spec::DocumentedCode& documented : row.codes)
    if (documented.code == code) return &documented;
  return nullptr;
}

void explain_clause(const spec::FunctionRow& row, const model::Clause& clause) {
  fmt::print("{}\n", model::id_of(row.function, clause));
  if (const spec::DocumentedCode* page = documented(row, clause.code)) fmt::print("    page     {}\n", page->when);
  fmt::print("    rests on {}\n    profiles {}\n", name_of(clause.basis), readings_of(clause));
  if (clause.since != spec::Release::windows_2000) fmt::print("    since    {}\n", spec::name_of(clause.since));
  if (!clause.reason.empty()) fmt::print("    note     {}\n", clause.reason);
}

void explain_function(const spec::FunctionRow& row) {
  fmt::print("{}  ({}, {}, from {} on)\n", row.name, row.page, row.group, spec::name_of(row.introduced_in));
  fmt::print("\n  arguments\n");
  for (const spec::ArgumentRow& argument : row.arguments)
    fmt::print("    {:<18} {}{}\n", argument.name, argument.c_type, argument.optional ? ", optional" : "");
  fmt::print("\n  on success  {}\n  on failure  {}\n\n  codes of the page\n", row.on_success, row.on_failure);
  for (const spec::DocumentedCode& code : row.codes)
    fmt::print("    {:<42} {}{}\n", spec::row(code.code)->name, code.when, code.in_table ? "" : " (outside the table)");
  if (!row.remarks.empty()) fmt::print("\n  remarks\n");
  for (const std::string_view remark : row.remarks) fmt::print("    - {}\n", remark);
  if (!model::is_modelled(row.function)) {
    fmt::print("\n  The model has no clauses for it yet.\n");
    return;
  }
  fmt::print("\n  clauses, in the order in which the engine checks\n");
  for (const auto list : {model::clauses_of(row.function), model::end_clauses_of(row.function)})
    for (const model::Clause& clause : list)
      fmt::print("    {:<58} {}\n", model::id_of(row.function, clause), readings_of(clause));
}

void explain_code(const spec::CodeRow& row) {
  fmt::print("{} = {}\n  {}\n\n  returned by\n", row.name, static_cast<int>(row.code), row.meaning);
  for (const spec::FunctionRow& function : spec::functions())
    if (const spec::DocumentedCode* code = documented(function, row.code))
      fmt::print("    {:<28} {}\n", function.name, code->when);
}

void explain_parameter(const spec::ParameterRow& row) {
  fmt::print("{} = {}  ({})\n", row.name, static_cast<unsigned>(row.parameter), row.page);
  if (row.default_number) fmt::print("  default  {}\n", *row.default_number);
  if (!row.default_text.empty()) fmt::print("  default  {}\n", row.default_text);
  fmt::print("  range    {} to {}\n", row.minimum, row.maximum);
  fmt::print("  may be set while an instance exists: {}, while it runs: {}\n", row.settable_after_create ? "yes" : "no",
             row.settable_after_init ? "yes" : "no");
  if (!row.note.empty()) fmt::print("  note     {}\n", row.note);
}

/// The clause whose id is nearest, or nothing when none is near enough to be meant.
std::string nearest_clause(const std::string& misspelt) {
  std::string nearest;
  std::size_t least = misspelt.size() / 4 + 1;
  for (const spec::FunctionRow& row : spec::functions()) {
    for (const auto list : {model::clauses_of(row.function), model::end_clauses_of(row.function)}) {
      for (const model::Clause& clause : list) {
        std::string id = model::id_of(row.function, clause);
        const std::size_t distance = spec::edit_distance(misspelt, id);
        if (distance >= least) continue;
        least = distance;
        nearest = std::move(id);
      }
    }
  }
  return nearest;
}

Diagnostic unknown(const std::string& name) {
  std::string near = name.find('/') != std::string::npos ? nearest_clause(name) : std::string();
  if (near.empty()) near = spec::nearest_function(name);
  if (near.empty()) near = spec::nearest_code(name);
  if (near.empty()) near = spec::nearest_parameter(name);
  return {"explain", fmt::format("no function, code, parameter or clause is called \"{}\"{}", name,
                                 near.empty() ? "" : fmt::format("; did you mean {}?", near))};
}

}  // namespace

ExitStatus explain(const ExplainOptions& options) {
  if (!options.other.empty() || is_profile(options.name)) return explain_apart(options);
  if (const auto function = spec::function_named(options.name))
    explain_function(spec::row(*function));
  else if (const auto code = spec::code_named(options.name))
    explain_code(*spec::row(*code));
  else if (const auto parameter = spec::parameter_named(options.name))
    explain_parameter(*spec::row(*parameter));
  else if (const model::Clause* clause = model::clause_named(options.name))
    explain_clause(spec::row(*model::function_of_clause(options.name)), *clause);
  else
    return complain(unknown(options.name), ExitStatus::bad_input);
  return ExitStatus::conforms;
}

}  // namespace esentcheck::command
