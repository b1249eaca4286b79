// Grows the plan of a scenario step by step, and knows what is true at that point of it: which variables hold
// something, what each thread is doing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "harness/scenario/scenario.hpp"
#include "harness/scenario/yaml.hpp"

namespace esentcheck::scenario {

class Builder {
 public:
  /// `allowance` is the number of steps that are left of the file's allowance.
  Builder(Source& source, Scenario& scenario, std::size_t allowance)
      : source_(source), scenario_(scenario), allowance_(allowance) {}

  Source& source() { return source_; }
  plan::Plan& plan() { return scenario_.plan; }

  /// A variable that may be read although no step writes it: it starts as zero.
  void declare(const YAML::Node& at, const std::string& name);
  /// A variable that the step at hand reads. Complains when it holds nothing yet.
  plan::Variable reading(const YAML::Node& at, const std::string& name);
  /// A variable that the step at hand writes.
  plan::Variable writing(const YAML::Node& at, const std::string& name);

  plan::Thread thread(const YAML::Node& at, const std::string& name);
  void add_directory(const std::string& name);

  /// Appends the step. Complains when its thread cannot make it.
  void add(const YAML::Node& at, const plan::Step& step, Expectation expectation);

 private:
  struct Activity {
    plan::Until until = plan::Until::returned;  ///< returned: idle
    int line = 0;                               ///< of the step that it is in
  };

  plan::Variable variable(const YAML::Node& at, const std::string& name);
  void follow(const YAML::Node& at, const plan::Step& step);

  Source& source_;
  Scenario& scenario_;
  std::size_t allowance_;
  std::unordered_map<std::string, plan::Variable> variables_;
  std::vector<bool> written_;
  std::map<plan::Thread, Activity> activities_;
};

}  // namespace esentcheck::scenario
