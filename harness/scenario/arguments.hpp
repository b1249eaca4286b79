// The arguments of a call, spelled by the names of its page.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "harness/scenario/builder.hpp"

namespace esentcheck::scenario {

/// A call before its variables are looked up, since '#' gives them another name in each repetition.
struct CallTemplate {
  struct Reference {
    YAML::Node at;
    std::string name;  ///< may hold '#'
    bool reads;
    bool writes;
    bool hands_out;  ///< the call stores a handle there
  };

  /// A symbol of a variable holds an index into `references` as its number.
  plan::Step step;
  std::vector<Reference> references;
  bool has_out_pointer = false;
  bool has_callback = false;
};

/// `arguments` is the mapping behind the function's name, or nothing.
CallTemplate read_call(Builder& builder, const Field& call);

/// The step of the n-th repetition, from 1: variables looked up, read ones before written ones.
plan::Step repetition(Builder& builder, const CallTemplate& call, std::uint64_t n);

/// A code by its name. Complains about any other spelling, with the right one where it can be told.
spec::Code read_code(Source& source, const YAML::Node& node, std::string_view what);

/// The name with '#' replaced by n.
std::string numbered(std::string_view name, std::uint64_t n);

}  // namespace esentcheck::scenario
