// Paths as applications write them.
#pragma once

#include <string>
#include <string_view>

namespace esent {

// Both kinds of slash separate; the empty path is the current folder.
std::string native_path(std::string_view path);

// Characters that no name of a file has on every system.
bool has_forbidden_character(std::string_view path);

}  // namespace esent
