#include "harness/scenario/builder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/scenario/names.hpp"
#include "harness/scenario/reader.hpp"

namespace esentcheck::scenario {

using plan::StepKind;
using plan::Until;

plan::Variable Builder::variable(const YAML::Node& at, const std::string& name) {
  const auto found = variables_.find(name);
  if (found != variables_.end()) return found->second;
  if (plan().variables.size() == plan::no_variable) {
    source_.complain(at, fmt::format("a scenario has at most {} variables", plan::no_variable));
    return 0;
  }
  const auto index = static_cast<plan::Variable>(plan().variables.size());
  variables_.emplace(name, index);
  plan().variables.push_back(name);
  written_.push_back(false);
  return index;
}

void Builder::declare(const YAML::Node& at, const std::string& name) {
  if (variables_.count(name) != 0) source_.complain(at, fmt::format("variables names \"{}\" twice", name));
  writing(at, name);
}

plan::Variable Builder::reading(const YAML::Node& at, const std::string& name) {
  const auto found = variables_.find(name);
  if (found != variables_.end() && written_[found->second]) return found->second;
  constexpr std::size_t most_candidates = 1000;
  std::vector<std::string_view> candidates;
  for (std::size_t i = 0; i < std::min(written_.size(), most_candidates); ++i)
    if (written_[i]) candidates.push_back(plan().variables[i]);
  source_.complain(at,
                   fmt::format("\"{}\" is read before any step writes it{}", name, hint(nearest(name, candidates))));
  return 0;
}

plan::Variable Builder::writing(const YAML::Node& at, const std::string& name) {
  const plan::Variable index = variable(at, name);
  if (index < written_.size()) written_[index] = true;
  return index;
}

plan::Thread Builder::thread(const YAML::Node& at, const std::string& name) {
  auto& threads = plan().threads;
  const auto found = std::find(threads.begin(), threads.end(), name);
  if (found != threads.end()) return static_cast<plan::Thread>(found - threads.begin());
  constexpr std::size_t most_threads = 64;
  if (threads.size() == most_threads) {
    source_.complain(at, fmt::format("a scenario has at most {} threads", most_threads));
    return 0;
  }
  threads.push_back(name);
  return static_cast<plan::Thread>(threads.size() - 1);
}

void Builder::add_directory(const std::string& name) {
  auto& directories = plan().directories;
  if (std::find(directories.begin(), directories.end(), name) == directories.end()) directories.push_back(name);
}

void Builder::add(const YAML::Node& at, const plan::Step& step, Expectation expectation) {
  if (plan().steps.size() >= allowance_) {
    source_.complain(at, fmt::format("a file expands to at most {} steps, all examples together", most_steps));
    return;
  }
  if (!plan().steps.empty() && plan().steps.back().fault.cuts_power() && step.kind != StepKind::restart)
    source_.complain(at, "behind a power cut comes a restart");
  follow(at, step);
  expectation.line = line_of(at);
  expectation.column = column_of(at);
  plan().steps.push_back(step);
  scenario_.expectations.push_back(std::move(expectation));
}

void Builder::follow(const YAML::Node& at, const plan::Step& step) {
  if (step.kind == StepKind::restart) return activities_.clear();
  if (step.kind == StepKind::file) return;
  Activity& activity = activities_[step.thread];
  const std::string& name = plan().threads[step.thread];
  if (step.kind == StepKind::finish) {
    if (activity.until == Until::returned) {
      std::vector<std::string_view> busy;
      for (const auto& [thread, what] : activities_)
        if (what.until != Until::returned) busy.push_back(plan().threads[thread]);
      source_.complain(at, fmt::format("thread {} has no call to finish{}", name, hint(nearest(name, busy))));
    }
    activity = {};
  } else if (activity.until == Until::blocked) {
    source_.complain(
        at, fmt::format("thread {} is still blocked in the call of line {}; finish it first", name, activity.line));
  } else if (activity.until == Until::callback) {
    if (step.until != Until::returned)
      source_.complain(at, fmt::format("thread {} is inside the callback of line {}, where a call must return", name,
                                       activity.line));
  } else {
    activity = {step.until, line_of(at)};
  }
}

}  // namespace esentcheck::scenario
