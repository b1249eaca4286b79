#include "harness/scenario/names.hpp"

#include <gtest/gtest.h>

#include "harness/scenario/yaml.hpp"

namespace esentcheck::scenario {
namespace {

constexpr std::array<std::string_view, 3> words{"memory", "write", "sync"};

TEST(Nearest, IsTheWordWithFewestMistakes) {
  EXPECT_EQ(nearest("memry", words), "memory");
  EXPECT_EQ(nearest("SYNC", words), "sync");
  EXPECT_EQ(nearest("wirte", words), "write");
}

TEST(Nearest, IsNothingWhenAllAreFar) {
  EXPECT_EQ(nearest("thunder", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), "");
}

TEST(VariableName, StartsWithALetter) {
  for (const std::string_view name : {"s", "S_1", "_", "session1"}) EXPECT_TRUE(is_variable_name(name, false)) << name;
  for (const std::string_view name : {"", "1", "a-b", "a b", "nil", "null", "t#", "ä"})
    EXPECT_FALSE(is_variable_name(name, false)) << name;
  EXPECT_TRUE(is_variable_name("t#", true));
  EXPECT_FALSE(is_variable_name(std::string(65, 'a'), false));
}

TEST(Number, IsDecimalOrHexadecimal) {
  EXPECT_EQ(parse_number("0")->value, 0U);
  EXPECT_EQ(parse_number("0xff")->value, 255U);
  EXPECT_EQ(parse_number("18446744073709551615")->value, ~std::uint64_t{0});
  EXPECT_EQ(parse_number("-9223372036854775808")->value, std::uint64_t{1} << 63);
  EXPECT_TRUE(parse_number("-1")->negative);
  EXPECT_FALSE(parse_number("-0")->negative);
  for (const std::string_view text : {"", "-", "--1", "0x", "1x", "+1", " 1", "1.0", "18446744073709551616",
                                      "-9223372036854775809", "0x10000000000000000"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Enumeration, ReadsAsASentence) {
  EXPECT_EQ(enumerate(words), "memory, write and sync");
  EXPECT_EQ(enumerate(std::span(words).first(1)), "memory");
}

}  // namespace
}  // namespace esentcheck::scenario
