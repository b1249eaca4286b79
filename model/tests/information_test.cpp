// Session parameters, JetIdle, and what the engine says of itself.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;
namespace level = spec::level;
const Codes success{C::errSuccess};

Argument memory(std::uint64_t value) { return {.kind = ArgumentKind::pointer, .number = value}; }

Call set_parameter(Handle session, std::uint64_t id, const Argument& value, std::uint64_t size) {
  return call(Function::JetSetSessionParameter, handle(session), number(id), value, number(size));
}
Call get_parameter(Handle session, std::uint64_t id, std::uint64_t size = 4) {
  return call(Function::JetGetSessionParameter, handle(session), number(id), out(), number(size), out());
}
Call idle(Handle session, std::uint64_t bits) { return call(Function::JetIdle, handle(session), number(bits)); }
Call error_info(const Argument& context, std::uint64_t size, std::uint64_t asked, std::uint64_t grbit = 0) {
  return call(Function::JetGetErrorInfoW, context, out(), number(size), number(asked), number(grbit));
}

Produced gives(const Process& p, const Call& made) {
  World copy = p.world;
  return apply(copy, made, step(p.world, made, p.profile).front());
}

TEST(SessionParameters, KeepTheirValueForTheSessionAlone) {
  OneSession p;
  const Handle other = p.begun(p.instance);
  p.does(set_parameter(p.session, level::sesparamCommitDefault, memory(1), 4));
  const Produced own = gives(p, get_parameter(p.session, level::sesparamCommitDefault));
  EXPECT_TRUE(own.has_value && own.has_number);
  EXPECT_EQ(own.value, 1u);
  EXPECT_EQ(own.number, 4u);
  EXPECT_EQ(gives(p, get_parameter(other, level::sesparamCommitDefault)).value, 0u);
  p.does(begin_transaction(p.session));
  EXPECT_EQ(gives(p, get_parameter(p.session, level::sesparamTransactionLevel)).value, 1u);
}

TEST(SessionParameters, HaveKnownIdsAndSizes) {
  OneSession p;
  const Codes unknown{C::errInvalidParameter, C::errInvalidSesparamId};
  EXPECT_EQ(p.may(set_parameter(p.session, 0, memory(0), 4)), unknown);
  EXPECT_EQ(p.may(set_parameter(p.session, 0, memory(0), 4), engine), Codes{C::errInvalidSesparamId});
  EXPECT_EQ(p.may(get_parameter(p.session, 4096)),
            (Codes{C::errInvalidParameter, C::errInvalidSesparamId, C::errInvalidBufferSize, C::errBufferTooSmall}));
  EXPECT_EQ(p.may(set_parameter(p.session, level::sesparamCommitDefault, null(), 4)), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(set_parameter(p.session, level::sesparamCommitDefault, memory(0), 2)),
            (Codes{C::errInvalidParameter, C::errInvalidBufferSize}));
  EXPECT_EQ(p.may(get_parameter(p.session, level::sesparamCommitDefault, 8), engine), Codes{C::errInvalidBufferSize});
  EXPECT_EQ(p.may(set_parameter(p.session, level::sesparamTransactionLevel, memory(0), 4), engine),
            Codes{C::errFeatureNotAvailable});
}

TEST(SessionParameters, MakeACommitLazy) {
  OneSession p;
  p.does(begin_transaction(p.session));
  EXPECT_FALSE(p.may(with_failing_log(commit(p.session))).contains(C::errSuccess));
  p.does(set_parameter(p.session, level::sesparamCommitDefault, memory(bit::CommitLazyFlush), 4));
  EXPECT_TRUE(p.may(with_failing_log(commit(p.session))).contains(C::errSuccess));
}

TEST(JetCommitTransaction2, TakesADelayForLazyCommitsOnly) {
  OneSession p;
  p.does(begin_transaction(p.session));
  const auto made = [&](std::uint64_t bits) {
    return call(Function::JetCommitTransaction2, handle(p.session), number(bits), number(100), null());
  };
  EXPECT_EQ(p.may(made(0), engine), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(made(0)), (Codes{C::errInvalidParameter, C::errSuccess}));
  EXPECT_EQ(p.may(made(bit::CommitLazyFlush), engine), success);
  p.does(made(bit::CommitLazyFlush));
  EXPECT_EQ(p.may(made(0)), Codes{C::errNotInTransaction});
}

TEST(JetBeginTransaction3, IsABeginWithATag) {
  OneSession p;
  const auto made = [&](std::uint64_t bits) {
    return call(Function::JetBeginTransaction3, handle(p.session), number(~std::uint64_t{0}), number(bits));
  };
  for (int i = 0; i < 7; ++i) p.does(made(0));
  EXPECT_EQ(p.may(made(0)), Codes{C::errTransTooDeep});
  p.does(rollback(p.session, bit::RollbackAll));
  EXPECT_EQ(p.may(made(bit::TransactionReadOnly)), success);
  EXPECT_EQ(p.may(made(8)), (Codes{C::errInvalidGrbit, C::errInvalidParameter, C::errSuccess}));
}

TEST(JetIdle, GivesTwoCodesForABadOption) {
  OneSession p;
  const Codes bad{C::errInvalidParameter, C::errInvalidGrbit};
  EXPECT_EQ(p.may(idle(p.session, bit::IdleFlushBuffers)), bad);
  EXPECT_EQ(p.may(idle(p.session, 0x20)), bad);
  EXPECT_EQ(p.may(idle(p.session, bit::IdleFlushBuffers), engine), Codes{C::errInvalidGrbit});
  EXPECT_EQ(p.may(idle(p.session, 0), engine), Codes{C::wrnNoIdleActivity});
  EXPECT_EQ(p.may(idle(p.session, bit::IdleStatus)), (Codes{C::wrnIdleFull, C::errSuccess}));
}

TEST(JetGetErrorInfoW, EchoesTheErrorAndChecksTheRest) {
  Process p;
  const Argument error = memory(static_cast<std::uint32_t>(C::errOutOfSessions));
  EXPECT_EQ(p.may(error_info(error, 152, 1)), success);
  const Produced produced = gives(p, error_info(error, 152, 1));
  EXPECT_EQ(produced.value_at, 4u);
  EXPECT_EQ(static_cast<std::int32_t>(produced.value), -1101);
  for (const Call& made : {error_info(error, 152, 2), error_info(error, 152, 1, 1), error_info(error, 151, 1),
                           error_info(null(), 152, 1), error_info(memory(99999), 152, 1)})
    EXPECT_EQ(p.may(made), Codes{C::errInvalidParameter});
  EXPECT_EQ(p.may(error_info(error, 151, 1), engine), Codes{C::errInvalidBufferSize});
}

TEST(JetGetInstanceInfo, ListsTheInstancesWithTheirDatabases) {
  OneSession p;
  const Call asked = call(Function::JetGetInstanceInfo, out(), out());
  p.does(call(Function::JetCreateDatabase, handle(p.session), text("y.edb"), null(), out(), number(0)));
  p.does(call(Function::JetCreateDatabase, handle(p.session), text("a/x.edb"), null(), out(), number(0)),
         C::errDatabaseInvalidPath);
  p.running("b");
  EXPECT_EQ(gives(p, asked).number, 2u);
  EXPECT_EQ(gives(p, asked).text, "a(y.edb) b()");
  p.created("c");
  EXPECT_FALSE(gives(p, asked).has_number) << "whether a created instance is listed, the page does not state";
  p.profile = engine;
  EXPECT_EQ(gives(p, asked).number, 3u);
  EXPECT_EQ(p.may(call(Function::JetGetInstanceInfo, null(), out())), Codes{C::errInvalidParameter});
}

TEST(JetGetInstanceMiscInfo, WantsRoomForASignature) {
  OneSession p;
  const auto made = [&](std::uint64_t size, std::uint64_t asked) {
    return call(Function::JetGetInstanceMiscInfo, handle(p.instance), out(), number(size), number(asked));
  };
  EXPECT_EQ(p.may(made(28, 0)), success);
  EXPECT_EQ(p.may(made(27, 0)), Codes{C::errBufferTooSmall});
  EXPECT_TRUE(p.may(made(64, 99)).contains(C::errInvalidParameter));
  EXPECT_FALSE(p.may(made(64, 99)).contains(C::errSuccess));
}

TEST(JetStopBackup, EndsARunningBackupAndMayForbidTheNext) {
  OneSession p(engine);
  p.world.directories.emplace_back("to");
  begin(p.world, backup(p.instance, "to"));
  p.does(call(Function::JetStopBackupInstance, handle(p.instance)));
  EXPECT_EQ(p.may_end(backup(p.instance, "to")), Codes{C::errBackupAbortByServer});
  p.ends(backup(p.instance, "to"), C::errBackupAbortByServer);
  EXPECT_EQ(p.may(backup(p.instance, "to")), success);
  EXPECT_EQ(p.may(backup(p.instance, "to"), documented), (Codes{C::errBackupAbortByServer, C::errSuccess}));
  EXPECT_EQ(p.may(call(Function::JetStopBackup)), Codes{C::errRunningInMultiInstanceMode});
}

TEST(JetRestore, IsForTheInstanceThatIsNotThereYet) {
  Process p;
  p.world.backups.emplace_back("saved");
  const Call made = call(Function::JetRestore, text("saved"), null());
  EXPECT_EQ(p.may(made), success);
  begin(p.world, made);
  EXPECT_EQ(p.world.mode, Mode::single);
  EXPECT_TRUE(p.may(begin_session(zero)).contains(C::errRestoreInProgress));
  p.ends(made);
  EXPECT_EQ(p.world.mode, Mode::undecided);
  p.does(call(Function::JetInit, null()));
  EXPECT_TRUE(p.may(made).contains(C::errAlreadyInitialized));
  EXPECT_EQ(p.may(call(Function::JetBackup, text("nowhere"), number(0), null())), Codes{C::errInvalidPath});
}

}  // namespace
}  // namespace esentcheck::model::testing
