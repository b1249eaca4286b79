// From a checked Documentation to C++ text.
#pragma once

#include <string>

#include "model/spec/compiler/documentation.hpp"

namespace esentcheck::spec::compiler {

/// identifiers.hpp: the enumerations, the option bits, the positions of arguments.
std::string identifiers(const Documentation&);

/// tables.cpp: what model/spec/tables.hpp declares.
std::string tables(const Documentation&);

}  // namespace esentcheck::spec::compiler
