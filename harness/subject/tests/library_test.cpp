// The ABI as it is declared here.
#include "harness/subject/library.hpp"

#include <algorithm>
#include <string>

#include "harness/subject/marshalling.hpp"
#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

TEST(Signatures, HaveAsManyArgumentsAsThePages) {
  for (const abi::Signature& signature : abi::signatures) {
    const spec::FunctionRow& row = spec::row(signature.function);
    EXPECT_EQ(signature.arguments, row.arguments.size()) << row.name;
  }
}

TEST(Signatures, HaveOutParametersWhereThePagesHaveThem) {
  using enum spec::ArgumentType;
  for (const abi::Signature& signature : abi::signatures) {
    const spec::FunctionRow& row = spec::row(signature.function);
    for (std::size_t i = 0; i < row.arguments.size(); ++i) {
      const spec::ArgumentType type = row.arguments[i].type;
      const bool is_out = type == instance_out || type == instance_inout || type == session_out ||
                          type == database_out || type == integer_out;
      EXPECT_EQ(signature.out_width[i] != 0, is_out) << row.name << " " << row.arguments[i].name;
      if (row.arguments[i].c_type == "unsigned long*") {
        EXPECT_EQ(signature.out_width[i], 4);
      }
    }
  }
}

TEST(Signatures, StandOncePerFunction) {
  for (const abi::Signature& signature : abi::signatures) {
    EXPECT_EQ(std::ranges::count(abi::signatures, signature.function, &abi::Signature::function), 1);
  }
}

TEST(Library, FindsAFunctionUnderItsNarrowName) {
  const auto library = Library::open(path_of("only_begin_session"));
  ASSERT_TRUE(library);
  EXPECT_NE(library->entry(JetBeginSession).address, nullptr);
  EXPECT_EQ(library->entry(JetInit).address, nullptr);
}

TEST(Garbage, IsFarFromEverythingThatIsGivenOut) {
  EXPECT_EQ(garbage_handle(0), 0x5eed00005ee00000u);
  EXPECT_EQ(garbage_handle(3), 0x5eed00005ee00018u);
}

}  // namespace
}  // namespace esentcheck::subject
