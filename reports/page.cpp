#include "reports/page.hpp"

#include <algorithm>
#include <utility>

#include "reports/text.hpp"

namespace esentcheck::reports {
namespace {

constexpr std::size_t least_width = 40;

/// The escape sequence that starts each ink, in the order of the enumeration. The terminal's own sixteen
/// colours, so that the reader's theme decides about shades.
constexpr std::string_view escapes[] = {"", "\x1b[1m", "\x1b[2m", "\x1b[32m", "\x1b[1;31m", "\x1b[33m"};

constexpr Signs unicode_signs{"✓", "✗", "·", "?", "─", "◀ here"};
constexpr Signs ascii_signs{"+", "X", "-", "?", "-", "<- here"};

}  // namespace

std::string_view mark(const Signs& signs, CellStatus status) {
  switch (status) {
    case CellStatus::reached: return signs.reached;
    case CellStatus::deviates: return signs.deviates;
    case CellStatus::unreachable: return signs.unreachable;
    case CellStatus::not_tried: return signs.not_tried;
  }
  return "?";
}

Ink ink(CellStatus status) {
  switch (status) {
    case CellStatus::reached: return Ink::good;
    case CellStatus::deviates: return Ink::bad;
    case CellStatus::unreachable: return Ink::dim;
    case CellStatus::not_tried: return Ink::doubtful;
  }
  return Ink::plain;
}

Ink ink(Verdict verdict) {
  switch (verdict) {
    case Verdict::conforms: return Ink::good;
    case Verdict::deviates: return Ink::bad;
    case Verdict::incomplete: return Ink::doubtful;
  }
  return Ink::plain;
}

Page::Page(TerminalStyle style)
    : colour_(style.colour),
      width_(std::max(least_width, static_cast<std::size_t>(std::max(style.width, 0)))),
      signs_(style.unicode ? unicode_signs : ascii_signs) {}

Page& Page::put(std::string_view text, Ink with) {
  const bool painted = colour_ && with != Ink::plain && !text.empty();
  if (text.empty()) return *this;
  text_.append(pending_, ' ');
  column_ += columns(text);
  pending_ = 0;
  if (painted) text_ += escapes[static_cast<std::size_t>(with)];
  text_ += one_line(text);
  if (painted) text_ += "\x1b[0m";
  return *this;
}

Page& Page::to(std::size_t column) {
  const bool at_text = column_ != 0 && pending_ == 0;
  const std::size_t spaces = column > column_ ? column - column_ : (at_text ? 1 : 0);
  pending_ += spaces;
  column_ += spaces;
  return *this;
}

Page& Page::rule(std::size_t to_column) {
  std::string line;
  for (std::size_t at = column_; at < to_column; ++at) line += signs_.rule;
  return put(line, Ink::dim);
}

Page& Page::prose(std::string_view text, Ink with) {
  const std::size_t left = column_;
  const std::size_t room = width_ > left ? width_ - left : 1;
  for (const std::string& line : wrap(text, room)) to(left).put(line, with).end();
  return *this;
}

Page& Page::end() {
  text_ += '\n';
  pending_ = 0;
  column_ = 0;
  return *this;
}

std::string Page::take() { return std::move(text_); }

}  // namespace esentcheck::reports
