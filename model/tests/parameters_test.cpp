// JetSetSystemParameter and JetGetSystemParameter: whose value, which values, until when.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

const Codes success{C::errSuccess};

std::uint64_t value(const Process& p, const Call& made) {
  World world = p.world;
  const OutcomeSet allowed = step(world, made, p.profile);
  const Outcome* outcome = allowed.find(C::errSuccess);
  if (outcome == nullptr) return ~std::uint64_t{0};
  const Produced produced = apply(world, made, *outcome);
  EXPECT_TRUE(produced.has_number);
  return produced.number;
}

// --- Whose value ---

TEST(SystemParameters, OfTheProcessAreCopiedWhenAnInstanceIsCreated) {
  Process p;
  p.does(set_number(zero, Parameter::MaxSessions, 5));
  const Handle a = p.does(create("a"));
  p.does(set_number(zero, Parameter::MaxSessions, 6));
  EXPECT_EQ(value(p, get_number(a, Parameter::MaxSessions)), 5u);
  EXPECT_EQ(p.world.globals.number(Parameter::MaxSessions), 6u);
}

TEST(SystemParameters, OfOneInstanceAreItsOwn) {
  Process p;
  const Handle a = p.does(create("a"));
  const Handle b = p.does(create("b"));
  p.does(set_number(a, Parameter::MaxSessions, 5));
  EXPECT_EQ(value(p, get_number(a, Parameter::MaxSessions)), 5u);
  EXPECT_EQ(value(p, get_number(b, Parameter::MaxSessions)), 16u);
}

TEST(SystemParameters, OfASessionAreThoseOfItsInstanceWhateverTheOtherArgument) {
  OneSession p;
  const Handle other = p.running("b");
  p.does(set_number(other, Parameter::CheckpointDepthMax, 100, p.session));
  EXPECT_EQ(p[p.instance].parameters.number(Parameter::CheckpointDepthMax), 100u);
  EXPECT_NE(p[other].parameters.number(Parameter::CheckpointDepthMax), 100u);
}

// --- Frozen ---

TEST(MaxSessions, IsFrozenByJetInit) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(set_number(instance, Parameter::MaxSessions, 5)), success);
  p.does(init(instance));
  EXPECT_EQ(p.may(set_number(instance, Parameter::MaxSessions, 5)), Codes{C::errAlreadyInitialized});
  EXPECT_EQ(p.may(set_number(instance, Parameter::MaxSessions, 5), engine), Codes{C::errAlreadyInitialized});
  EXPECT_EQ(p[instance].session_limit, 16u);
}

TEST(MaxInstances, MayBeRefusedInTwoWaysOnceAnInstanceExists) {
  Process p;
  EXPECT_EQ(p.may(set_number(zero, Parameter::MaxInstances, 5)), success);
  p.does(create("a"));
  EXPECT_EQ(p.may(set_number(zero, Parameter::MaxInstances, 5)),
            (Codes{C::errSuccess, C::errAlreadyInitialized, C::errInvalidParameter}));
}

// --- Ranges ---

TEST(MaxSessions, TakesUpTo30000) {
  Process p;
  const Handle instance = p.created("a");
  for (const std::uint64_t allowed : {0u, 1u, 30000u})
    EXPECT_EQ(p.may(set_number(instance, Parameter::MaxSessions, allowed)), success) << allowed;
  EXPECT_EQ(p.may(set_number(instance, Parameter::MaxSessions, 30001)), (Codes{C::errSuccess, C::errInvalidParameter}));
}

TEST(SystemParameters, WithFewChoicesMayRefuseOthers) {
  const Process p;
  EXPECT_EQ(p.may(set_number(zero, Parameter::CircularLog, 1)), success);
  EXPECT_EQ(p.may(set_number(zero, Parameter::CircularLog, 2)), (Codes{C::errSuccess, C::errInvalidParameter}));
}

TEST(SystemParameters, ThatDoNotExistOrCannotBeSetAreRefused) {
  const Process p;
  EXPECT_EQ(p.may(set_number(zero, Parameter{9999}, 1)), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(get_number(zero, Parameter{9999})), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(set_number(zero, Parameter::KeyMost, 1)), Codes{C::errInvalidParameter});
}

TEST(SystemParameters, OfTupleIndexesHaveACodeOfTheirOwnSinceXp) {
  const Process p;
  const Call made = set_number(zero, Parameter::IndexTuplesLengthMin, 1'000'000);
  EXPECT_EQ(p.may(made), (Codes{C::errSuccess, C::errInvalidParameter, C::errIndexTuplesInvalidLimits}));
  EXPECT_EQ(p.may(made, windows_2000), (Codes{C::errSuccess, C::errInvalidParameter}));
}

TEST(SystemParameters, ThatArePathsMayBeInvalidOnes) {
  const Process p;
  EXPECT_EQ(p.may(set_text(zero, Parameter::SystemPath, "a/")), (Codes{C::errSuccess, C::errInvalidPath}));
  const std::string too_long(300, 'x');
  EXPECT_EQ(p.may(set_text(zero, Parameter::SystemPath, too_long)), (Codes{C::errSuccess, C::errInvalidParameter}));
}

// --- Protected ---

TEST(ProtectedParameters, AreSilentlyKeptWhileAdvancedOnesAreOff) {
  Process p;
  const Handle instance = p.created("a");
  p.does(set_number(instance, Parameter::EnableAdvanced, 0));
  ASSERT_EQ(p.may(set_number(instance, Parameter::MaxSessions, 5)), success);
  p.does(set_number(instance, Parameter::MaxSessions, 5));
  EXPECT_EQ(value(p, get_number(instance, Parameter::MaxSessions)), 16u);
  p.does(set_number(instance, Parameter::CircularLog, 1));
  EXPECT_EQ(value(p, get_number(instance, Parameter::CircularLog)), 1u) << "not a protected one";
  p.does(set_number(instance, Parameter::EnableAdvanced, 1));
  p.does(set_number(instance, Parameter::MaxSessions, 5));
  EXPECT_EQ(value(p, get_number(instance, Parameter::MaxSessions)), 5u);
}

// --- Scope ---

TEST(SystemParameters, OfTheWrongScopeAreAnErrorWhereThePageSaysSo) {
  Process p;
  const Handle instance = p.created("a");
  const Call made = set_number(instance, Parameter::MaxInstances, 5);
  EXPECT_TRUE(p.may(made, {Reading::documented, Release::windows_xp}).contains(C::errInvalidParameter));
  EXPECT_EQ(p.may(get_number(instance, Parameter::MaxInstances)), (Codes{C::errSuccess, C::errInvalidParameter}));
  EXPECT_EQ(p.may(get_number(instance, Parameter::MaxInstances), engine), success);
  EXPECT_EQ(p.may(get_number(instance, Parameter::MaxInstances), windows_2000), success);
}

// --- Getting ---

TEST(JetGetSystemParameter, NeedsSomewhereToPutTheValue) {
  OneSession p;
  Call made = get_number(p.instance, Parameter::MaxSessions);
  EXPECT_EQ(p.may(made), success);
  made.arguments[3] = null();
  EXPECT_EQ(p.may(made), Codes{C::errInvalidParameter});
}

TEST(JetGetSystemParameter, MayCutATextThatDoesNotFit) {
  Process p;
  const Handle instance = p.created("a");
  Call made = get_number(instance, Parameter::EventSource);
  made.arguments[4] = out();
  made.arguments[5] = number(64);
  EXPECT_EQ(p.may(made), success);
  p.does(set_text(instance, Parameter::EventSource, "a name"));
  made.arguments[5] = number(6);
  EXPECT_EQ(p.may(made), (Codes{C::errSuccess, C::errBufferTooSmall, C::wrnBufferTruncated}));
  EXPECT_EQ(p.may(made, {Reading::documented, Release::windows_xp}), (Codes{C::errSuccess, C::wrnBufferTruncated}));
  made.arguments[5] = number(7);
  EXPECT_EQ(p.may(made), success);
}

// --- State of the instance ---

TEST(SystemParameters, OfAStoppedServiceDependOnTheSession) {
  OneSession p;
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(get_number(zero, Parameter::MaxSessions, p.session)), Codes{C::errClientRequestToStopJetService});
  EXPECT_EQ(p.may(get_number(p.instance, Parameter::MaxSessions)),
            (Codes{C::errSuccess, C::errClientRequestToStopJetService}));
  EXPECT_EQ(p.may(get_number(zero, Parameter::MaxSessions, p.session), engine), success);
}

TEST(SystemParameters, AreLockedWhileAnInstanceIsInitializedOrRestored) {
  Process p;
  const Handle instance = p.created("a");
  begin(p.world, init(instance));
  EXPECT_EQ(p.may(get_number(instance, Parameter::MaxSessions)), Codes{C::errInitInProgress});
  Process q;
  const Handle restored = q.created("a");
  begin(q.world, restore(restored, "saved"));
  EXPECT_EQ(q.may(get_number(restored, Parameter::MaxSessions)), Codes{C::errRestoreInProgress});
}

TEST(SystemParameters, OfABadHandleMayNameIt) {
  OneSession p;
  EXPECT_EQ(p.may(get_number(p.instance, Parameter::MaxSessions, garbage)),
            (Codes{C::errInvalidSesid, C::errInvalidParameter}));
  EXPECT_EQ(p.may(get_number(garbage, Parameter::MaxSessions)), (Codes{C::errInvalidInstance, C::errInvalidParameter}));
  EXPECT_EQ(p.may(get_number(garbage, Parameter::MaxSessions), {Reading::documented, Release::windows_xp}),
            Codes{C::errInvalidParameter})
      << "Windows Vista brought JET_errInvalidInstance";
}

}  // namespace
}  // namespace esentcheck::model::testing
