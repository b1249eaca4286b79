// The text of a code, as JET_paramErrorToString shows it: "name,meaning".
#pragma once

#include <string>

#include "esent.h"

namespace esent {

std::string error_text(JET_ERR code);
// Whether the code is one of the interface.
bool is_known_error(JET_ERR code) noexcept;

}  // namespace esent
