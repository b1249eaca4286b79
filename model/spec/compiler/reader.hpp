// From YAML text to Documentation: the shape of each row. What rows say about each other is the checker's
// business.
#pragma once

#include <string>

#include "model/spec/compiler/complaints.hpp"
#include "model/spec/compiler/documentation.hpp"

namespace esentcheck::spec::compiler {

struct InputFiles {
  std::string functions;
  std::string codes;
  std::string parameters;
  std::string bits;
};

Documentation read(const InputFiles&, Complaints&);

}  // namespace esentcheck::spec::compiler
