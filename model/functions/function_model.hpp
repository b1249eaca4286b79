// What the model knows about one function. Each file of this folder defines those of one theme, and step.cpp
// puts them into one table.
#pragma once

#include <cstdint>
#include <span>

#include "model/clause.hpp"
#include "model/functions/context.hpp"

namespace esentcheck::model {

using Evaluate = OutcomeSet (*)(const World&, const Call&, const Profile&);

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

std::span<const FunctionModel> instance_functions();
std::span<const FunctionModel> init_functions();
std::span<const FunctionModel> term_functions();
std::span<const FunctionModel> service_functions();
std::span<const FunctionModel> parameter_functions();
std::span<const FunctionModel> session_functions();
std::span<const FunctionModel> context_functions();
std::span<const FunctionModel> transaction_functions();
std::span<const FunctionModel> backup_functions();
std::span<const FunctionModel> restore_functions();
std::span<const FunctionModel> stop_backup_functions();
std::span<const FunctionModel> attaching_functions();
std::span<const FunctionModel> detaching_functions();
std::span<const FunctionModel> opening_functions();
std::span<const FunctionModel> session_parameter_functions();
std::span<const FunctionModel> information_functions();
std::span<const FunctionModel> idle_functions();

}  // namespace esentcheck::model
