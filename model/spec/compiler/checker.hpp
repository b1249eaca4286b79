// What rows may not say about themselves and each other: names twice, numbers twice, codes and functions that
// no row describes, releases in the wrong order.
#pragma once

#include "model/spec/compiler/complaints.hpp"
#include "model/spec/compiler/documentation.hpp"

namespace esentcheck::spec::compiler {

void check(const Documentation&, Complaints&);

}  // namespace esentcheck::spec::compiler
