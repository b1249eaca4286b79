// Text as a page needs it: nothing unprintable, known widths, broken into lines. Shared by the writers.
//
// Names, messages and traces come from subjects and scenario files, so any byte can be in them. A report
// shows them without letting them steer the terminal or break the XML.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace esentcheck::reports {

/// `text` as valid UTF-8 that XML 1.0 can hold. Each byte that is not UTF-8, each control character but tab
/// and line feed, and each noncharacter U+FFFE and U+FFFF becomes U+FFFD.
[[nodiscard]] std::string printable(std::string_view text);

/// The same on one line: tabs and line feeds become spaces.
[[nodiscard]] std::string one_line(std::string_view text);

/// How many columns `printable(text)` takes: one per character. Wide and combining characters are not told
/// apart; the names of this field have none.
[[nodiscard]] std::size_t columns(std::string_view text);

/// `text` broken at spaces into lines of at most `width` columns. A longer word is kept whole, on a line of
/// its own: half a path is of no use to anybody. At least one line, which may be empty.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t width);

/// "1,234,567"
[[nodiscard]] std::string grouped(std::uint64_t number);

}  // namespace esentcheck::reports
