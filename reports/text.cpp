#include "reports/text.hpp"

#include <algorithm>
#include <array>

namespace esentcheck::reports {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

/// One character at the start of a text: how many bytes it takes, and whether a page can show it.
struct Character {
  std::size_t bytes = 1;
  bool shown = false;
};

/// What a UTF-8 sequence of so many bytes starts with, and the least code point that needs that many.
struct Form {
  std::size_t bytes;
  unsigned mask;
  unsigned lead;
  unsigned least;
};
constexpr std::array<Form, 4> forms{{
    {1, 0x80, 0x00, 0x0},
    {2, 0xE0, 0xC0, 0x80},
    {3, 0xF0, 0xE0, 0x800},
    {4, 0xF8, 0xF0, 0x10000},
}};

bool can_be_shown(unsigned code_point) {
  if (code_point == '\t' || code_point == '\n') return true;
  if (code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0)) return false;  // controls, both sets
  if (code_point >= 0xD800 && code_point < 0xE000) return false;                     // surrogates
  return code_point != 0xFFFE && code_point != 0xFFFF && code_point <= 0x10FFFF;
}

Character first_of(std::string_view text) {
  const auto byte = [text](std::size_t at) {
    return static_cast<unsigned>(static_cast<unsigned char>(text[at]));
  };
  for (const Form& form : forms) {
    if ((byte(0) & form.mask) != form.lead) continue;
    if (text.size() < form.bytes) return {};
    unsigned code_point = byte(0) & ~form.mask;
    for (std::size_t at = 1; at < form.bytes; ++at) {
      if ((byte(at) & 0xC0U) != 0x80U) return {};
      code_point = (code_point << 6U) | (byte(at) & 0x3FU);
    }
    if (code_point < form.least) return {};
    return {form.bytes, can_be_shown(code_point)};
  }
  return {};
}

}  // namespace

std::string printable(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_of(text);
    shown += character.shown ? text.substr(0, character.bytes) : replacement;
    text.remove_prefix(character.bytes);
  }
  return shown;
}

std::string one_line(std::string_view text) {
  std::string line = printable(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\t' || c == '\n'; }, ' ');
  return line;
}

std::size_t columns(std::string_view text) {
  std::size_t characters = 0;
  for (; !text.empty(); ++characters) text.remove_prefix(first_of(text).bytes);
  return characters;
}

std::vector<std::string> wrap(std::string_view text, std::size_t width) {
  const std::string clean = one_line(text);
  std::vector<std::string> lines(1);
  std::size_t used = 0;
  for (std::size_t from = 0; from < clean.size();) {
    const std::size_t to = std::min(clean.find(' ', from), clean.size());
    const std::string_view word = std::string_view(clean).substr(from, to - from);
    from = to + 1;
    if (word.empty()) continue;
    const std::size_t wide = columns(word);
    if (used != 0 && used + 1 + wide > width) {
      lines.emplace_back();
      used = 0;
    }
    if (used != 0) {
      lines.back() += ' ';
      ++used;
    }
    lines.back() += word;
    used += wide;
  }
  return lines;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

}  // namespace esentcheck::reports
