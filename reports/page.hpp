// The page for people as it grows: what it is drawn with, and where the next text starts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "reports/result.hpp"
#include "reports/terminal.hpp"

namespace esentcheck::reports {

inline constexpr std::size_t indent = 2;
inline constexpr std::size_t label_end = 14;  // of the rows at the top and at the bottom
inline constexpr std::size_t gap = 2;         // between columns

enum class Ink : std::uint8_t { plain, bold, dim, good, bad, doubtful };

/// Signs that are drawn in two character sets.
struct Signs {
  std::string_view reached, deviates, unreachable, not_tried, rule, here;
};

std::string_view mark(const Signs& signs, CellStatus status);
Ink ink(CellStatus status);
Ink ink(Verdict verdict);

/// The page as it grows. Keeps the column that the next text starts at, so that callers can align and wrap.
class Page {
 public:
  explicit Page(TerminalStyle style);

  [[nodiscard]] const Signs& signs() const { return signs_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::size_t column() const { return column_; }

  Page& put(std::string_view text, Ink with = Ink::plain);

  /// Goes on at `column`, at least one space after what is there. Spaces at the end of a line are never
  /// written.
  Page& to(std::size_t column);

  Page& rule(std::size_t to_column);

  /// Prose from the current column to the right margin; further lines start at the same column. Ends the
  /// line.
  Page& prose(std::string_view text, Ink with = Ink::plain);

  Page& end();

  Page& heading(std::string_view title) { return end().put(title, Ink::bold).end().end(); }

  [[nodiscard]] std::string take();

 private:
  bool colour_;
  std::size_t width_;
  Signs signs_;
  std::string text_;
  std::size_t pending_ = 0;
  std::size_t column_ = 0;
};

}  // namespace esentcheck::reports
