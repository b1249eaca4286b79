// Levels, the threads that may move on them, and session contexts.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;

const Codes success{C::errSuccess};

// --- Depth ---

TEST(Nesting, GoesSevenDeepSinceVista) {
  OneSession p;
  for (int level = 1; level <= 7; ++level) p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(begin_transaction(p.session)), Codes{C::errTransTooDeep});
  EXPECT_EQ(p.may(begin_transaction(p.session), engine), Codes{C::errTransTooDeep});
  EXPECT_EQ(p.may(call(Function::JetBeginTransaction2, handle(p.session), number(0))), Codes{C::errTransTooDeep});
  p.does(commit(p.session));
  EXPECT_EQ(p.may(begin_transaction(p.session)), success);
}

TEST(Nesting, GoesSixDeepUntilServer2003) {
  OneSession p;
  const Profile old{Reading::documented, Release::windows_server_2003};
  for (int level = 1; level <= 5; ++level) p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(begin_transaction(p.session), old), success);
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(begin_transaction(p.session), old), Codes{C::errTransTooDeep});
  EXPECT_EQ(p.may(begin_transaction(p.session), windows_2000), Codes{C::errTransTooDeep});
  EXPECT_EQ(p.may(begin_transaction(p.session), {Reading::documented, Release::windows_vista}), success);
}

// --- Ends of a level ---

TEST(CommitAndRollback, NeedATransaction) {
  OneSession p;
  for (const Profile& read_as : {documented, engine, engine_fast}) {
    EXPECT_EQ(p.may(commit(p.session), read_as), Codes{C::errNotInTransaction});
    EXPECT_EQ(p.may(rollback(p.session), read_as), Codes{C::errNotInTransaction});
    EXPECT_EQ(p.may(rollback(p.session, bit::RollbackAll), read_as), Codes{C::errNotInTransaction});
  }
}

TEST(CommitAndRollback, LeaveOneLevel) {
  OneSession p;
  for (int level = 1; level <= 3; ++level) p.does(begin_transaction(p.session));
  p.does(commit(p.session));
  EXPECT_EQ(find_session(p.world, p.session)->depth, 2);
  p.does(rollback(p.session));
  EXPECT_EQ(find_session(p.world, p.session)->depth, 1);
  EXPECT_EQ(p[p.instance].open_transactions, 1u);
  p.does(commit(p.session));
  EXPECT_EQ(p[p.instance].open_transactions, 0u);
}

TEST(CommitAndRollback, LeaveAWorldLikeTheOneBeforeTheBegin) {
  OneSession p;
  const World before = p.world;
  p.does(on(3, begin_transaction(p.session)));
  p.does(on(3, commit(p.session)));
  EXPECT_EQ(p.world, before);
}

TEST(Rollback, OfAllLevelsLeavesThemAll) {
  OneSession p;
  for (int level = 1; level <= 4; ++level) p.does(begin_transaction(p.session));
  p.does(rollback(p.session, bit::RollbackAll));
  EXPECT_EQ(find_session(p.world, p.session)->depth, 0);
  EXPECT_EQ(p[p.instance].open_transactions, 0u);
}

TEST(Rollback, MayRefuseUnknownBits) {
  OneSession p;
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(rollback(p.session, 0x100)), (Codes{C::errSuccess, C::errInvalidGrbit}));
  EXPECT_EQ(p.may(rollback(p.session, 0x100), engine), Codes{C::errInvalidGrbit});
  EXPECT_EQ(p.may(rollback(p.session, 0x20), engine), success);
}

TEST(Rollback, OfAStoppedServiceMayGoEitherWayAndCommitMayNot) {
  OneSession p;
  p.does(begin_transaction(p.session));
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(rollback(p.session)), (Codes{C::errSuccess, C::errClientRequestToStopJetService}));
  EXPECT_EQ(p.may(rollback(p.session), engine), success);
  EXPECT_EQ(p.may(commit(p.session)), Codes{C::errClientRequestToStopJetService});
}

// --- Options of a commit ---

TEST(Commit, WaitsForTheLogAtAnyLevel) {
  OneSession p;
  for (const std::uint64_t wait : {bit::WaitLastLevel0Commit, bit::WaitAllLevel0Commit}) {
    EXPECT_EQ(p.may(commit(p.session, wait)), success);
    EXPECT_EQ(p.may(commit(p.session, wait), engine), success);
  }
  p.does(begin_transaction(p.session));
  p.does(commit(p.session, bit::WaitLastLevel0Commit));
  EXPECT_EQ(find_session(p.world, p.session)->depth, 1) << "a wait is no commit";
}

TEST(Commit, RefusesBitsThatExcludeEachOther) {
  OneSession p;
  p.does(begin_transaction(p.session));
  const std::uint64_t both = bit::WaitLastLevel0Commit | bit::WaitAllLevel0Commit;
  const std::uint64_t lazy_wait = bit::CommitLazyFlush | bit::WaitLastLevel0Commit;
  EXPECT_EQ(p.may(commit(p.session, bit::CommitLazyFlush)), success);
  EXPECT_EQ(p.may(commit(p.session, both)), Codes{C::errInvalidGrbit});
  EXPECT_EQ(p.may(commit(p.session, 0x1000)), Codes{C::errInvalidGrbit});
  EXPECT_EQ(p.may(commit(p.session, lazy_wait)), (Codes{C::errSuccess, C::errInvalidGrbit}));
  EXPECT_EQ(p.may(commit(p.session, lazy_wait), engine), Codes{C::errInvalidGrbit});
}

// --- A log that fails ---

TEST(Commit, OfTheOutermostLevelMustReachTheLog) {
  OneSession p;
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(with_failing_log(commit(p.session))), (Codes{C::errLogWriteFail, C::errInstanceUnavailable}));
  EXPECT_EQ(p.may(with_failing_log(commit(p.session, bit::CommitLazyFlush))),
            (Codes{C::errSuccess, C::errLogWriteFail, C::errInstanceUnavailable}));
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(with_failing_log(commit(p.session))),
            (Codes{C::errSuccess, C::errLogWriteFail, C::errInstanceUnavailable}));
}

TEST(Commit, ThatFailsPutsTheInstanceInDoubtAndKeepsTheLevel) {
  OneSession p;
  p.does(begin_transaction(p.session));
  p.does(with_failing_log(commit(p.session)), C::errLogWriteFail);
  EXPECT_EQ(p[p.instance].availability, Availability::in_doubt);
  EXPECT_EQ(find_session(p.world, p.session)->depth, 1);
  EXPECT_EQ(p.may(begin_session(p.instance)), (Codes{C::errSuccess, C::errInstanceUnavailable}));
  p.does(commit(p.session), C::errInstanceUnavailable);
  EXPECT_EQ(p.may(begin_session(p.instance)), Codes{C::errInstanceUnavailable});
}

TEST(CommitAndRollback, OutsideATransactionHaveNothingToWrite) {
  OneSession p;
  EXPECT_EQ(p.may(with_failing_log(commit(p.session))), Codes{C::errNotInTransaction});
  EXPECT_EQ(p.may(with_failing_log(rollback(p.session))), Codes{C::errNotInTransaction});
  EXPECT_EQ(p.may(with_failing_log(rollback(garbage))), (Codes{C::errInvalidSesid, C::errInvalidParameter}));
}

TEST(Rollback, MayFailWithItsOwnCodeOrTheCause) {
  OneSession p;
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(with_failing_log(rollback(p.session))),
            (Codes{C::errSuccess, C::errRollbackError, C::errLogWriteFail}));
  EXPECT_EQ(p.may(with_failing_log(rollback(p.session)), engine), (Codes{C::errSuccess, C::errLogWriteFail}));
  p.does(with_failing_log(rollback(p.session)), C::errRollbackError);
  EXPECT_EQ(p[p.instance].availability, Availability::in_doubt);
  EXPECT_EQ(find_session(p.world, p.session)->depth, 1);
}

// --- Threads ---

TEST(Transactions, StayOnTheThreadOfTheirOutermostBegin) {
  OneSession p;
  p.does(on(1, begin_transaction(p.session)));
  for (const Call& made : {begin_transaction(p.session), commit(p.session), rollback(p.session)}) {
    EXPECT_EQ(p.may(on(1, made)), success);
    EXPECT_EQ(p.may(on(2, made)), Codes{C::errSessionSharingViolation});
    EXPECT_EQ(p.may(on(2, made), engine), Codes{C::errSessionSharingViolation});
    EXPECT_EQ(p.may(on(2, made), windows_2000), success) << "Windows XP brought the code";
  }
  p.does(on(1, commit(p.session)));
  EXPECT_EQ(p.may(on(2, begin_transaction(p.session))), success);
}

TEST(Transactions, BegunInAContextBelongToWhoeverHoldsIt) {
  OneSession p;
  p.does(on(1, set_context(p.session, 7)));
  p.does(on(1, begin_transaction(p.session)));
  EXPECT_EQ(p.may(on(1, commit(p.session))), success);
  EXPECT_EQ(p.may(on(2, commit(p.session))), Codes{C::errSessionSharingViolation});
  p.does(on(1, reset_context(p.session)));
  EXPECT_EQ(p.may(on(2, commit(p.session))), (Codes{C::errSuccess, C::errSessionSharingViolation}));
  EXPECT_EQ(p.may(on(1, commit(p.session)), engine), Codes{C::errSessionSharingViolation});
  p.does(on(2, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(2, commit(p.session))), success);
  EXPECT_EQ(p.may(on(1, commit(p.session))), Codes{C::errSessionSharingViolation});
  p.does(on(2, commit(p.session)));
  EXPECT_EQ(p[p.instance].open_transactions, 0u);
}

TEST(Transactions, MayNotMoveWithAContextThatCameTooLate) {
  OneSession p;
  p.does(on(1, begin_transaction(p.session)));
  EXPECT_EQ(p.may(on(1, set_context(p.session, 7))), (Codes{C::errSuccess, C::errSessionSharingViolation}));
  EXPECT_EQ(p.may(on(1, set_context(p.session, 7)), engine), success);
  p.does(on(1, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(1, commit(p.session)), engine), success);
  EXPECT_EQ(p.may(on(2, commit(p.session)), engine), Codes{C::errSessionSharingViolation});
}

TEST(Transactions, BegunUnderAForeignContextMayBeRefused) {
  OneSession p;
  p.does(on(1, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(2, begin_transaction(p.session))), (Codes{C::errSuccess, C::errSessionSharingViolation}));
  EXPECT_EQ(p.may(on(2, begin_transaction(p.session)), engine), success);
}

// --- Contexts ---

TEST(JetSetSessionContext, TakesAnyValueButZeroAndAllOnes) {
  OneSession p;
  EXPECT_EQ(p.may(set_context(p.session, 1)), success);
  EXPECT_EQ(p.may(set_context(p.session, 0)), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(set_context(p.session, ~std::uint64_t{0})), Codes{C::errInvalidParameter});
}

TEST(JetSetSessionContext, IsRefusedOnASessionThatHasOne) {
  OneSession p;
  p.does(on(1, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(1, set_context(p.session, 7))), Codes{C::errSessionContextAlreadySet});
  EXPECT_EQ(p.may(on(2, set_context(p.session, 8))), Codes{C::errSessionContextAlreadySet});
  EXPECT_EQ(p.may(on(2, set_context(p.session, 0))), (Codes{C::errInvalidParameter, C::errSessionContextAlreadySet}));
}

TEST(JetResetSessionContext, IsForTheThreadThatSetIt) {
  OneSession p;
  const World before = p.world;
  p.does(on(1, set_context(p.session, 7)));
  EXPECT_EQ(p.may(on(2, reset_context(p.session))), Codes{C::errSessionContextNotSetByThisThread});
  EXPECT_EQ(p.may(on(1, reset_context(p.session))), success);
  p.does(on(1, reset_context(p.session)));
  EXPECT_EQ(p.world, before);
}

TEST(JetResetSessionContext, OfASessionThatHasNoneIsOpen) {
  OneSession p;
  EXPECT_EQ(p.may(reset_context(p.session)), (Codes{C::errSuccess, C::errSessionContextNotSetByThisThread}));
  EXPECT_EQ(p.may(reset_context(p.session), engine), Codes{C::errSessionContextNotSetByThisThread});
}

TEST(JetResetSessionContext, WorksAfterTheServiceWasStoppedAndSetDoesNot) {
  OneSession p;
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(set_context(p.session, 7)), Codes{C::errClientRequestToStopJetService});
  EXPECT_TRUE(p.may(reset_context(p.session)).contains(C::errSuccess));
  EXPECT_FALSE(p.may(reset_context(p.session)).contains(C::errClientRequestToStopJetService));
}

}  // namespace
}  // namespace esentcheck::model::testing
