// The larger parts of the page for people, each in a file of its own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/page.hpp"
#include "reports/verdict.hpp"

namespace esentcheck::reports {

/// "9 of 9 reached", followed by what the rest is.
std::string summary(const CellCounts& counts);

/// "one, two, three"
std::string joined(const std::vector<std::string>& words);

void write_matrix(Page& page, const std::vector<Cell>& cells);

/// Each reason once, and below it the cells that share it; `otherwise` for those that give none.
void write_reasons(Page& page, const std::vector<Cell>& cells, CellStatus status, std::string_view title,
                   const std::string& otherwise);

void write_findings(Page& page, const std::vector<Finding>& findings);

}  // namespace esentcheck::reports
