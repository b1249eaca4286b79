#include "engine/text.hpp"

#include <cstdint>

namespace esent {
namespace {

constexpr char32_t replacement = 0xFFFD;

void append_utf8(std::string& out, char32_t c) {
  const auto continuation = [&](unsigned shift) { out += static_cast<char>(0x80 | (c >> shift & 0x3F)); };
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += static_cast<char>(0xC0 | c >> 6);
    continuation(0);
  } else if (c < 0x10000) {
    out += static_cast<char>(0xE0 | c >> 12);
    continuation(6);
    continuation(0);
  } else {
    out += static_cast<char>(0xF0 | c >> 18);
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

// Reads one character and advances; a bad sequence is one replacement for its first byte.
char32_t next_utf8(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t first = byte(at++);
  if (first < 0x80) return first;
  const unsigned extra = first >= 0xF0 && first < 0xF5 ? 3U : first >= 0xE0 ? 2U : first >= 0xC2 ? 1U : 0U;
  if (extra == 0 || first >= 0xF5 || at + extra > text.size()) return replacement;
  char32_t c = first & (0x3FU >> extra);
  for (unsigned i = 0; i < extra; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return replacement;
    c = c << 6 | (byte(at + i) & 0x3FU);
  }
  constexpr char32_t least[] = {0, 0x80, 0x800, 0x10000};
  if (c < least[extra] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) return replacement;
  at += extra;
  return c;
}

}  // namespace

std::optional<std::string> to_utf8(std::u16string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char32_t c = text[i];
    if (c >= 0xD800 && c < 0xE000) {
      if (c >= 0xDC00 || i + 1 == text.size()) return std::nullopt;
      const char32_t low = text[++i];
      if (low < 0xDC00 || low >= 0xE000) return std::nullopt;
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
    }
    append_utf8(out, c);
  }
  return out;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_utf8(text, at);
    if (c < 0x10000) {
      out += static_cast<char16_t>(c);
    } else {
      out += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
      out += static_cast<char16_t>(0xDC00 + ((c - 0x10000) & 0x3FF));
    }
  }
  return out;
}

}  // namespace esent
