// What a subject does to itself is seen from outside: crashes, exits, hangs, restarts.
#include <dirent.h>
#include <signal.h>

#include <chrono>
#include <filesystem>

#include "harness/subject/exchange.hpp"
#include "harness/subject/tests/fixtures.hpp"

namespace esentcheck::subject {
namespace {

std::unique_ptr<Subject> opened(const std::string& name, Options options = {}) {
  options.probe = false;
  auto subject = open_subject(path_of(name), Isolation::process, options);
  if (!subject) throw std::runtime_error(subject.error().sentence());
  return std::move(*subject);
}

std::string complaint(const std::string& path, const Options& options = {}) {
  const auto subject = open_subject(path, Isolation::process, options);
  return subject ? "" : subject.error().sentence();
}

TEST(Isolation, ACrashIsSeenInTheStepThatCrashes) {
  Builder b;
  for (int i = 0; i < 5; ++i) b.call(JetBeginSession, {b.null(), b.address("s")});
  auto subject = opened("crashes_in_third_call");
  ASSERT_FALSE(subject->start(b.plan));
  const Seen seen = perform(*subject, b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[1].end, End::returned);
  EXPECT_EQ(seen[2].end, End::crashed);
  EXPECT_EQ(seen[2].code, SIGABRT);
  EXPECT_EQ(seen[3].end, End::skipped);
  EXPECT_EQ(seen[4].end, End::skipped);
  EXPECT_EQ(perform(*subject, b.plan)[0].end, End::skipped) << "it has to be started again";
  ASSERT_FALSE(subject->start(b.plan));
  EXPECT_EQ(perform(*subject, b.plan)[0].end, End::returned);
}

TEST(Isolation, ACrashFarIntoABatchLosesNothingThatWasSeenBefore) {
  for (const std::size_t before : {126u, 127u, 128u, 300u, 5000u}) {
    Builder b;
    for (std::size_t i = 0; i < before; ++i) b.call(JetStopService);
    for (int i = 0; i < 3; ++i) b.call(JetBeginSession, {b.null(), b.address("s")});
    auto subject = opened("crashes_in_third_call");
    ASSERT_FALSE(subject->start(b.plan));
    const Seen seen = perform(*subject, b.plan);
    for (std::size_t i = 0; i < before; ++i) ASSERT_EQ(seen[i].end, End::not_implemented) << i;
    EXPECT_EQ(seen[before].out, 0x100u);
    EXPECT_EQ(seen[before + 1].out, 0x100u);
    EXPECT_EQ(seen[before + 2].end, End::crashed);
  }
}

TEST(Isolation, ACrashOnAnotherThreadIsSeenToo) {
  Builder b;
  for (int i = 0; i < 3; ++i) b.call_on("other", JetBeginSession, {b.null(), b.address("s")});
  auto subject = opened("crashes_in_third_call");
  ASSERT_FALSE(subject->start(b.plan));
  EXPECT_EQ(perform(*subject, b.plan)[2].end, End::crashed);
}

TEST(Isolation, AnExitIsToldFromACrashEvenWithStatusZero) {
  Builder b;
  b.call(JetEndSession, {b.null()});
  Builder c;
  c.call(JetRollback, {c.null()});
  auto subject = opened("exits");
  ASSERT_FALSE(subject->start(b.plan));
  Seen seen = perform(*subject, b.plan);
  EXPECT_EQ(seen[0].end, End::crashed);
  EXPECT_EQ(seen[0].code, exited(0));
  ASSERT_FALSE(subject->start(c.plan));
  seen = perform(*subject, c.plan);
  EXPECT_EQ(seen[0].end, End::crashed);
  EXPECT_EQ(seen[0].code, exited(7));
}

TEST(Isolation, AHangIsSeenWhenTheTimeIsUp) {
  Builder b;
  b.call(JetBeginSession, {b.null(), b.address("s")});
  b.call(JetEndSession, {b.value("s")});
  b.call(JetBeginSession, {b.null(), b.address("s")});
  auto subject = opened("hangs", {.time_limit = std::chrono::milliseconds(1000), .host = {}, .output = {}});
  ASSERT_FALSE(subject->start(b.plan));
  const Seen seen = perform(*subject, b.plan);
  EXPECT_EQ(seen[0].end, End::returned);
  EXPECT_EQ(seen[1].end, End::hung);
  EXPECT_EQ(seen[2].end, End::skipped);
  ASSERT_FALSE(subject->start(b.plan));
}

TEST(Isolation, ARestartLosesTheProcessAndKeepsVariables) {
  Builder b;
  b.bring_up();
  b.call(JetBeginSession, {b.value("i"), b.address("s")});
  b.call(JetEndSession, {b.value("s")});
  auto subject = opened("toy");
  ASSERT_FALSE(subject->start(b.plan));
  const Seen before = perform(*subject, b.plan);
  EXPECT_EQ(before[2].code, 0);
  ASSERT_FALSE(subject->restart());
  const Seen after = perform(*subject, b.plan, 2);
  EXPECT_EQ(after[0].code, -1029) << "the toy's memory is new";
  const std::size_t at = b.plan.steps.size();
  b.call(JetInit, {b.address("i")});
  const Seen again = perform(*subject, b.plan, at);
  EXPECT_EQ(again[0].code, 0) << "the variable still holds the instance";
}

TEST(Isolation, ARestartKeepsTheDirectory) {
  Builder b;
  b.plan.directories = {"kept"};
  b.call(JetCommitTransaction);
  auto subject = opened("uses_the_system");
  EXPECT_TRUE(subject->restart()) << "there is nothing to restart yet";
  ASSERT_FALSE(subject->start(b.plan));
  EXPECT_EQ(perform(*subject, b.plan)[0].code, 0);
  ASSERT_FALSE(subject->restart());
  EXPECT_EQ(perform(*subject, b.plan)[0].code, 0);
}

TEST(Isolation, RestartIsDeclinedInProcess) {
  auto subject = open_subject(path_of("toy"), Isolation::none, {.probe = false});
  ASSERT_TRUE(subject);
  EXPECT_FALSE((*subject)->describe().capabilities.restart);
  EXPECT_TRUE((*subject)->restart());
}

TEST(Isolation, ALibraryThatStartsThreadsAtLoadKeepsThem) {
  Builder b;
  b.call(JetStopService);
  auto subject = opened("starts_a_thread_at_load");
  for (int i = 0; i < 2; ++i) {
    ASSERT_FALSE(subject->start(b.plan));
    EXPECT_EQ(perform(*subject, b.plan)[0].code, 0);
  }
}

TEST(Isolation, NothingIsLeftBehind) {
  const auto children = [] {
    std::string list;
    for (const auto& task : std::filesystem::directory_iterator("/proc/self/task")) {
      std::FILE* file = std::fopen((task.path() / "children").c_str(), "r");
      if (file == nullptr) continue;
      char buffer[4096];
      list.append(buffer, std::fread(buffer, 1, sizeof buffer, file));
      std::fclose(file);
    }
    return list;
  };
  const auto descriptors = [] {
    const std::filesystem::directory_iterator all("/proc/self/fd");
    return std::distance(begin(all), end(all));
  };
  Builder b;
  b.bring_up();
  static_cast<void>(opened("toy"));
  const auto before = descriptors();
  const std::string children_before = children();
  for (int i = 0; i < 3; ++i) {
    auto subject = opened("toy");
    ASSERT_FALSE(subject->start(b.plan));
    EXPECT_EQ(perform(*subject, b.plan).back().code, 0);
  }
  EXPECT_EQ(complaint(path_of("crashes_at_load")).empty(), false);
  EXPECT_EQ(children(), children_before);
  EXPECT_EQ(descriptors(), before);
}

TEST(Isolation, CapabilitiesAreProbed) {
  const auto toy = open_subject(path_of("toy"), Isolation::process);
  ASSERT_TRUE(toy);
  EXPECT_TRUE((*toy)->describe().capabilities.validates_handles);
  EXPECT_TRUE((*toy)->describe().capabilities.restart);
  EXPECT_EQ((*toy)->describe().version, "8100");
  const auto blind = open_subject(path_of("crashes_in_third_call"), Isolation::none);
  ASSERT_TRUE(blind);
  EXPECT_FALSE((*blind)->describe().capabilities.validates_handles);
}

TEST(Opening, SaysInOneSentenceWhatIsWrong) {
  const std::string folder = SUBJECTS;
  EXPECT_EQ(complaint(folder + "/nowhere.so"), folder + "/nowhere.so: there is no such file");
  EXPECT_EQ(complaint(folder), folder + ": this is a directory, not a shared library");
  EXPECT_EQ(complaint(path_of("text")), path_of("text") + ": this is not a shared library");
  EXPECT_EQ(complaint(path_of("exports_nothing")), path_of("exports_nothing") + ": exports none of ESENT's functions");
  EXPECT_EQ(complaint(path_of("needs_a_symbol")), path_of("needs_a_symbol") +
                                                      ": cannot be loaded: it needs the symbol "
                                                      "esentcheck_nobody_has_this, which nothing provides");
  EXPECT_EQ(complaint(path_of("crashes_at_load")),
            path_of("crashes_at_load") + ": crashes while it is loaded (Aborted)");
  EXPECT_EQ(complaint("wine:thing.exe"),
            "wine:thing.exe: wine: subjects are not supported yet, only paths of shared libraries");
  EXPECT_EQ(complaint("exec:thing"),
            "exec:thing: exec: subjects are not supported yet, only paths of shared libraries");
  EXPECT_EQ(complaint(path_of("toy"), {.host = "/nowhere/host"}),
            "/nowhere/host: the host program cannot be started: No such file or directory");
}

TEST(Opening, SaysTheSameInProcess) {
  for (const char* name : {"nowhere", "text", "exports_nothing", "needs_a_symbol"}) {
    const auto subject = open_subject(path_of(name), Isolation::none, {.probe = false});
    ASSERT_FALSE(subject);
    EXPECT_EQ(subject.error().sentence(), complaint(path_of(name)));
  }
}

}  // namespace
}  // namespace esentcheck::subject
