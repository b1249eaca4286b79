// Modes, instances, JetInit, JetTerm, the JetStopService family: the life of an instance and what others see of it
// between the begin and the end of a call that takes time.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

const Codes success{C::errSuccess};

Call init_without_instance() { return call(Function::JetInit, null()); }
Call enable(std::span<const ParameterSetting> settings = {}) {
  Call made = call(Function::JetEnableMultiInstance, settings.empty() ? null() : out(), number(settings.size()), out());
  made.settings = settings;
  return made;
}

// --- Modes ---

TEST(Mode, IsMultiOnceAnInstanceWasCreated) {
  Process p;
  p.does(create("a"));
  EXPECT_EQ(p.world.mode, Mode::multi);
  EXPECT_EQ(p.may(enable()), Codes{C::errSystemParamsAlreadySet});
  EXPECT_EQ(p.may(enable(), engine), (Codes{C::errSystemParamsAlreadySet, C::errSystemParameterConflict}));
  EXPECT_EQ(p.may(init_without_instance()), (Codes{C::errRunningInMultiInstanceMode, C::errInvalidParameter}));
  EXPECT_EQ(p.may(stop_service()), Codes{C::errRunningInMultiInstanceMode});
  EXPECT_EQ(p.may(stop_service(), windows_2000), success) << "several instances came with Windows XP";
}

TEST(Mode, IsSingleOnceJetInitMadeTheInstance) {
  Process p;
  const Handle instance = p.does(init_without_instance());
  EXPECT_EQ(p.world.mode, Mode::single);
  EXPECT_EQ(p.may(create("a")), Codes{C::errRunningInOneInstanceMode});
  EXPECT_EQ(p.may(enable()), Codes{C::errRunningInOneInstanceMode});
  EXPECT_EQ(p.may(stop_service()), success);
  EXPECT_EQ(p.may(init_without_instance()), Codes{C::errAlreadyInitialized});
  EXPECT_EQ(p.may(term(zero)), success);
  EXPECT_EQ(p.may(term(instance)), success);
}

TEST(Mode, IsUndecidedAgainAfterTheLastInstance) {
  Process p;
  World before = p.world;
  before.log_folders = {"."};
  before.checkpoints = {{".", "."}};
  p.does(init_without_instance());
  p.does(term(nil));
  EXPECT_EQ(canonical(p.world), before);
  const Handle a = p.created("a");
  const Handle b = p.created("b");
  p.does(term(a));
  EXPECT_EQ(p.world.mode, Mode::multi);
  p.does(term(b));
  EXPECT_EQ(canonical(p.world), before);
}

TEST(JetEnableMultiInstance, SetsTheGlobalsThatNewInstancesCopy) {
  Process p;
  const std::vector<ParameterSetting> settings{{.parameter = Parameter::MaxSessions, .number = 3}};
  ASSERT_EQ(p.may(enable(settings)), success);
  p.does(enable(settings));
  const Handle instance = p.does(create("a"));
  EXPECT_EQ(p[instance].parameters.number(Parameter::MaxSessions), 3u);
}

TEST(JetEnableMultiInstance, MayRefuseWhatAnEntryHolds) {
  const Process p;
  const std::vector<ParameterSetting> too_many{{.parameter = Parameter::MaxSessions, .number = 30001}};
  EXPECT_EQ(p.may(enable(too_many)), (Codes{C::errSuccess, C::errInvalidParameter}));
  const std::vector<ParameterSetting> path{{.parameter = Parameter::SystemPath, .text = "a/"}};
  EXPECT_EQ(p.may(enable(path)), (Codes{C::errSuccess, C::errInvalidPath}));
  Call no_array = enable();
  no_array.arguments[1].number = 1;
  EXPECT_EQ(p.may(no_array), Codes{C::errInvalidParameter});
}

// --- JetCreateInstance ---

TEST(JetCreateInstance, NeedsANameOfItsOwnAndNullIsOne) {
  Process p;
  const Call nameless = call(Function::JetCreateInstance, out(), null());
  p.does(create("a"));
  EXPECT_EQ(p.may(create("a")), Codes{C::errInstanceNameInUse});
  EXPECT_EQ(p.may(create("A")), success);
  EXPECT_EQ(p.may(nameless), success);
  p.does(nameless);
  EXPECT_EQ(p.may(nameless), Codes{C::errInstanceNameInUse});
  EXPECT_EQ(p.may(create("")), success);
}

TEST(JetCreateInstance, StopsAtJetParamMaxInstances) {
  Process p;
  p.does(set_number(zero, Parameter::MaxInstances, 2));
  p.does(create("a"));
  EXPECT_EQ(p.may(create("b")), success);
  p.does(create("b"));
  EXPECT_EQ(p.may(create("c")), Codes{C::errTooManyInstances});
  EXPECT_EQ(p.may(create("b")), (Codes{C::errTooManyInstances, C::errInstanceNameInUse}));
  EXPECT_EQ(p.may(create("b"), engine), Codes{C::errTooManyInstances});
}

TEST(JetCreateInstance, NeedsSomewhereToPutTheHandleAndMayLackMemory) {
  const Process p;
  EXPECT_EQ(p.may(call(Function::JetCreateInstance, null(), text("a"))), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(without_memory(create("a"))), (Codes{C::errSuccess, C::errOutOfMemory}));
}

// --- JetInit ---

TEST(JetInit, RunsACreatedInstanceOnce) {
  Process p;
  const Handle instance = p.created("a");
  p.world.directories = {"a"};
  p.does(set_number(instance, Parameter::MaxTemporaryTables, 0));
  ASSERT_EQ(p.may(init(instance)), success);
  EXPECT_EQ(p.does(init(instance)), instance);
  EXPECT_EQ(p.world.running_instances, 1u);
  EXPECT_EQ(p.may(init(instance)), Codes{C::errAlreadyInitialized});
}

TEST(JetInit, MayFindAFolderMissing) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(init(instance)), (Codes{C::errSuccess, C::errInvalidPath}));
  p.does(set_number(instance, Parameter::CreatePathIfNotExist, 1));
  EXPECT_EQ(p.may(init(instance)), success);
}

TEST(JetInit, FindsThePathsOfAnotherInstanceInUse) {
  Process p;
  const Handle a = p.does(create("a"));
  const Handle b = p.does(create("b"));
  for (const Handle instance : {a, b}) p.does(set_number(instance, Parameter::CreatePathIfNotExist, 1));
  p.does(init(a));
  EXPECT_EQ(p.may(init(b)), (Codes{C::errTempPathInUse, C::errSystemPathInUse, C::errLogFilePathInUse}));
  EXPECT_EQ(p.may(init(b), engine), Codes{C::errTempPathInUse});
  p.does(set_text(b, Parameter::TempPath, "b/"));
  p.does(set_text(b, Parameter::LogFilePath, "b\\"));
  EXPECT_EQ(p.may(init(b)), Codes{C::errSystemPathInUse});
  p.does(set_text(b, Parameter::SystemPath, "./b/"));
  EXPECT_EQ(p.may(init(b)), success);
}

TEST(JetInit, IsSeenByOthersWhileItLasts) {
  Process p;
  const Handle instance = p.created("a");
  begin(p.world, init(instance));
  EXPECT_EQ(p.may(init(instance)), (Codes{C::errAlreadyInitialized, C::errInitInProgress}));
  EXPECT_EQ(p.may(term(instance)), (Codes{C::errInitInProgress, C::errNotInitialized}));
  EXPECT_EQ(p.may(term(instance), engine), Codes{C::errNotInitialized});
  EXPECT_EQ(p.may(set_number(instance, Parameter::CircularLog, 1)), Codes{C::errInitInProgress});
  p.ends(init(instance));
  EXPECT_EQ(p[instance].phase, Phase::running);
}

TEST(JetInit, ThatFailsLeavesACreatedInstanceAndNoOtherTrace) {
  Process p;
  const Handle instance = p.created("a");
  begin(p.world, init(instance));
  p.ends(without_memory(init(instance)), C::errOutOfMemory);
  EXPECT_EQ(p[instance].phase, Phase::created);
  EXPECT_EQ(p.world.running_instances, 0u);
  EXPECT_TRUE(p.may(term(instance)).contains(C::errInvalidParameter)) << "no page says what its handle is good for";
  EXPECT_EQ(p.may(term(instance), engine), success);
}

TEST(JetInit, ThatMadeTheInstanceTakesItAlongWhenItFails) {
  Process p;
  World before = p.world;
  before.log_folders = {"."};
  before.checkpoints = {{".", "."}};
  begin(p.world, init_without_instance());
  EXPECT_EQ(p.world.mode, Mode::single);
  p.ends(with_failing_log(init_without_instance()), C::errLogWriteFail);
  EXPECT_EQ(canonical(p.world), before);
}

TEST(JetInit, ThatFailsInTheEngineFreesTheInstance) {
  Process p{.profile = engine};
  const Handle instance = p.created("a");
  p.does(without_memory(init(instance)), C::errOutOfMemory);
  EXPECT_EQ(instance_count(p.world), 0u);
  EXPECT_EQ(p.world.mode, Mode::undecided);
}

TEST(JetInit, ThatIsRefusedTakesNothingFromAnInstanceThatRuns) {
  OneSession p;
  const World before = p.world;
  p.does(without_memory(init(p.instance)), C::errOutOfMemory);
  EXPECT_EQ(p.world, before);
  Process other;
  const Handle instance = other.created("a");
  begin(other.world, init(instance));
  const World initializing = other.world;
  other.does(with_failing_log(init(instance)), C::errDiskIO);
  EXPECT_EQ(other.world, initializing) << "the first JetInit is still at work";
}

TEST(JetInit, OfTheEngineMakesANamelessInstanceForNoHandleInMultiInstanceMode) {
  OneSession p(engine);
  for (const auto& [path, value] : {std::pair(Parameter::SystemPath, "n/"), std::pair(Parameter::LogFilePath, "n/")})
    p.does(set_text(zero, path, value));
  p.does(set_number(zero, Parameter::CreatePathIfNotExist, 1));
  EXPECT_EQ(p.may(init(nil), documented), (Codes{C::errRunningInMultiInstanceMode, C::errInvalidParameter}));
  ASSERT_EQ(p.may(init(nil)), success);
  const Handle made = p.does(init(nil));
  EXPECT_EQ(made.kind, HandleKind::instance);
  EXPECT_NE(made, p.instance);
  EXPECT_EQ(p.world.running_instances, 2u);
  EXPECT_EQ(p.may(init(nil)), Codes{C::errInstanceNameInUse});
}

TEST(JetInit, EndsWithTheErrorOfItsStatusCallback) {
  Process p;
  const Handle instance = p.created("a");
  const Call made = call(Function::JetInit3, out(instance), callback(C::errOutOfBuffers), number(0));
  begin(p.world, made);
  EXPECT_TRUE(p.may_end(made).contains(C::errOutOfBuffers));
  p.ends(made, C::errOutOfBuffers);
  EXPECT_EQ(p[instance].phase, Phase::created);
  const Call content = call(Function::JetInit3, out(instance), callback(C::errSuccess), number(0));
  begin(p.world, content);
  EXPECT_EQ(p.may_end(content), (Codes{C::errSuccess, C::errInvalidPath}));
}

TEST(JetInit, OfNoSuchInstanceIsRefusedAndBeginsNothing) {
  OneSession p;
  EXPECT_EQ(p.may(init(garbage)), (Codes{C::errInvalidInstance, C::errInvalidParameter}));
  const World before = p.world;
  begin(p.world, init(garbage));
  begin(p.world, term(garbage));
  begin(p.world, backup(garbage, "saved"));
  begin(p.world, restore(garbage, "saved"));
  EXPECT_EQ(p.world, before);
}

// --- JetTerm ---

TEST(JetTerm, EndsTheInstanceWithAllItsSessions) {
  OneSession p;
  const Handle other = p.running("b");
  const Handle survivor = p.begun(other);
  p.does(dup(p.session));
  ASSERT_EQ(p.may(term(p.instance)), success);
  p.does(term(p.instance));
  EXPECT_EQ(find_instance(p.world, p.instance), nullptr);
  EXPECT_EQ(find_session(p.world, p.session), nullptr);
  EXPECT_NE(find_session(p.world, survivor), nullptr);
  EXPECT_EQ(p.world.running_instances, 1u);
}

TEST(JetTerm, OfAnUninitializedInstanceDestroysItOrSaysSo) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(term(instance)), (Codes{C::errSuccess, C::errNotInitialized}));
  EXPECT_EQ(p.may(term(instance), engine), success);
  begin(p.world, term(instance));
  p.ends(term(instance));
  EXPECT_EQ(p.world.running_instances, 0u);
  EXPECT_EQ(canonical(p.world), World{});
}

TEST(JetTerm, IsSeenByOthersWhileItLasts) {
  OneSession p;
  begin(p.world, term(p.instance));
  const Codes in_progress{C::errTermInProgress};
  EXPECT_EQ(p.may(term(p.instance)), in_progress);
  EXPECT_EQ(p.may(begin_session(p.instance)), in_progress);
  EXPECT_EQ(p.may(begin_transaction(p.session)), in_progress);
  EXPECT_EQ(p.may(set_context(p.session, 7)), in_progress);
  EXPECT_EQ(p.may(end(p.session)), in_progress);
  EXPECT_EQ(p.may(set_number(p.instance, Parameter::CircularLog, 1)), in_progress);
  EXPECT_EQ(p.may(backup(p.instance, "saved")), (Codes{C::errTermInProgress, C::errInvalidPath}));
  p.ends(term(p.instance));
  EXPECT_EQ(instance_count(p.world), 0u);
}

TEST(JetTerm, ThatIsRefusedLeavesTheInstanceToWhoeverHasIt) {
  OneSession p;
  begin(p.world, term(p.instance));
  EXPECT_EQ(p.may(with_failing_log(term2(p.instance, bit::TermDirty))), Codes{C::errTermInProgress});
  Process q;
  const Handle instance = q.created("a");
  begin(q.world, init(instance));
  EXPECT_EQ(q.may(with_failing_log(term(instance))), (Codes{C::errInitInProgress, C::errNotInitialized}));
}

TEST(JetTerm, WithATransactionOpenDependsOnTheMode) {
  OneSession p;
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(term2(p.instance, bit::TermComplete)), Codes{C::errTooManyActiveUsers});
  EXPECT_EQ(p.may(term2(p.instance, bit::TermAbrupt)), success);
  EXPECT_EQ(p.may(term2(p.instance, 0)), success);
  EXPECT_EQ(p.may(term(p.instance)), (Codes{C::errSuccess, C::errTooManyActiveUsers}));
  for (const std::uint64_t bits : {bit::TermComplete, bit::TermAbrupt})
    EXPECT_EQ(p.may(term2(p.instance, bits), engine), Codes{C::errTooManyActiveUsers});
  EXPECT_EQ(p.may(term2(p.instance, bit::TermDirty), engine), Codes{C::errDirtyShutdown});
}

TEST(JetTerm, OfTheEngineForbidsBackupsOnceItWasRefused) {
  OneSession p(engine);
  p.does(begin_transaction(p.session));
  p.does(term(p.instance), C::errTooManyActiveUsers);
  p.does(rollback(p.session));
  EXPECT_EQ(p.may(backup(p.instance, "saved")), Codes{C::errBackupNotAllowedYet});
}

TEST(JetTerm, ThatLeavesDatabasesDirtyMaySaySo) {
  OneSession p;
  EXPECT_EQ(p.may(term2(p.instance, bit::TermDirty)), (Codes{C::errSuccess, C::errDirtyShutdown}));
  p.does(term2(p.instance, bit::TermDirty), C::errDirtyShutdown);
  EXPECT_EQ(instance_count(p.world), 0u);
}

TEST(JetTerm, ThatFailsOtherThanByUsageEndsTheInstanceAllTheSame) {
  OneSession p;
  EXPECT_EQ(p.may(with_failing_log(term(p.instance))), (Codes{C::errSuccess, C::errLogWriteFail, C::errDiskIO}));
  p.does(with_failing_log(term(p.instance)), C::errDiskIO);
  EXPECT_EQ(canonical(p.world).instances.size(), 0u);
}

TEST(JetTerm, WorksOnAStoppedAndOnAnUnavailableInstance) {
  OneSession p;
  p.does(stop_service(p.instance));
  p[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(p.may(term(p.instance)), success);
  EXPECT_EQ(p.may(term(p.instance), engine), success);
}

TEST(JetTerm, NamesABadHandleByRelease) {
  OneSession p;
  EXPECT_EQ(p.may(term(garbage)), (Codes{C::errInvalidInstance, C::errInvalidParameter}));
  EXPECT_EQ(p.may(term(garbage), windows_2000), Codes{C::errInvalidInstance});
}

TEST(JetTerm2, MayRefuseUnknownBits) {
  OneSession p;
  EXPECT_EQ(p.may(term2(p.instance, 0x100)), (Codes{C::errSuccess, C::errInvalidGrbit, C::errInvalidParameter}));
  EXPECT_EQ(p.may(term2(p.instance, 0x100), engine), success);
}

// --- JetStopService and its kin ---

TEST(JetStopServiceInstance, RefusesAnInstanceThatDoesNotRun) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(stop_service(instance)), (Codes{C::errInvalidParameter, C::errNotInitialized}));
  EXPECT_EQ(p.may(stop_service(garbage)), (Codes{C::errInvalidInstance, C::errInvalidParameter, C::errNotInitialized}));
}

TEST(JetStopServiceInstance, MayBeCalledAgain) {
  OneSession p;
  p.does(stop_service(p.instance));
  const World stopped = p.world;
  EXPECT_EQ(p.may(stop_service(p.instance)), success);
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.world, stopped);
}

TEST(JetStopServiceInstance2, StopsEverythingWithoutABit) {
  OneSession p;
  p.does(stop_service2(p.instance, bit::StopServiceQuiesceCaches));
  EXPECT_EQ(p.may(dup(p.session)), success);
  p.does(stop_service2(p.instance, bit::StopServiceResume));
  p.does(stop_service2(p.instance, bit::StopServiceAll));
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errClientRequestToStopJetService});
  EXPECT_EQ(p.may(stop_service2(p.instance, bit::StopServiceResume)),
            (Codes{C::errClientRequestToStopJetService, C::errInvalidParameter, C::errInvalidGrbit}));
  EXPECT_EQ(p.may(stop_service2(p.instance, bit::StopServiceResume), engine),
            Codes{C::errClientRequestToStopJetService});
}

TEST(JetStopServiceInstance2, MayRefuseUnknownBits) {
  OneSession p;
  EXPECT_EQ(p.may(stop_service2(p.instance, 0x40)), (Codes{C::errSuccess, C::errInvalidGrbit}));
  EXPECT_EQ(p.may(stop_service2(p.instance, 0x40), engine), Codes{C::errInvalidGrbit});
}

TEST(JetStopService, OfAProcessWithoutInstancesIsRefused) {
  const Process p;
  EXPECT_EQ(p.may(stop_service()), (Codes{C::errInvalidParameter, C::errNotInitialized}));
  EXPECT_EQ(p.may(stop_service(), engine), Codes{C::errInvalidParameter});
}

}  // namespace
}  // namespace esentcheck::model::testing
