// A scenario: one claim about the specification, as calls with what they are expected to answer. This is what a file of
// scenarios/ becomes when it is read, once per example; everything about YAML ends here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/subject/subject.hpp"
#include "model/profile.hpp"

namespace esentcheck::scenario {

/// The version of the format that is read and written.
inline constexpr int format_version = 1;

/// What a call hands out behind its out-pointer: a number, or a string.
using Given = std::variant<std::uint64_t, std::string>;

/// What one step is expected to do.
struct Expectation {
  /// The codes that are right. Empty when any code is, and for a step that returns no code: one that must get into a
  /// callback or block, a restart and a file.
  std::vector<spec::Code> codes;
  bool any = false;
  /// Make the call again and again with the 1st, 2nd, 3rd … allocation refused (the step's faults say 1) until one
  /// succeeds with none refused. Each refused attempt answers one of `codes`.
  bool sweep = false;
  std::optional<Given> gives;
  int line = 0;  ///< of the step in its file, from 1; 0: made by a program
  int column = 0;
};

struct Scenario {
  std::string file;     ///< as the caller named it
  std::string example;  ///< "limit=17"; empty without examples
  std::string claim;
  std::vector<std::string> proves;  ///< ids of clauses
  std::string page;                 ///< of the documentation; may be empty
  std::string why;                  ///< may be empty
  std::vector<model::Reading> profiles{model::Reading::documented, model::Reading::engine, model::Reading::engine_fast};
  subject::Capabilities needs;  ///< what the steps show, and what the file adds to it
  plan::Plan plan;
  std::vector<Expectation> expectations;  ///< one for each of plan.steps
};

}  // namespace esentcheck::scenario
