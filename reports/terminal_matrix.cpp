// The matrix function x documented code, and why some of its cells are not reached.
#include <fmt/format.h>

#include <algorithm>

#include "reports/groups.hpp"
#include "reports/names.hpp"
#include "reports/terminal_parts.hpp"
#include "reports/text.hpp"

namespace esentcheck::reports {
namespace {

/// A code as the matrix shows it: nearly all start with JET_err, which would be a third of the page.
std::string_view short_code(std::string_view code) {
  constexpr std::string_view prefix = "JET_err";
  return code.size() > prefix.size() && code.substr(0, prefix.size()) == prefix ? code.substr(prefix.size()) : code;
}

using CellGroups = Groups<const Cell*>;

void write_legend(Page& page) {
  page.to(indent);
  for (const CellStatus status :
       {CellStatus::reached, CellStatus::deviates, CellStatus::unreachable, CellStatus::not_tried}) {
    page.put(mark(page.signs(), status), ink(status)).to(page.column() + 1);
    page.put(status == CellStatus::not_tried ? "not tried" : name(status), Ink::dim).to(page.column() + gap + 1);
  }
  page.end().to(indent).put("Codes are written without their JET_err.", Ink::dim).end();
}

/// As many columns as fit, filled from top to bottom like a directory listing: codes stay in page order that
/// way, and the eye runs down them.
void write_codes(Page& page, const std::vector<const Cell*>& cells, std::size_t wide) {
  constexpr std::size_t left = indent + 2;
  const std::size_t fit = (page.width() - left + gap) / (wide + gap);
  const std::size_t across = std::max<std::size_t>(1, fit);
  const std::size_t down = (cells.size() + across - 1) / across;
  for (std::size_t row = 0; row < down; ++row) {
    for (std::size_t at = row; at < cells.size(); at += down) {
      const Cell& cell = *cells[at];
      page.to(left + (at / down) * (wide + gap)).put(mark(page.signs(), cell.status), ink(cell.status));
      page.to(page.column() + 1);
      page.put(short_code(cell.code), cell.status == CellStatus::reached ? Ink::plain : ink(cell.status));
    }
    page.end();
  }
}

void write_function(Page& page, const std::string& function, const std::vector<const Cell*>& cells, std::size_t wide) {
  CellCounts counts;
  for (const Cell* cell : cells) counts.add(cell->status);
  const std::string total = summary(counts);
  const std::size_t right = page.width() > columns(total) + 1 ? page.width() - columns(total) - 1 : 0;
  page.end().to(indent).put(function, Ink::bold).to(page.column() + 1).rule(right).to(page.column() + 1);
  page.put(total, counts.reached == counts.total() ? Ink::good : Ink::plain).end();
  write_codes(page, cells, wide);
}

}  // namespace

std::string summary(const CellCounts& counts) {
  std::string text = fmt::format("{} of {} reached", grouped(counts.reached), grouped(counts.total()));
  if (counts.deviates != 0) {
    text += fmt::format(", {} {}", grouped(counts.deviates), counts.deviates == 1 ? "deviates" : "deviate");
  }
  if (counts.unreachable != 0) text += fmt::format(", {} unreachable", grouped(counts.unreachable));
  if (counts.not_tried != 0) text += fmt::format(", {} not tried", grouped(counts.not_tried));
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

void write_matrix(Page& page, const std::vector<Cell>& cells) {
  page.heading("Functions and their documented codes");
  if (cells.empty()) {
    page.to(indent).put("No function was asked about.", Ink::doubtful).end();
    return;
  }
  write_legend(page);
  CellGroups functions;
  std::size_t wide = 0;
  for (const Cell& cell : cells) {
    functions.add(cell.function, &cell);
    wide = std::max(wide, 2 + columns(short_code(cell.code)));  // mark, space, code
  }
  for (const auto& [function, its_cells] : functions) write_function(page, function, its_cells, wide);
}

void write_reasons(Page& page, const std::vector<Cell>& cells, CellStatus status, std::string_view title,
                   const std::string& otherwise) {
  CellGroups reasons;
  std::size_t wide = 0;
  for (const Cell& cell : cells) {
    if (cell.status != status) continue;
    reasons.add(cell.reason.empty() ? otherwise : cell.reason, &cell);
    wide = std::max(wide, columns(cell.function));
  }
  if (reasons.empty()) return;
  page.heading(title);
  for (const auto& [reason, its_cells] : reasons) {
    page.to(indent).put(mark(page.signs(), status), ink(status)).to(page.column() + 1).prose(reason);
    Groups<std::string> functions;
    for (const Cell* cell : its_cells) functions.add(cell->function, std::string(short_code(cell->code)));
    for (const auto& [function, codes] : functions) {
      page.to(indent + 2).put(function, Ink::dim).to(indent + 2 + wide + gap).prose(joined(codes), Ink::dim);
    }
  }
}

}  // namespace esentcheck::reports
