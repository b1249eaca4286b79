// What the model knows about one function. Each file of this folder defines those of one theme, and step.cpp
// puts them into one table.
#pragma once

#include <cstdint>
#include <span>

#include "model/clause.hpp"

namespace esentcheck::model {

/// Where a call names the object whose state its clauses ask for.
enum class Addressing : std::uint8_t {
  process,              ///< nothing: the process itself
  session,              ///< argument 0 is a session
  instance,             ///< argument 0 is an instance
  instance_pointer,     ///< argument 0 points to an instance handle, or is NULL
  session_or_instance,  ///< argument 1 is a session that overrides the instance of argument 0
  only_instance,        ///< the one of single-instance mode
};

using Evaluate = OutcomeSet (*)(const Context&);

struct FunctionModel {
  Function function;
  Addressing addressing;
  Evaluate step;
  std::span<const Clause> clauses;
  // Only for calls with a duration:
  Effect begin = nullptr;
  Evaluate end = nullptr;
  std::span<const Clause> end_clauses = {};
};

/// Looks up what the arguments of the call denote.
Context context_of(const World&, const Call&, const Profile&, Addressing);

std::span<const FunctionModel> instance_functions();
std::span<const FunctionModel> init_functions();
std::span<const FunctionModel> term_functions();
std::span<const FunctionModel> service_functions();
std::span<const FunctionModel> parameter_functions();
std::span<const FunctionModel> session_functions();
std::span<const FunctionModel> context_functions();
std::span<const FunctionModel> transaction_functions();
std::span<const FunctionModel> backup_functions();

}  // namespace esentcheck::model
