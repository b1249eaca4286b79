// From a recorded call to a call as the model takes it.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "harness/trace/candidate.hpp"
#include "harness/trace/trace.hpp"

namespace esentcheck::trace {

/// What each variable holds; those that were never written hold 0.
class Variables {
 public:
  std::uint64_t operator[](const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? 0 : found->second;
  }
  void set(const std::string& name, std::uint64_t value) { values_[name] = value; }

 private:
  std::map<std::string, std::uint64_t> values_;
};

/// The word that stands for a value: of a handle, one that no number of a trace is.
std::uint64_t word_of(const Value&, const Variables&);

/// The elements of a parameter array, for resolve; they must outlive the call.
std::vector<model::ParameterSetting> settings_of(const Call&, const Variables&);

/// Texts are borrowed from the recorded call.
model::Call resolve(const Call&, const Candidate&, const Variables&, const std::vector<model::ParameterSetting>&);

/// The session with which a call is inside the engine: its session argument, also outside the surface.
model::Handle session_of(const Call&, const Candidate&, const Variables&);

}  // namespace esentcheck::trace
