// The session limit, JetBeginSession, JetEndSession and JetGetVersion.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

// --- The limit ---

class SessionLimit : public ::testing::TestWithParam<std::uint32_t> {};
INSTANTIATE_TEST_SUITE_P(Boundary, SessionLimit, ::testing::Values(1, 2, 3, 15, 16, 17, 100, 1000));

TEST_P(SessionLimit, AllowsExactlySoManyByBeginAndByDup) {
  for (const bool by_dup : {false, true}) {
    Process p;
    const Handle instance = p.created("a");
    p.does(set_number(instance, Parameter::MaxSessions, GetParam()));
    p.does(init(instance));
    const Handle first = p.begun(instance);
    for (std::uint32_t i = 1; i < GetParam(); ++i) p.does(by_dup ? dup(first) : begin_session(instance));
    EXPECT_EQ(p[instance].session_count, GetParam());
    EXPECT_EQ(p.may(begin_session(instance)), Codes{C::errOutOfSessions});
    EXPECT_EQ(p.may(dup(first)), Codes{C::errOutOfSessions});
    p.does(end(first));
    EXPECT_EQ(p.may(begin_session(instance)), Codes{C::errSuccess});
  }
}

TEST_P(SessionLimit, IsSixtyFiveHigherInTheEngine) {
  Process p{.profile = engine};
  const Handle instance = p.created("a");
  p.does(set_number(instance, Parameter::MaxSessions, GetParam()));
  p.does(init(instance));
  for (std::uint32_t i = 0; i < GetParam() + 65; ++i) p.begun(instance);
  EXPECT_EQ(p.may(begin_session(instance)), Codes{C::errOutOfSessions});
}

TEST(SessionLimitOf, ZeroAllowsNone) {
  Process p;
  const Handle instance = p.created("a");
  p.does(set_number(instance, Parameter::MaxSessions, 0));
  p.does(init(instance));
  EXPECT_EQ(p.may(begin_session(instance)), Codes{C::errOutOfSessions});
}

TEST(SessionLimitOf, AnUntouchedInstanceIsSixteen) {
  OneSession p;
  EXPECT_EQ(p[p.instance].session_limit, 16u);
}

TEST(SessionLimitOf, OneInstanceIsNotSharedWithAnother) {
  OneSession p;
  const Handle other = p.running("b");
  p[p.instance].session_limit = 1;
  EXPECT_EQ(p.may(begin_session(p.instance)), Codes{C::errOutOfSessions});
  EXPECT_EQ(p.may(begin_session(other)), Codes{C::errSuccess});
}

TEST(SessionLimitOf, AnInstanceLeavesTheSessionsOfCallbacksOut) {
  OneSession p;
  p[p.instance].session_limit = 2;
  callback_session(p.world, backup(p.instance, "saved"));
  EXPECT_EQ(p[p.instance].session_count, 1u);
  EXPECT_EQ(p.may(begin_session(p.instance)), Codes{C::errSuccess});
}

TEST(SessionLimitOf, AnInstanceIsThatOfTheMomentOfJetInit) {
  Process p;
  const Handle instance = p.created("a");
  p.does(set_number(instance, Parameter::MaxSessions, 3));
  begin(p.world, init(instance));
  EXPECT_EQ(p[instance].session_limit, 3u);
}

// --- JetBeginSession ---

TEST(JetBeginSession, NeedsAnInstanceThatRuns) {
  Process p;
  const Handle instance = p.created("a");
  EXPECT_EQ(p.may(begin_session(instance)), Codes{C::errNotInitialized});
  begin(p.world, init(instance));
  EXPECT_EQ(p.may(begin_session(instance)), (Codes{C::errInitInProgress, C::errNotInitialized}));
  EXPECT_EQ(p.may(begin_session(instance), engine), Codes{C::errNotInitialized});
}

TEST(JetBeginSession, IsRefusedByEachStateOfItsInstance) {
  OneSession p;
  OneSession stopped = p;
  stopped.does(stop_service(p.instance));
  EXPECT_EQ(stopped.may(begin_session(p.instance)), Codes{C::errClientRequestToStopJetService});
  OneSession unavailable = p;
  unavailable[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(unavailable.may(begin_session(p.instance)), Codes{C::errInstanceUnavailable});
  EXPECT_EQ(unavailable.may(begin_session(p.instance), windows_2000), Codes{C::errSuccess});
  OneSession terminating = p;
  begin(terminating.world, term(p.instance));
  EXPECT_EQ(terminating.may(begin_session(p.instance)), Codes{C::errTermInProgress});
  Process restoring;
  const Handle restored = restoring.created("a");
  begin(restoring.world, restore(restored, "saved"));
  EXPECT_EQ(restoring.may(begin_session(restored)), Codes{C::errRestoreInProgress});
  EXPECT_EQ(restoring.may(begin_session(restored), engine), Codes{C::errRestoreInProgress});
}

TEST(JetBeginSession, MayNameABadInstanceInTwoWays) {
  OneSession p;
  EXPECT_EQ(p.may(begin_session(garbage)), (Codes{C::errInvalidInstance, C::errInvalidParameter}));
  EXPECT_EQ(p.may(begin_session(nil)), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(begin_session(garbage), engine), Codes{C::errInvalidInstance});
  EXPECT_EQ(p.may(begin_session(garbage), engine_fast), Codes{C::errInvalidParameter});
}

TEST(JetBeginSession, FindsNothingInitializedInAFreshProcess) {
  const Process p;
  EXPECT_EQ(p.may(begin_session(zero)), (Codes{C::errInvalidParameter, C::errNotInitialized}));
  EXPECT_EQ(p.may(begin_session(zero), engine), Codes{C::errInvalidParameter});
}

TEST(JetBeginSession, NeedsSomewhereToPutTheSession) {
  OneSession p;
  EXPECT_EQ(p.may(call(Function::JetBeginSession, handle(p.instance), null())), Codes{C::errInvalidParameter});
}

TEST(JetBeginSession, MeansTheOneInstanceInSingleInstanceMode) {
  Process p;
  const Handle instance = p.does(call(Function::JetInit, null()));
  for (const Handle named : {zero, nil, instance}) EXPECT_EQ(p.may(begin_session(named)), Codes{C::errSuccess});
}

// --- JetEndSession ---

TEST(JetEndSession, EndsTheSessionWithItsTransactions) {
  OneSession p;
  p.does(begin_transaction(p.session));
  p.does(begin_transaction(p.session));
  ASSERT_EQ(p.may(end(p.session)), Codes{C::errSuccess});
  p.does(end(p.session));
  EXPECT_EQ(find_session(p.world, p.session), nullptr);
  EXPECT_EQ(p[p.instance].session_count, 0u);
  EXPECT_EQ(p[p.instance].open_transactions, 0u);
}

TEST(JetEndSession, TakesTheForceBitAndMayRefuseOthers) {
  OneSession p;
  EXPECT_EQ(p.may(end(p.session, bit::ForceSessionClosed)), Codes{C::errSuccess});
  EXPECT_EQ(p.may(end(p.session, 0x40)), (Codes{C::errSuccess, C::errInvalidParameter}));
  EXPECT_EQ(p.may(end(p.session, 0x40), engine), Codes{C::errSuccess});
}

TEST(JetEndSession, MayLackMemoryOrBuffers) {
  OneSession p;
  EXPECT_EQ(p.may(without_memory(end(p.session))), (Codes{C::errSuccess, C::errOutOfMemory, C::errOutOfBuffers}));
  EXPECT_EQ(p.may(without_memory(end(p.session)), engine), Codes{C::errSuccess});
}

TEST(JetEndSession, OfAStoppedServiceMayGoEitherWay) {
  OneSession p;
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(end(p.session)), (Codes{C::errSuccess, C::errClientRequestToStopJetService}));
  EXPECT_EQ(p.may(end(p.session), engine), Codes{C::errSuccess});
}

TEST(JetEndSession, OfAnUnavailableInstanceMayGoEitherWay) {
  OneSession p;
  p[p.instance].availability = Availability::withdrawn;
  EXPECT_EQ(p.may(end(p.session)), (Codes{C::errSuccess, C::errInstanceUnavailable}));
  EXPECT_EQ(p.may(end(p.session), engine), Codes{C::errInstanceUnavailable});
}

TEST(JetEndSession, FindsASessionInUseUnderAnotherThreadsContext) {
  OneSession p;
  p.does(on(1, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(2, end(p.session))), Codes{C::errSessionInUse});
  EXPECT_EQ(p.may(on(1, end(p.session))), (Codes{C::errSuccess, C::errSessionInUse}));
  EXPECT_EQ(p.may(on(1, end(p.session)), engine), Codes{C::errSessionInUse});
}

TEST(JetEndSession, MayMindAnotherThreadsTransaction) {
  OneSession p;
  p.does(on(1, begin_transaction(p.session)));
  EXPECT_EQ(p.may(on(2, end(p.session))), (Codes{C::errSuccess, C::errSessionInUse, C::errSessionSharingViolation}));
  EXPECT_EQ(p.may(on(2, end(p.session)), engine), Codes{C::errSessionSharingViolation});
}

TEST(JetEndSession, DoesNotEndTheSessionOfACallback) {
  OneSession p;
  const Handle internal = handle_of(*callback_session(p.world, backup(p.instance, "saved")));
  EXPECT_EQ(p.may(end(internal)), Codes{C::errInvalidSesid});
}

TEST(JetEndSession, OfAnEndedSessionIsRefused) {
  OneSession p;
  p.does(end(p.session));
  EXPECT_EQ(p.may(end(ended)), (Codes{C::errInvalidSesid, C::errInvalidParameter, C::errTermInProgress}));
  EXPECT_EQ(p.may(end(ended), engine), Codes{C::errInvalidSesid});
}

// --- JetGetVersion ---

TEST(JetGetVersion, CannotFailOnASessionInGoodOrder) {
  OneSession p;
  EXPECT_EQ(p.may(get_version(p.session)), Codes{C::errSuccess});
  EXPECT_EQ(p.may(get_version(p.session), engine), Codes{C::errSuccess});
}

TEST(JetGetVersion, MayPassTheEnginesGateOrNot) {
  OneSession p;
  p.does(stop_service(p.instance));
  EXPECT_TRUE(p.may(get_version(p.session)).contains(C::errSuccess));
  EXPECT_TRUE(p.may(get_version(p.session)).contains(C::errClientRequestToStopJetService));
  EXPECT_EQ(p.may(get_version(p.session), engine), Codes{C::errClientRequestToStopJetService});
  begin(p.world, term(p.instance));
  EXPECT_EQ(p.may(get_version(p.session), engine), Codes{C::errTermInProgress});
  EXPECT_EQ(p.may(get_version(garbage), engine), Codes{C::errInvalidSesid});
  EXPECT_EQ(p.may(get_version(zero), engine_fast), Codes{C::errInvalidSesid});
}

}  // namespace
}  // namespace esentcheck::model::testing
