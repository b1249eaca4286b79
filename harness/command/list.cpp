// list: what the program knows, one name a line, ready for grep.
#include <fmt/format.h>

#include "harness/check/suite.hpp"
#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"
#include "model/step.hpp"

namespace esentcheck::command {
namespace {

void list_functions() {
  for (const spec::FunctionRow& row : spec::functions())
    fmt::print("{:<28} {:<10} {:>2} codes  {}\n", row.name, row.tier, row.codes.size(),
               model::is_modelled(row.function) ? "modelled" : "documentation only");
}

void list_clauses() {
  for (const spec::FunctionRow& row : spec::functions()) {
    for (const auto list : {model::clauses_of(row.function), model::end_clauses_of(row.function)})
      for (const model::Clause& clause : list) fmt::print("{}\n", model::id_of(row.function, clause));
  }
}

void list_codes() {
  for (const spec::CodeRow& row : spec::codes())
    fmt::print("{:>6}  {:<50} {}\n", static_cast<int>(row.code), row.name, row.meaning);
}

ExitStatus list_scenarios(const ListOptions& options) {
  const auto files = check::read_suite(options.scenarios);
  if (!files) return complain(files.error(), ExitStatus::bad_input);
  for (const check::ScenarioFile& file : *files) {
    if (!file.scenarios) return complain(file.scenarios.error(), ExitStatus::bad_input);
    fmt::print("{:<80} {}\n", file.name, file.scenarios->front().claim);
  }
  return ExitStatus::conforms;
}

}  // namespace

ExitStatus list(const ListOptions& options) {
  if (options.what == "scenarios") return list_scenarios(options);
  if (options.what == "functions") list_functions();
  if (options.what == "clauses") list_clauses();
  if (options.what == "codes") list_codes();
  return ExitStatus::conforms;
}

}  // namespace esentcheck::command
