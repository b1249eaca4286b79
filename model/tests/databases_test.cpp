// Databases: who attaches one, who has it open, and what stands in the way.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;
const Codes success{C::errSuccess};

Call create_database(Handle session, std::string_view file, std::uint64_t bits = 0) {
  return call(Function::JetCreateDatabase, handle(session), text(file), null(), out(), number(bits));
}
Call attach(Handle session, std::string_view file, std::uint64_t bits = 0) {
  return call(Function::JetAttachDatabase, handle(session), text(file), number(bits));
}
Call detach(Handle session, const Argument& file, std::uint64_t bits = 0) {
  return call(Function::JetDetachDatabase2, handle(session), file, number(bits));
}
Call open(Handle session, std::string_view file, std::uint64_t bits = 0) {
  return call(Function::JetOpenDatabase, handle(session), text(file), null(), out(), number(bits));
}
Call close(Handle session, Handle database) {
  return call(Function::JetCloseDatabase, handle(session), handle(database), number(0));
}
Call info(Handle session, Handle database, std::uint64_t level, std::uint64_t size) {
  return call(Function::JetGetDatabaseInfo, handle(session), handle(database), out(), number(size), number(level));
}

struct TwoSessions : OneSession {
  explicit TwoSessions(const Profile& read_as = documented) : OneSession(read_as) { other = begun(instance); }
  Handle other;
};

TEST(JetCreateDatabase, AttachesAndOpensTheNewFile) {
  OneSession p;
  const Handle id = p.does(create_database(p.session, "x.edb"));
  EXPECT_EQ(id.kind, HandleKind::database);
  EXPECT_EQ(p[p.instance].database_count, 1u);
  EXPECT_EQ(p.may(close(p.session, id)), success);
  EXPECT_TRUE(p.may(create_database(p.session, "./x.edb")).contains(C::errDatabaseDuplicate));
  EXPECT_FALSE(p.may(create_database(p.session, "x.edb")).contains(C::errSuccess));
}

TEST(JetCreateDatabase, OverwritesADetachedFileWhereItIsAskedTo) {
  OneSession p;
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  p.does(detach(p.session, text("x.edb")));
  EXPECT_EQ(p.may(create_database(p.session, "x.edb")), Codes{C::errDatabaseDuplicate});
  EXPECT_EQ(p.may(create_database(p.session, "x.edb", bit::DbOverwriteExisting)), success);
}

TEST(JetCreateDatabase, TakesSevenOrSixAndTheEngineSix) {
  OneSession p;
  for (const char* file : {"1", "2", "3", "4", "5", "6"}) p.does(create_database(p.session, file));
  EXPECT_EQ(p.may(create_database(p.session, "7")), (Codes{C::errSuccess, C::errTooManyAttachedDatabases}));
  EXPECT_EQ(p.may(create_database(p.session, "7"), engine), Codes{C::errTooManyAttachedDatabases});
  p.does(create_database(p.session, "7"));
  EXPECT_EQ(p.may(create_database(p.session, "8")), Codes{C::errTooManyAttachedDatabases});
}

TEST(JetCreateDatabase, IntoAMissingFolderWithdrawsAllDataInTheEngine) {
  OneSession p(engine);
  EXPECT_EQ(p.may(create_database(p.session, "no/x.edb"), documented), Codes{C::errDatabaseInvalidPath});
  p.does(create_database(p.session, "no\\x.edb"), C::errInvalidPath);
  EXPECT_EQ(p.may(attach(p.session, "x.edb")), Codes{C::errInstanceUnavailable});
}

TEST(JetCreateDatabase, ThatFailsForMemoryLeavesNothingBehind) {
  OneSession p;
  const World before = p.world;
  p.does(without_memory(create_database(p.session, "x.edb")), C::errOutOfMemory);
  EXPECT_EQ(p.world, before);
}

TEST(JetCreateDatabase, WantsNoTransactionAndAPath) {
  OneSession p;
  EXPECT_EQ(p.may(create_database(p.session, "")), Codes{C::errDatabaseInvalidPath});
  p.does(begin_transaction(p.session));
  EXPECT_EQ(p.may(create_database(p.session, "x.edb")), Codes{C::errInTransaction});
  EXPECT_EQ(p.may(attach(p.session, "x.edb"), engine), Codes{C::errInTransaction});
}

TEST(JetCreateDatabase2, HasALargestSize) {
  OneSession p;
  const auto sized = [&](std::uint64_t pages) {
    return p.may(call(Function::JetCreateDatabase2, handle(p.session), text("x"), number(pages), out(), number(0)));
  };
  EXPECT_EQ(sized(0x7ffffffe), success);
  EXPECT_EQ(sized(0x7fffffff), Codes{C::errDatabaseInvalidPages});
}

TEST(JetAttachDatabase, FindsTheFileOrNot) {
  TwoSessions p;
  EXPECT_EQ(p.may(attach(p.session, "x.edb")), Codes{C::errFileNotFound});
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  p.does(detach(p.session, text("x.edb")));
  p.does(attach(p.session, "x.edb"));
  EXPECT_EQ(p.may(attach(p.session, "x.edb")), Codes{C::wrnDatabaseAttached});
  EXPECT_EQ(p.may(attach(p.other, "x.edb")), Codes{C::errDatabaseSharingViolation}) << "the page: another session";
  EXPECT_EQ(p.may(attach(p.other, "x.edb"), engine), Codes{C::wrnDatabaseAttached}) << "the engine: one instance";
}

TEST(JetAttachDatabase, IsRefusedWhileAnotherInstanceHasTheFile) {
  OneSession p;
  const Handle other = p.begun(p.running("b"));
  p.does(create_database(p.session, "x.edb"));
  EXPECT_EQ(p.may(attach(other, "x.edb")), (Codes{C::errDatabaseSharingViolation, C::errFileAccessDenied}));
  EXPECT_EQ(p.may(attach(other, "x.edb"), engine), Codes{C::errDatabaseSharingViolation});
}

TEST(JetAttachDatabase, AndDetachWaitForABackup) {
  OneSession p;
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  p[p.instance].backup_running = true;
  EXPECT_TRUE(p.may(attach(p.session, "y.edb")).contains(C::errBackupInProgress));
  EXPECT_EQ(p.may(detach(p.session, text("x.edb"))), Codes{C::errBackupInProgress});
}

TEST(JetDetachDatabase, NeedsEveryOpenToBeClosed) {
  TwoSessions p;
  const Handle first = p.does(create_database(p.session, "x.edb"));
  const Handle second = p.does(open(p.other, "x.edb"));
  p.does(close(p.session, first));
  EXPECT_EQ(p.may(detach(p.session, text("x.edb"))), Codes{C::errDatabaseInUse});
  EXPECT_TRUE(p.may(detach(p.session, text("x.edb"), bit::ForceCloseAndDetach)).contains(C::errSuccess));
  EXPECT_EQ(p.may(detach(p.session, text("x.edb"), bit::ForceDetach), engine), Codes{C::errForceDetachNotAllowed});
  p.does(close(p.other, second));
  EXPECT_EQ(p.may(detach(p.session, text("x.edb"))), success);
  EXPECT_EQ(p.may(detach(p.session, text("y.edb"))), Codes{C::errDatabaseNotFound});
}

TEST(JetDetachDatabase, OfNothingTakesWhatTheSessionAttached) {
  TwoSessions p;
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  p.does(close(p.other, p.does(create_database(p.other, "y.edb"))));
  p.does(detach(p.session, null()));
  EXPECT_EQ(find_database(p.world, "x.edb"), nullptr);
  EXPECT_NE(find_database(p.world, "y.edb"), nullptr) << "the other session attached it";
}

TEST(JetOpenDatabase, ExclusivelyIsAloneUntilItsSessionHasClosedIt) {
  TwoSessions p;
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  const Handle id = p.does(open(p.session, "x.edb", bit::DbExclusive));
  EXPECT_EQ(p.may(open(p.other, "x.edb")), Codes{C::errDatabaseLocked});
  EXPECT_EQ(p.may(open(p.session, "x.edb", bit::DbExclusive)), Codes{C::errDatabaseInUse});
  EXPECT_EQ(p.may(open(p.session, "x.edb")), success);
  p.does(close(p.session, id));
  EXPECT_EQ(p.may(open(p.other, "x.edb")), success);
}

TEST(JetOpenDatabase, WarnsOfAReadOnlyAttachThatTheEngineForgets) {
  OneSession p;
  p.does(close(p.session, p.does(create_database(p.session, "x.edb"))));
  p.does(detach(p.session, text("x.edb")));
  p.does(attach(p.session, "x.edb", bit::DbReadOnly));
  EXPECT_EQ(p.may(open(p.session, "x.edb", bit::DbReadOnly)), success);
  EXPECT_EQ(p.may(open(p.session, "x.edb"), engine), success);
  EXPECT_EQ(p.does(open(p.session, "x.edb"), C::wrnFileOpenReadOnly).kind, HandleKind::database);
}

TEST(JetOpenDatabase, TakesOnePerSessionWhereTheParameterSaysSo) {
  Process p;
  const Handle instance = p.created("a");
  p.does(init(instance));
  p.world.globals.set(Parameter::OneDatabasePerSession, 1);
  const Handle session = p.begun(instance);
  const Handle other = p.begun(instance);
  p.does(create_database(session, "x.edb"));
  p.does(create_database(other, "y.edb"));
  EXPECT_EQ(p.may(open(session, "y.edb")), Codes{C::errOneDatabasePerSession});
  EXPECT_EQ(p.may(create_database(session, "z.edb")), Codes{C::errOneDatabasePerSession});
}

TEST(JetCloseDatabase, KnowsOnlyTheIdsOfItsOwnSession) {
  TwoSessions p;
  const Codes none{C::errInvalidDatabaseId, C::errDatabaseNotFound};
  const Handle id = p.does(create_database(p.session, "x.edb"));
  EXPECT_EQ(p.may(close(p.other, id)), none);
  EXPECT_EQ(p.may(close(p.other, id), engine), Codes{C::errInvalidDatabaseId});
  for (const Handle bad : {zero, nil, ended, garbage}) EXPECT_EQ(p.may(close(p.session, bad)), none);
  p.does(stop_service(p.instance));
  EXPECT_EQ(p.may(close(p.session, id)), success) << "allowed after JetStopService";
}

TEST(Sessions, CloseWhatTheyOpenedWhenTheyEnd) {
  TwoSessions p;
  p.does(create_database(p.session, "x.edb"));
  p.does(end(p.session));
  EXPECT_EQ(p.world.open_count, 0u);
  EXPECT_EQ(p.may(attach(p.other, "x.edb")), (Codes{C::wrnDatabaseAttached, C::errDatabaseSharingViolation}))
      << "nobody can say whose attachment it is now";
  p.does(term(p.instance));
  EXPECT_EQ(find_database(p.world, "x.edb"), nullptr);
  EXPECT_NE(find_file(p.world, "x.edb"), nullptr);
}

TEST(JetGetDatabaseInfo, TellsOneMoreThanTheDeepestLevel) {
  OneSession p;
  const Handle id = p.does(create_database(p.session, "x.edb"));
  const Call asked = info(p.session, id, spec::level::DbInfoTransactions, 4);
  const auto value = [&](const Profile& profile) {
    World copy = p.world;
    return apply(copy, asked, step(p.world, asked, profile).front()).value;
  };
  EXPECT_EQ(value(documented), 8u);
  EXPECT_EQ(value(windows_2000), 7u);
}

TEST(JetGetDatabaseInfo, MindsTheIdTheLevelAndTheSize) {
  OneSession p;
  const Handle id = p.does(create_database(p.session, "x.edb"));
  const Codes too_small{C::errBufferTooSmall, C::errInvalidBufferSize};
  EXPECT_EQ(p.may(info(p.session, id, spec::level::DbInfoOptions, 3)), too_small);
  EXPECT_EQ(p.may(info(p.session, id, spec::level::DbInfoOptions, 5), engine), Codes{C::errInvalidBufferSize});
  EXPECT_EQ(p.may(info(p.session, id, spec::level::DbInfoFilename, 5), engine), Codes{C::errBufferTooSmall});
  EXPECT_EQ(p.may(info(p.session, id, spec::level::DbInfoIsam, 4)), Codes{C::errFeatureNotAvailable});
  EXPECT_EQ(p.may(info(p.session, nil, 0, 260)), (Codes{C::errInvalidParameter, C::errInvalidDatabaseId}));
}

TEST(CanonicalWorlds, DoNotDependOnWhichSessionACallIsInside) {
  TwoSessions a, b;
  a.world.sessions[a.session.id].calls_inside = 1;
  b.world.sessions[b.other.id].calls_inside = 1;
  EXPECT_NE(a.world, b.world);
  EXPECT_EQ(canonical(a.world), canonical(b.world));
}

TEST(CanonicalWorlds, DoNotDependOnTheOrderOfSessionsAndOpens) {
  TwoSessions a, b;
  a.does(create_database(a.session, "x.edb"));
  a.does(open(a.other, "x.edb"));
  b.does(create_database(b.other, "x.edb"));
  b.does(open(b.session, "x.edb"));
  EXPECT_NE(a.world, b.world);
  EXPECT_EQ(canonical(a.world), canonical(b.world));
  EXPECT_EQ(hash_of(canonical(a.world)), hash_of(canonical(b.world)));
  b.does(open(b.session, "x.edb"));
  EXPECT_NE(canonical(a.world), canonical(b.world)) << "how often counts";
}

}  // namespace
}  // namespace esentcheck::model::testing
