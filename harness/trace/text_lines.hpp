// The lines of a file, plain or compressed with xz.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "harness/diagnostic.hpp"

namespace esentcheck::trace {

/// Without their line ends. Whether the file is compressed shows in its first bytes, not in its name.
Result<std::vector<std::string>> lines_of(const std::filesystem::path& file);

}  // namespace esentcheck::trace
