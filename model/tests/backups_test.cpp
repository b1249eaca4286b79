// JetBackupInstance and JetRestoreInstance.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

const Codes success{C::errSuccess};

struct WithTarget : OneSession {
  explicit WithTarget(const Profile& read_as = documented) : OneSession(read_as) { world.directories = {"saved"}; }
};

TEST(Backup, GoesIntoAFolderThatExists) {
  WithTarget p;
  EXPECT_EQ(p.may(backup(p.instance, "saved")), success);
  EXPECT_EQ(p.may(backup(p.instance, "saved\\")), success);
  EXPECT_EQ(p.may(backup(p.instance, "elsewhere")), Codes{C::errInvalidPath});
  p.does(backup(p.instance, "saved"));
  ASSERT_EQ(p.world.backups.size(), 1u);
  EXPECT_EQ(p.world.backups.front().path, "saved");
}

TEST(Backup, MayMakeItsFolderWhereThatIsOn) {
  WithTarget p;
  p.does(set_number(p.instance, Parameter::CreatePathIfNotExist, 1), C::errAlreadyInitialized);
  p[p.instance].parameters.set(Parameter::CreatePathIfNotExist, 1);
  EXPECT_EQ(p.may(backup(p.instance, "elsewhere")), (Codes{C::errSuccess, C::errInvalidPath}));
  p.does(backup(p.instance, "elsewhere"));
  EXPECT_EQ(p.world.directories, (std::vector<std::string>{"saved", "elsewhere"}));
}

TEST(Backup, WithoutAFolderOnlyTruncatesTheLog) {
  WithTarget p;
  const Call made = call(Function::JetBackupInstance, handle(p.instance), null(), number(0), null());
  const World before = p.world;
  EXPECT_EQ(p.may(made), success);
  p.does(made);
  EXPECT_EQ(p.world, before);
}

TEST(Backup, NeedsTheLog) {
  WithTarget p;
  p[p.instance].parameters.set(Parameter::Recovery, "Off");
  EXPECT_EQ(p.may(backup(p.instance, "saved")), Codes{C::errLoggingDisabled});
}

TEST(Backup, ThatIsIncrementalNeedsAFullLogAndMayNeedAFullBackup) {
  WithTarget p;
  const Call made = backup(p.instance, "saved", bit::BackupIncremental);
  EXPECT_EQ(p.may(made), (Codes{C::errSuccess, C::errMissingFullBackup}));
  p[p.instance].parameters.set(Parameter::CircularLog, 1);
  EXPECT_EQ(p.may(made), (Codes{C::errInvalidBackup, C::errMissingFullBackup}));
}

TEST(Backup, RefusesUnknownBitsAndTheEngineDoesNot) {
  WithTarget p;
  EXPECT_EQ(p.may(backup(p.instance, "saved", 0x100)), Codes{C::errInvalidGrbit});
  EXPECT_EQ(p.may(backup(p.instance, "saved", 0x100), engine), success);
}

TEST(Backup, IsSeenByOthersWhileItLasts) {
  WithTarget p;
  const Call running = backup(p.instance, "saved");
  begin(p.world, running);
  EXPECT_EQ(p.may(running), Codes{C::errBackupInProgress});
  EXPECT_EQ(p.may(term(p.instance)), Codes{C::errBackupInProgress});
  EXPECT_EQ(p.may(term2(p.instance, bit::TermAbrupt)), Codes{C::errBackupInProgress});
  EXPECT_EQ(p.may(term2(p.instance, bit::TermStopBackup)), success);
  EXPECT_EQ(p.may(dup(p.session)), success);
  p.ends(running);
  EXPECT_EQ(p.may(term(p.instance)), success);
}

TEST(Backup, ThatIsRefusedLeavesTheRunningOneAlone) {
  WithTarget p;
  begin(p.world, backup(p.instance, "saved"));
  const World before = p.world;
  p.does(without_memory(backup(p.instance, "saved")), C::errOutOfMemory);
  EXPECT_EQ(p.world, before);
}

TEST(Backup, WhoseWriteFailsLeavesTheLogInDoubt) {
  for (const bool as_one_step : {true, false}) {
    WithTarget p;
    const Call failing = with_failing_log(backup(p.instance, "saved"));
    if (as_one_step) {
      p.does(failing, C::errLogWriteFail);
    } else {
      begin(p.world, backup(p.instance, "saved"));
      p.ends(failing, C::errLogWriteFail);
    }
    EXPECT_EQ(p.may(dup(p.session)), (Codes{C::errSuccess, C::errInstanceUnavailable}));
    EXPECT_FALSE(p.may(backup(p.instance, "saved")).contains(C::errBackupInProgress));
  }
}

TEST(Backup, IsStoppedByATermThatMayStopIt) {
  WithTarget p;
  const Call running = backup(p.instance, "saved");
  begin(p.world, running);
  begin(p.world, term2(p.instance, bit::TermStopBackup));
  EXPECT_EQ(p.may_end(running), (Codes{C::errTermInProgress, C::errBackupAbortByServer}));
  p.ends(running, C::errTermInProgress);
  EXPECT_FALSE(p[p.instance].backup_running);
  EXPECT_TRUE(p.world.backups.empty());
  p.ends(term2(p.instance, bit::TermStopBackup));
  EXPECT_EQ(p.may_end(running), Codes{C::errTermInProgress}) << "the instance is gone";
}

TEST(Backup, EndsWithTheErrorOfItsStatusCallbackWhichTheEngineIgnores) {
  WithTarget p;
  Call made = backup(p.instance, "saved");
  made.arguments[3] = callback(C::errOutOfBuffers);
  begin(p.world, made);
  EXPECT_EQ(p.may_end(made), (Codes{C::errSuccess, C::errOutOfBuffers}));
  EXPECT_EQ(codes(step_end(p.world, made, engine)), success);
  p.ends(made, C::errOutOfBuffers);
  EXPECT_FALSE(p[p.instance].backup_running);
}

TEST(Backup, IsRefusedByTheStateOfItsInstance) {
  Process p;
  p.world.directories = {"saved"};
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(backup(instance, "saved")), Codes{C::errNotInitialized});
  begin(p.world, init(instance));
  EXPECT_EQ(p.may(backup(instance, "saved")),
            (Codes{C::errInitInProgress, C::errNotInitialized, C::errBackupNotAllowedYet}));
  EXPECT_EQ(p.may(backup(instance, "saved"), engine), Codes{C::errNotInitialized});
}

// --- Restore ---

TEST(Restore, NeedsABackup) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(restore(instance, "saved")), (Codes{C::errInvalidPath, C::errMissingLogFile}));
  p.world.backups = {{"saved"}};
  EXPECT_EQ(p.may(restore(instance, "saved")), success);
  EXPECT_EQ(p.may(restore(instance, "./saved/")), success);
  const Call nowhere = call(Function::JetRestoreInstance, handle(instance), null(), null(), null());
  EXPECT_EQ(p.may(nowhere), (Codes{C::errInvalidParameter, C::errInvalidPath, C::errMissingLogFile}));
}

TEST(Restore, NeedsAnInstanceThatDoesNotRun) {
  OneSession p;
  p.world.backups = {{"saved"}};
  EXPECT_EQ(p.may(restore(p.instance, "saved")), Codes{C::errAlreadyInitialized});
  EXPECT_EQ(p.may(restore(zero, "saved")), (Codes{C::errRunningInMultiInstanceMode, C::errInvalidParameter}));
  EXPECT_EQ(p.may(restore(garbage, "saved")), (Codes{C::errInvalidInstance, C::errInvalidParameter}));
}

TEST(Restore, IsSeenByOthersWhileItLasts) {
  Process p;
  p.world.backups = {{"saved"}};
  const Handle instance = p.created("a");
  begin(p.world, restore(instance, "saved"));
  EXPECT_EQ(p.may(term(instance)), Codes{C::errRestoreInProgress});
  EXPECT_EQ(p.may(init(instance), engine), Codes{C::errAlreadyInitialized});
  EXPECT_EQ(p.may(stop_service(instance)), (Codes{C::errInvalidParameter, C::errRestoreInProgress}));
  EXPECT_EQ(p.may(restore(instance, "saved")), (Codes{C::errAlreadyInitialized, C::errRestoreInProgress}));
}

TEST(Restore, LeavesTheInstanceUninitializedHoweverItEnds) {
  for (const Code code : {C::errSuccess, C::errDiskIO}) {
    Process p;
    p.world.backups = {{"saved"}};
    const Handle instance = p.created("a");
    World before = canonical(p.world);
    before.log_folders = {"a"};
    const Call made = with_failing_log(restore(instance, "saved"));
    begin(p.world, made);
    const Handle internal = handle_of(*callback_session(p.world, made));
    p.ends(made, code);
    EXPECT_EQ(canonical(p.world), before);
    EXPECT_EQ(find_session(p.world, internal), nullptr);
  }
}

TEST(Restore, ThatIsRefusedTakesNothingFromAnInstanceThatRuns) {
  OneSession p;
  const World before = p.world;
  p.does(without_memory(restore(p.instance, "saved")), C::errOutOfMemory);
  EXPECT_EQ(p.world, before);
}

TEST(Restore, IntoAnInstanceOfTheEnginesOwnGivesItsCallbackNoSessionOfThisWorld) {
  Process p;
  p.profile = engine;
  p.world.backups = {{"saved"}};
  const Call made = restore(zero, "saved");
  ASSERT_TRUE(p.may(made).contains(C::errSuccess));
  begin(p.world, made);
  EXPECT_FALSE(callback_session(p.world, made).has_value());
  EXPECT_TRUE(p.world.sessions.empty());
}

TEST(Backup, GivesItsCallbackASessionOfTheOneInstanceWhateverTheHandle) {
  Process p;
  p.profile = engine;
  const Handle instance = p.does(call(Function::JetInit, null()));
  const Call made = backup(garbage, "saved");
  begin(p.world, made);
  const std::optional<SessionId> session = callback_session(p.world, made);
  ASSERT_TRUE(session.has_value());
  EXPECT_EQ(handle_of(find_session(p.world, handle_of(*session))->instance), instance);
}

TEST(Restore, EndsWithTheErrorOfItsStatusCallback) {
  Process p;
  p.world.backups = {{"saved"}};
  const Handle instance = p.created("a");
  Call made = restore(instance, "saved");
  made.arguments[3] = callback(C::errOutOfBuffers);
  begin(p.world, made);
  EXPECT_EQ(p.may_end(made), (Codes{C::errSuccess, C::errOutOfBuffers}));
  p.ends(made, C::errOutOfBuffers);
  EXPECT_EQ(p[instance].phase, Phase::created);
}

}  // namespace
}  // namespace esentcheck::model::testing
