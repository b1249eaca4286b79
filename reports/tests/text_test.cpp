#include "reports/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace esentcheck::reports {
namespace {

constexpr const char* lost = "\xEF\xBF\xBD";

TEST(Printable, KeepsWhatAPageCanShow) {
  for (const std::string text :
       {"", "plain\tand\nlines", "\xC3\xA4 \xE2\x9C\x93 \xF0\x9F\x99\x82", "\xC2\xA0"}) {
    EXPECT_EQ(printable(text), text);
  }
}

TEST(Printable, ReplacesWhatItCannot) {
  const std::vector<std::string> refused{
      std::string(1, '\0'),
      "\x1b",
      "\r",
      "\x7f",
      "\xC2\x9B",  // controls
      "\xff",
      "\x80",
      "\xC3",
      "\xF0",  // not UTF-8, cut short
      "\xED\xA0\x80",
      "\xEF\xBF\xBE",
      "\xEF\xBF\xBF",
      "\xF4\x90\x80\x80",  // no characters
  };
  for (const std::string& text : refused) EXPECT_EQ(printable(text + "z"), std::string(lost) + "z");
  EXPECT_EQ(printable("\xC0\xAF"), lost + std::string(lost));  // a slash in two bytes
}

TEST(OneLine, HasNoLineFeeds) {
  EXPECT_EQ(one_line("a\nb\tc"), "a b c");
}

TEST(Columns, CountsCharacters) {
  EXPECT_EQ(columns(""), 0U);
  EXPECT_EQ(columns("abc"), 3U);
  EXPECT_EQ(columns("\xE2\x9C\x93 \xC3\xA4"), 3U);
  EXPECT_EQ(columns("a\xff"), columns(printable("a\xff")));
}

TEST(Wrap, BreaksAtSpaces) {
  using Lines = std::vector<std::string>;
  EXPECT_EQ(wrap("", 10), Lines{""});
  EXPECT_EQ(wrap("one two three", 7), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("  one \n two  ", 80), Lines{"one two"});
  EXPECT_EQ(wrap("a /very/long/path b", 6), (Lines{"a", "/very/long/path", "b"}));
  EXPECT_EQ(wrap("\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4", 5), Lines{"\xC3\xA4\xC3\xA4 \xC3\xA4\xC3\xA4"});
}

TEST(Grouped, ByThousands) {
  EXPECT_EQ(grouped(0), "0");
  EXPECT_EQ(grouped(999), "999");
  EXPECT_EQ(grouped(1000), "1,000");
  EXPECT_EQ(grouped(1234567), "1,234,567");
}

}  // namespace
}  // namespace esentcheck::reports
