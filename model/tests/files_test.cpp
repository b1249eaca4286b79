// What becomes of files without any call, and what calls may say of it.
#include "model/tests/support.hpp"

namespace esentcheck::model::testing {
namespace {

using C = Code;
using F = Function;

struct WithFile : OneSession {
  WithFile() { note_file(world, "a.edb", true); }

  Codes attach(std::uint64_t bits = 0) {
    return may(call(F::JetAttachDatabase, handle(session), text("a.edb"), number(bits)));
  }
  Codes overwrite() {
    return may(
        call(F::JetCreateDatabase, handle(session), text("a.edb"), null(), out(), number(bit::DbOverwriteExisting)));
  }
};

TEST(Files, ThatNothingHappenedToAreAttached) {
  WithFile p;
  EXPECT_EQ(p.attach(), Codes{C::errSuccess});
  EXPECT_EQ(p.overwrite(), Codes{C::errSuccess});
}

TEST(Files, ThatNeverWereDatabasesAreNone) {
  WithFile p;
  note_event(p.world, "a.edb", FileEvent::foreign);
  EXPECT_EQ(p.attach(), Codes{C::errInvalidDatabase});
  EXPECT_TRUE(p.overwrite().contains(C::errInvalidDatabase));
}

TEST(Files, ThatAreDamagedMayBeSeenToBe) {
  WithFile p;
  note_event(p.world, "a.edb", FileEvent::damaged);
  EXPECT_EQ(p.attach(), (Codes{C::errSuccess, C::errPrimaryIndexCorrupted, C::errSecondaryIndexCorrupted,
                               C::errReadVerifyFailure, C::errInvalidDatabase}));
}

TEST(Files, ThatNobodyMayWriteToCanStillBeRead) {
  WithFile p;
  note_event(p.world, "a.edb", FileEvent::read_only);
  EXPECT_EQ(p.attach(), (Codes{C::errSuccess, C::errDatabaseFileReadOnly}));
  EXPECT_EQ(p.attach(bit::DbReadOnly), Codes{C::errSuccess});
  note_event(p.world, "a.edb", FileEvent::writable);
  EXPECT_EQ(p.attach(), Codes{C::errSuccess});
}

TEST(Files, ThatAnotherProcessHoldsAreInUse) {
  WithFile p;
  note_event(p.world, "a.edb", FileEvent::held);
  EXPECT_EQ(p.attach(), (Codes{C::errSuccess, C::errDatabaseInUse, C::errFileAccessDenied}));
  note_event(p.world, "a.edb", FileEvent::released);
  EXPECT_EQ(p.attach(), Codes{C::errSuccess});
}

TEST(Files, ThatACallMadeAnewAreAsGoodAsNew) {
  WithFile p;
  const World before = p.world;
  for (const FileEvent event : {FileEvent::damaged, FileEvent::foreign, FileEvent::read_only, FileEvent::held})
    note_event(p.world, "a.edb", event);
  EXPECT_NE(hash_of(p.world), hash_of(before));
  note_file(p.world, "a.edb", true);
  EXPECT_EQ(p.world, before);
}

TEST(Files, OfTheLogMayBeSeenToBeDamagedByABackup) {
  WithFile p;
  p.world.directories = {"saved"};
  p[p.instance].parameters.set(Parameter::LogFilePath, "i/");
  note_event(p.world, "i/edb.log", FileEvent::damaged);
  EXPECT_EQ(p.may(backup(p.instance, "saved")), (Codes{C::errSuccess, C::errLogReadVerifyFailure}));
  p[p.instance].parameters.set(Parameter::LogFilePath, "j/");
  EXPECT_EQ(p.may(backup(p.instance, "saved")), Codes{C::errSuccess});
}

}  // namespace
}  // namespace esentcheck::model::testing
