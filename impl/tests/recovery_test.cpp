// What JetInit makes of the files that a crash, a dirty shutdown or damage left.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "support.hpp"

namespace esent_test {
namespace {

// Commits in a process that is killed without a chance to clean up.
void crash_after_commits(const std::string& folder, int commits, JET_API_PTR log_size = 0,
                         JET_GRBIT grbit = JET_bitCommitLazyFlush) {
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    JET_INSTANCE instance = create(folder);
    if (log_size != 0) set_number(instance, JET_paramLogFileSize, log_size);
    JET_SESID sesid = 0;
    if (JetInit(&instance) != 0 || JetBeginSession(instance, &sesid, nullptr, nullptr) != 0) _exit(1);
    for (int i = 0; i < commits; ++i) commit_once(sesid, grbit);
    raise(SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
}

struct Told {
  std::vector<JET_SNT> steps;
  JET_ERR dup = 1;
  JET_ERR end = 1;
  JET_ERR term = 1;
  JET_ERR parameter = 1;
  JET_ERR backup = 1;
  JET_INSTANCE instance = 0;
  JET_ERR answer = JET_errSuccess;
};
Told* told;

JET_ERR listen(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* data) {
  EXPECT_EQ(snp, JET_snpRestore);
  if (snt == JET_sntProgress) {
    const auto* units = static_cast<const JET_SNPROG*>(data);
    EXPECT_EQ(units->cbStruct, sizeof *units);
    EXPECT_LE(units->cunitDone, units->cunitTotal);
  }
  told->steps.push_back(snt);
  JET_SESID copy = 0;
  told->dup = JetDupSession(sesid, &copy);
  told->end = JetEndSession(sesid, 0);
  told->term = JetTerm2(told->instance, JET_bitTermStopBackup);
  told->backup = JetBackupInstance(told->instance, nullptr, 0, nullptr);
  told->parameter = set_number(told->instance, JET_paramMaxCursors, 5);
  return told->answer;
}

JET_ERR init_listening(JET_INSTANCE& instance, Told& hears) {
  told = &hears;
  hears.instance = instance;
  JET_RSTINFO info{};
  info.cbStruct = sizeof info;
  info.pfnStatus = listen;
  return JetInit3(&instance, &info, 0);
}

TEST(Recovery, TheLogIsReplayedAfterAKilledProcess) {
  Folder folder;
  crash_after_commits(folder.path(), 5);
  JET_INSTANCE instance = create(folder.path());
  Told hears;
  ASSERT_EQ(init_listening(instance, hears), JET_errSuccess);
  EXPECT_EQ(hears.steps, (std::vector<JET_SNT>{JET_sntBegin, JET_sntProgress, JET_sntComplete}));
  EXPECT_EQ(hears.dup, JET_errNotInitialized);
  EXPECT_EQ(hears.end, JET_errNotInitialized);
  EXPECT_EQ(hears.term, JET_errNotInitialized);
  EXPECT_EQ(hears.backup, JET_errBackupNotAllowedYet);
  EXPECT_EQ(hears.parameter, JET_errInitInProgress);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, NothingIsReplayedAfterAnOrderlyShutdown) {
  Folder folder;
  crash_after_commits(folder.path(), 5);
  for (int round = 0; round < 2; ++round) {
    JET_INSTANCE instance = create(folder.path());
    Told hears;
    ASSERT_EQ(init_listening(instance, hears), JET_errSuccess);
    EXPECT_EQ(hears.steps.empty(), round == 1);
    EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  }
}

TEST(Recovery, ADirtyShutdownIsReplayed) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm2(instance, JET_bitTermDirty), JET_errSuccess);
  instance = create(folder.path());
  Told hears;
  ASSERT_EQ(init_listening(instance, hears), JET_errSuccess);
  EXPECT_FALSE(hears.steps.empty());
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, TheCallbackStopsItAndItCanBeTriedAgain) {
  Folder folder;
  crash_after_commits(folder.path(), 1);
  JET_INSTANCE instance = create(folder.path());
  Told hears;
  hears.answer = -4711;
  EXPECT_EQ(init_listening(instance, hears), -4711);
  EXPECT_EQ(hears.steps.size(), 1U);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, ATornTailIsCutOff) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  const auto size = std::filesystem::file_size(folder / "edb.log");
  std::filesystem::resize_file(folder / "edb.log", size - 7);
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(std::filesystem::file_size(folder / "edb.log"), size - 32);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  commit_once(sesid);
  ASSERT_EQ(JetTerm2(instance, JET_bitTermDirty), JET_errSuccess);
  instance = create(folder.path());
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

void damage(const std::string& path, std::streamoff at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(at);
  file.put('\x5A').put('\x5A').put('\x5A');
}

JET_ERR init_of(const std::string& folder) {
  JET_INSTANCE instance = create(folder);
  const JET_ERR err = JetInit(&instance);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  return err;
}

TEST(Recovery, DamageOfWhatWasOnDiskIsAnError) {
  Folder folder;
  crash_after_commits(folder.path(), 3, 0, 0);
  damage(folder / "edb.log", 64 + 32);
  EXPECT_EQ(init_of(folder.path()), JET_errLogFileCorrupt);
}

// Of what was never synced a power cut may take any part, also from the middle.
TEST(Recovery, AHoleInWhatWasNotOnDiskIsATail) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  damage(folder / "edb.log", 64 + 32);
  JET_INSTANCE instance = create(folder.path());
  Told hears;
  ASSERT_EQ(init_listening(instance, hears), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  EXPECT_EQ(init_of(folder.path()), JET_errSuccess);
}

TEST(Recovery, ADamagedHeaderIsAnError) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  damage(folder / "edb.log", 20);
  EXPECT_EQ(init_of(folder.path()), JET_errLogFileCorrupt);
}

TEST(Recovery, ADamagedCheckpointIsAnError) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  damage(folder / "edb.chk", 30);
  EXPECT_EQ(init_of(folder.path()), JET_errCheckpointCorrupt);
}

TEST(Recovery, ALostCheckpointMeansAllOfTheLog) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  std::filesystem::remove(folder / "edb.chk");
  EXPECT_EQ(init_of(folder.path()), JET_errSuccess);
}

TEST(Recovery, AMissingLogIsAnError) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  std::filesystem::remove(folder / "edb.log");
  EXPECT_EQ(init_of(folder.path()), JET_errMissingLogFile);
}

TEST(Recovery, AGapInTheGenerationsIsAnError) {
  Folder folder;
  crash_after_commits(folder.path(), 7000, 64);
  ASSERT_TRUE(std::filesystem::exists(folder / "edb00003.log"));
  std::filesystem::remove(folder / "edb00002.log");
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramLogFileSize, 64), JET_errSuccess);
  EXPECT_EQ(JetInit(&instance), JET_errMissingLogFile);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, SeveralGenerationsAreReplayed) {
  Folder folder;
  crash_after_commits(folder.path(), 7000, 64);
  JET_INSTANCE instance = create(folder.path());
  Told hears;
  ASSERT_EQ(set_number(instance, JET_paramLogFileSize, 64), JET_errSuccess);
  ASSERT_EQ(init_listening(instance, hears), JET_errSuccess);
  EXPECT_EQ(hears.steps.size(), 2U + 4U);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, LogsOfAnotherSequenceAreAnError) {
  Folder first, second;
  crash_after_commits(first.path(), 3);
  crash_after_commits(second.path(), 3);
  std::filesystem::copy_file(second / "edb.log", first / "edb.log", std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(init_of(first.path()), JET_errInvalidLogSequence);
}

TEST(Recovery, AnotherLogSizeIsAnErrorUnlessOldLogsMayGo) {
  Folder folder;
  crash_after_commits(folder.path(), 3);
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramLogFileSize, 128), JET_errSuccess);
  EXPECT_EQ(JetInit(&instance), JET_errLogFileSizeMismatchDatabasesConsistent);
  ASSERT_EQ(set_number(instance, JET_paramCleanupMismatchedLogFiles, 1), JET_errSuccess);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, CircularLoggingKeepsNoOldGenerations) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramLogFileSize, 64), JET_errSuccess);
  ASSERT_EQ(set_number(instance, JET_paramCircularLog, 1), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  for (int i = 0; i < 5000; ++i) commit_once(sesid, JET_bitCommitLazyFlush);
  EXPECT_FALSE(std::filesystem::exists(folder / "edb00001.log"));
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Recovery, SwitchedOffLeavesNoFiles) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetSetSystemParameter(&instance, 0, JET_paramRecovery, 0, "off"), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  commit_once(sesid);
  EXPECT_EQ(JetBackupInstance(instance, folder.path().c_str(), 0, nullptr), JET_errLoggingDisabled);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST(Recovery, ASecondProcessIsKeptOut) {
  Folder folder;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    JET_INSTANCE instance = create(folder.path());
    const char done = JetInit(&instance) == JET_errSuccess ? 'y' : 'n';
    if (write(ready[1], &done, 1) != 1) _exit(1);
    for (;;) pause();
  }
  char done = 0;
  ASSERT_EQ(read(ready[0], &done, 1), 1);
  EXPECT_EQ(done, 'y');
  JET_INSTANCE instance = create(folder.path());
  EXPECT_EQ(JetInit(&instance), JET_errFileAccessDenied);
  ASSERT_EQ(kill(child, SIGKILL), 0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  close(ready[0]);
  close(ready[1]);
}

}  // namespace
}  // namespace esent_test
