// How each enumeration's values are spelled in a report, whatever its form. The schema lists the same words.
#pragma once

#include <string_view>

#include "reports/result.hpp"

namespace esentcheck::reports {

// A spelling is part of the report's format: changing one means a new version in `schema`.

[[nodiscard]] std::string_view name(CellStatus status);      ///< "reached", "not-tried", …
[[nodiscard]] std::string_view name(FindingKind kind);       ///< "wrong-code", "usable-handle", …
[[nodiscard]] std::string_view name(ScenarioStatus status);  ///< "passed", …
[[nodiscard]] std::string_view name(Verdict verdict);        ///< "conforms", …

}  // namespace esentcheck::reports
