// The report for programs. `report.schema.json` beside this header says what is in it, and is installed with
// it.
#pragma once

#include <string>

#include "reports/result.hpp"

namespace esentcheck::reports {

/// Keys in a fixed order, two spaces of indentation, a line feed at the end. The date is on a line of its
/// own, and only that line differs between two equal runs. Bytes that are not UTF-8 become U+FFFD; nothing
/// else is changed.
[[nodiscard]] std::string json(const Result& result);

}  // namespace esentcheck::reports
