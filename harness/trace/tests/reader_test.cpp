// Each thing that a trace can say wrong, and its sentence.
#include <gtest/gtest.h>
#include <lzma.h>

#include <filesystem>
#include <fstream>

#include "harness/trace/tests/support.hpp"

namespace esentcheck::trace::testing {
namespace {

struct Wrong {
  std::string line;
  std::string sentence;
};

class ReaderRefuses : public ::testing::TestWithParam<Wrong> {};

TEST_P(ReaderRefuses, WithOneSentence) { EXPECT_EQ(complaint({GetParam().line}), GetParam().sentence); }

INSTANTIATE_TEST_SUITE_P(
    Lines, ReaderRefuses,
    ::testing::Values(
        Wrong{"no json", "t:1:2: this is not JSON: each line must hold one JSON object"},
        Wrong{"[1]", "t:1:1: each line must hold one JSON object"},
        Wrong{R"({"call":"JetGetVersion"})", "t:1:1: the field \"thread\" is missing"},
        Wrong{R"({"thread":"one","call":"JetGetVersion"})",
              "t:1:2: \"one\" is not a thread; threads are T1, T2, … T255"},
        Wrong{R"({"thread":"T1","call":"JetDupSesion"})",
              "t:1:16: no function is called \"JetDupSesion\"; did you mean JetDupSession?"},
        Wrong{R"({"thread":"T1","call":"JetUpdaet"})",
              "t:1:16: no function is called \"JetUpdaet\"; did you mean JetUpdate?"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s"},"code":"JET_errSuccess"})",
              "t:1:39: JetEndSession lacks its argument \"grbit\""},
        Wrong{
            R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0,"more":1},"code":"JET_errSuccess"})",
            "t:1:69: JetEndSession has no argument \"more\""},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":"JET_errSucces"})",
              "t:1:70: no code is called \"JET_errSucces\"; did you mean JET_errSuccess?"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0}})",
              "t:1:1: the field \"code\" is missing, and neither \"crash\" nor \"hang\" stands in its place"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"crash":true,"code":0})",
              "t:1:83: a call that did not return has no code"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":0,"end":2})",
              "t:1:79: an \"end\" needs a \"begin\""},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":0,"begin":2,"end":1})",
              "t:1:89: the call ends before it begins"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":0,"result":1})",
              "t:1:79: a line of this kind has no field \"result\""},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":1.5,"grbit":0},"code":0})",
              "t:1:47: \"sesid\" has a value that no argument can have"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":{"const":"JET_x"},"grbit":0},"code":0})",
              "t:1:47: no constant is called \"JET_x\""},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":0,"out":{"s":"handle"}})",
              "t:1:86: \"handle\" is not an out-value; a handle is written h1, h2, …"},
        Wrong{R"({"thread":"T1","call":"JetEndSession","args":{"sesid":"s","grbit":0},"code":0,"faults":["disk"]})",
              "t:1:79: a fault is \"memory\" or \"log\""},
        Wrong{R"({"engine":"slow","mkdir":{"text":"a"}})",
              "t:1:2: \"slow\" is not an engine; it is \"validating\" or \"fast\""},
        Wrong{R"({"n":1})",
              "t:1:1: the line makes no call, and is no \"set\", \"mkdir\", \"release\" or \"join\" either"}));

TEST(Reader, RefusesACallThatBeginsBeforeTheOneAbove) {
  const std::string first = call("JetFreeBuffer", R"("pbBuf":0)", R"("begin":3,"end":4,"code":0)");
  const std::string second = call("JetFreeBuffer", R"("pbBuf":0)", R"("begin":1,"end":2,"code":0)");
  EXPECT_EQ(complaint({first, second}), "t:2:58: the call begins before the one of the line above");
}

TEST(Reader, RefusesAnEmptyTrace) { EXPECT_EQ(complaint({"", "  "}), "t: the trace is empty"); }

TEST(Reader, RefusesAFileThatIsNotThere) {
  EXPECT_EQ(read_trace("no/such/file").error().sentence(), "no/such/file: the file cannot be read");
}

TEST(Reader, RefusesAFolder) {
  const std::string folder = std::filesystem::temp_directory_path().string();
  EXPECT_EQ(read_trace(std::filesystem::path(folder)).error().sentence(), folder + ": it is a folder, not a trace");
}

TEST(Reader, KeepsRunsApart) {
  const auto trace = read_trace("t", Lines{R"({"scenario":"a","engine":"fast","mkdir":{"text":"x"}})",
                                           R"({"scenario":"a","engine":"validating","mkdir":{"text":"x"}})",
                                           R"({"scenario":"a","engine":"fast","join":"T1"})"});
  ASSERT_EQ(trace->runs.size(), 2U);
  EXPECT_EQ(trace->runs[0].lines.size(), 2U);
  EXPECT_EQ(trace->runs[1].engine, "validating");
}

class Compressed : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string text = running()[0] + "\n" + running()[1] + "\n";
    std::string packed(lzma_stream_buffer_bound(text.size()), '\0');
    std::size_t size = 0;
    ASSERT_EQ(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr, reinterpret_cast<const uint8_t*>(text.data()),
                                      text.size(), reinterpret_cast<uint8_t*>(packed.data()), &size, packed.size()),
              LZMA_OK);
    packed_ = packed.substr(0, size);
  }

  std::filesystem::path written(const std::string& bytes) const {
    // ctest runs the tests beside one another, each in a process of its own.
    const std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    const std::filesystem::path file = std::filesystem::path(::testing::TempDir()) / (name + ".xz");
    std::ofstream(file, std::ios::binary) << bytes;
    return file;
  }

  std::string packed_;
};

TEST_F(Compressed, FilesAreReadLikePlainOnes) {
  const auto trace = read_trace(written(packed_));
  ASSERT_TRUE(trace) << trace.error().sentence();
  EXPECT_EQ(trace->runs.front().lines.size(), 2U);
}

TEST_F(Compressed, FilesThatBreakOffAreRefused) {
  const auto file = written(packed_.substr(0, packed_.size() / 2));
  const auto trace = read_trace(file);
  ASSERT_FALSE(trace);
  EXPECT_EQ(trace.error().sentence(),
            file.string() + ": the file is not whole: its xz data end or break off early");
}

}  // namespace
}  // namespace esentcheck::trace::testing
