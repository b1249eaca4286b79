// JetDupSession, rule by rule: each of its nine codes with its condition alone, then what several conditions at once
// allow, then what the engine's two builds do with the same calls.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

// --- Each of the nine codes alone ---

TEST(JetDupSession, GivesAnotherSessionOfTheSameInstance) {
  OneSession p;
  ASSERT_EQ(p.may(dup(p.session)), Codes{C::errSuccess});
  const Handle copy = p.does(dup(p.session));
  EXPECT_EQ(copy.kind, HandleKind::session);
  EXPECT_NE(copy, p.session);
  ASSERT_NE(find_session(p.world, copy), nullptr);
  EXPECT_EQ(handle_of(find_session(p.world, copy)->instance), p.instance);
  EXPECT_EQ(p[p.instance].session_count, 2u);
}

TEST(JetDupSession, InheritsNeitherTransactionNorContext) {
  OneSession p;
  p.does(set_context(p.session, 7));
  p.does(begin_transaction(p.session));
  const Session& copy = *find_session(p.world, p.does(dup(p.session)));
  EXPECT_EQ(copy.depth, 0);
  EXPECT_FALSE(copy.has_context);
  EXPECT_FALSE(copy.internal);
}

TEST(JetDupSession, IsRefusedAtTheLimit) {
  OneSession p;
  p[p.instance].session_limit = 1;
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errOutOfSessions});
}

TEST(JetDupSession, IsRefusedOnceTheServiceIsStopped) {
  OneSession p;
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errClientRequestToStopJetService});
}

TEST(JetDupSession, IsRefusedOnceTheInstanceIsUnavailable) {
  OneSession p;
  p[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errInstanceUnavailable});
}

TEST(JetDupSession, NeedsSomewhereToPutTheSession) {
  OneSession p;
  EXPECT_EQ(p.may(call(Function::JetDupSession, handle(p.session), null())), Codes{C::errInvalidParameter});
}

TEST(JetDupSession, MayLackMemoryOrDoWithout) {
  OneSession p;
  EXPECT_EQ(p.may(without_memory(dup(p.session))), (Codes{C::errSuccess, C::errOutOfMemory}));
}

TEST(JetDupSession, FindsNothingInitializedWhileTheSessionsInstanceReplaysItsLog) {
  Process p;
  const Handle instance = p.created("a");
  begin(p.world, init(instance));
  const Handle session = handle_of(*callback_session(p.world, init(instance)));
  EXPECT_EQ(p.may(dup(session)), Codes{C::errNotInitialized});
}

TEST(JetDupSession, FindsARestoreInProgress) {
  Process p;
  const Handle instance = p.created("a");
  begin(p.world, restore(instance, "saved"));
  const Handle session = handle_of(*callback_session(p.world, restore(instance, "saved")));
  EXPECT_EQ(p.may(dup(session)), Codes{C::errRestoreInProgress});
  EXPECT_EQ(p.may(on(2, dup(session))), Codes{C::errRestoreInProgress});
}

TEST(JetDupSession, FindsATermInProgress) {
  OneSession p;
  begin(p.world, term(p.instance));
  EXPECT_EQ(p.may(on(2, dup(p.session))), Codes{C::errTermInProgress});
}

// --- Handles that no page describes ---

TEST(JetDupSession, MayNameABadHandleInTwoWaysWhileAnInstanceRuns) {
  OneSession p;
  for (const Handle bad : {zero, nil, garbage})
    EXPECT_EQ(p.may(dup(bad)), (Codes{C::errInvalidSesid, C::errInvalidParameter}));
}

TEST(JetDupSession, MayTakeAnEndedHandleForOneOfAnInstanceThatShutsDown) {
  OneSession p;
  EXPECT_EQ(p.may(dup(ended)), (Codes{C::errInvalidSesid, C::errInvalidParameter, C::errTermInProgress}));
}

TEST(JetDupSession, MayFindNothingInitializedOnceTheLastInstanceIsGone) {
  OneSession p;
  p.does(term(p.instance));
  EXPECT_EQ(p.may(dup(p.session)), (Codes{C::errInvalidSesid, C::errInvalidParameter, C::errNotInitialized}));
  EXPECT_EQ(p.may(dup(ended)),
            (Codes{C::errInvalidSesid, C::errInvalidParameter, C::errNotInitialized, C::errTermInProgress}));
}

TEST(JetDupSession, KnowsTheSessionsOfAnotherInstanceToo) {
  OneSession p;
  const Handle other = p.running("b");
  const Handle copy = p.does(dup(p.begun(other)));
  EXPECT_EQ(handle_of(find_session(p.world, copy)->instance), other);
}

// --- Several conditions at once: no page gives an order ---

TEST(JetDupSession, MayNameEachConditionThatHolds) {
  OneSession p;
  p[p.instance].session_limit = 1;
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(dup(p.session)), (Codes{C::errClientRequestToStopJetService, C::errOutOfSessions}));
  p[p.instance].availability = Availability::withdrawn;
  begin(p.world, term(p.instance));
  Call everything = without_memory(dup(p.session));
  everything.arguments[1] = null();
  EXPECT_EQ(p.may(everything),
            (Codes{C::errClientRequestToStopJetService, C::errInstanceUnavailable, C::errTermInProgress,
                   C::errInvalidParameter, C::errOutOfMemory, C::errOutOfSessions}));
}

TEST(JetDupSession, ExcludesSuccessAsSoonAsOneConditionIsSure) {
  OneSession p;
  p[p.instance].session_limit = 1;
  EXPECT_EQ(p.may(without_memory(dup(p.session))), (Codes{C::errOutOfMemory, C::errOutOfSessions}));
}

TEST(JetDupSession, SettlesADoubtAboutTheInstanceWhenItIsRefused) {
  OneSession p;
  p[p.instance].availability = Availability::in_doubt;
  EXPECT_EQ(p.may(dup(p.session)), (Codes{C::errSuccess, C::errInstanceUnavailable}));
  p.does(dup(p.session), C::errInstanceUnavailable);
  EXPECT_EQ(p[p.instance].availability, Availability::withdrawn);
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errInstanceUnavailable});
}

TEST(JetDupSession, ChangesNothingWhenItIsRefused) {
  OneSession p;
  p[p.instance].session_limit = 1;
  const World before = p.world;
  p.does(dup(p.session), C::errOutOfSessions);
  EXPECT_EQ(p.world, before);
}

TEST(JetDupSession, DoesNotAskWhichThreadHasTheSourcesTransaction) {
  OneSession p;
  p.does(on(1, begin_transaction(p.session)));
  EXPECT_EQ(p.may(on(2, dup(p.session))), Codes{C::errSuccess});
}

// --- Releases ---

TEST(JetDupSession, OfWindows2000HasNoCodeForAnUnavailableInstance) {
  OneSession p;
  p[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(p.may(dup(p.session), windows_2000), Codes{C::errSuccess});
  EXPECT_EQ(p.may(dup(p.session), {Reading::documented, Release::windows_xp}), Codes{C::errInstanceUnavailable});
}

// --- The engine ---

TEST(JetDupSession, OfTheEngineHasRoomForSixtyFiveMore) {
  OneSession p(engine);
  p[p.instance].session_count = 16 + 64;
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errSuccess});
  EXPECT_EQ(p.may(dup(p.session), documented), Codes{C::errOutOfSessions});
  p[p.instance].session_count = 16 + 65;
  EXPECT_EQ(p.may(dup(p.session)), Codes{C::errOutOfSessions});
  EXPECT_EQ(p.may(dup(p.session), engine_fast), Codes{C::errOutOfSessions});
}

TEST(JetDupSession, OfTheEngineReportsRefusedMemoryAsOutOfSessions) {
  OneSession p;
  for (const Profile& read_as : {engine, engine_fast})
    EXPECT_EQ(p.may(without_memory(dup(p.session)), read_as), (Codes{C::errSuccess, C::errOutOfSessions}));
}

TEST(JetDupSession, OfTheEngineNeverGivesThreeOfItsNineCodes) {
  for (const Clause& clause : clauses_of(Function::JetDupSession)) {
    if ((clause.readings & engine_only) == 0) continue;
    EXPECT_NE(clause.code, C::errInvalidParameter);
    EXPECT_NE(clause.code, C::errOutOfMemory);
    EXPECT_NE(clause.code, C::errRestoreInProgress);
  }
}

TEST(JetDupSession, OfTheEngineChecksInOneOrder) {
  OneSession p;
  const Handle other = p.running("b");
  p.does(stop_service(p.instance));
  p[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(p.may(dup(p.session), engine), Codes{C::errClientRequestToStopJetService});
  begin(p.world, term(p.instance));
  // With a second live instance the stop flag wins, with one alone the term does.
  EXPECT_EQ(p.may(dup(p.session), engine), Codes{C::errClientRequestToStopJetService});
  begin(p.world, term(other));
  EXPECT_EQ(p.may(dup(p.session), engine), Codes{C::errTermInProgress});
  EXPECT_EQ(p.may(dup(garbage), engine), Codes{C::errInvalidSesid});
}

TEST(JetDupSession, OfTheEngineSeesUnavailableBeforeTheTermOfOneOfTwo) {
  OneSession p;
  p.running("b");
  p[p.instance].availability = Availability::withdrawn;
  begin(p.world, term(p.instance));
  EXPECT_EQ(p.may(dup(p.session), engine), Codes{C::errInstanceUnavailable});
}

TEST(JetDupSession, OfTheValidatingEngineDiagnosesEachBadHandle) {
  OneSession p;
  for (const Handle bad : {zero, nil, garbage, ended}) EXPECT_EQ(p.may(dup(bad), engine), Codes{C::errInvalidSesid});
  p.does(term(p.instance));
  EXPECT_EQ(p.may(dup(ended), engine), Codes{C::errInvalidSesid});
}

TEST(JetDupSession, OfTheFastEngineLooksAtZeroAndNilOnly) {
  OneSession p;
  EXPECT_EQ(p.may(dup(zero), engine_fast), Codes{C::errInvalidSesid});
  EXPECT_EQ(p.may(dup(nil), engine_fast), Codes{C::errInvalidSesid});
  EXPECT_EQ(p.may(dup(ended), engine_fast), (Codes{C::errInvalidSesid, C::errSessionSharingViolation}));
  p.does(term(p.instance));
  EXPECT_EQ(p.may(dup(ended), engine_fast), Codes{C::errNotInitialized});
  EXPECT_EQ(p.may(dup(nil), engine_fast), Codes{C::errInvalidSesid});
}

}  // namespace
}  // namespace esentcheck::model::testing
