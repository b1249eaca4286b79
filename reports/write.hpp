// The one place in this folder that touches a disk.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "reports/result.hpp"

namespace esentcheck::reports {

/// Writes report.json and junit.xml into `folder`, which is made if it is not there.
///
/// Both are written in full beside their names ("report.json.partial") before either is renamed, so a reader
/// sees an old report or a new one but never half of one, and a full disk leaves the old ones. Not
/// guaranteed: that a power failure loses nothing, or that two runs may share a folder.
///
/// Returns nothing when all is well, else a sentence that names the file and the cause.
[[nodiscard]] std::optional<std::string> write_all(const Result& result, const std::filesystem::path& folder);

}  // namespace esentcheck::reports
