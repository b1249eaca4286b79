// Short ways to read a scenario in a test.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "harness/scenario/reader.hpp"
#include "harness/scenario/writer.hpp"

namespace esentcheck::scenario {

/// Knows two clauses.
inline ClauseCheck two_clauses() {
  return {[](std::string_view id) { return id == "JetDupSession/OutOfSessions" || id == "JetDupSession/Success"; },
          [](std::string_view id) {
            return std::string(id == "JetDupSession/OutOfSesions" ? "JetDupSession/OutOfSessions" : "");
          }};
}

inline std::vector<Scenario> read_all(const std::string& text) {
  auto read = read_scenarios_from(text, "t.yaml", two_clauses());
  if (read) return *read;
  ADD_FAILURE() << read.error().sentence() << "\nin\n" << text;
  return {Scenario{}};
}

inline const std::string head = "format: 1\nclaim: c\nproves: [JetDupSession/OutOfSessions]\n";

/// The scenario with these lines below the head.
inline Scenario read_one(const std::string& lines) { return read_all(head + lines).front(); }

/// Its steps as the writer spells them, without the head.
inline std::string steps_of(const Scenario& scenario) {
  const std::string text = write_scenario(scenario);
  return text.substr(text.find("steps:\n") + 7);
}

inline const plan::Symbol& argument_of(const plan::Step& step, std::string_view name) {
  const auto rows = spec::row(step.function).arguments;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows[i].name == name) return step.arguments[i];
  ADD_FAILURE() << name;
  return step.arguments[0];
}

inline spec::Code code(std::string_view name) { return spec::code_named(name).value(); }

}  // namespace esentcheck::scenario
