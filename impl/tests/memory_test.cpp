// Refused memory is JET_errOutOfMemory, changes nothing, and never gets out as an exception. This program
// replaces malloc and its kin, as a process under memory pressure would see them.
#include <stdlib.h>

#include <cerrno>
#include <functional>
#include <limits>
#include <new>

#include "databases_support.hpp"

namespace {

// How many allocations of this thread still succeed.
constexpr long unlimited = std::numeric_limits<long>::max();
__attribute__((tls_model("initial-exec"))) thread_local long allowance = unlimited;
__attribute__((tls_model("initial-exec"))) thread_local long refused = 0;

bool refuse() {
  if (allowance == unlimited) return false;
  if (allowance-- > 0) return false;
  allowance = 0;
  ++refused;
  errno = ENOMEM;
  return true;
}

}  // namespace

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// A sanitizer owns malloc; new and delete are replaced instead, which are most of it. Inlined, the pair looks
// mismatched to the compiler.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(size_t size, const std::nothrow_t&) noexcept { return refuse() ? nullptr : malloc(size); }
void* operator new(size_t size) {
  void* block = operator new(size, std::nothrow);
  if (block == nullptr) throw std::bad_alloc();
  return block;
}
void operator delete(void* block) noexcept { free(block); }
void operator delete(void* block, size_t) noexcept { free(block); }
void operator delete(void* block, const std::nothrow_t&) noexcept { free(block); }
#else
extern "C" {
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* block, size_t size);
void* malloc(size_t size) { return refuse() ? nullptr : __libc_malloc(size); }
void* calloc(size_t count, size_t size) { return refuse() ? nullptr : __libc_calloc(count, size); }
void* realloc(void* block, size_t size) { return refuse() ? nullptr : __libc_realloc(block, size); }
}
#endif

namespace esent_test {
namespace {

// Runs the call with its first, second, ... allocation refused until none is; `check` runs after each refusal.
// Gives how many allocations the call makes.
long refuse_each(
    const std::function<JET_ERR()>& call, const std::function<void()>& check = [] {}) {
  for (long n = 0;; ++n) {
    refused = 0;
    allowance = n;
    const JET_ERR err = call();
    allowance = unlimited;
    if (refused == 0) {
      EXPECT_EQ(err, JET_errSuccess);
      return n;
    }
    EXPECT_EQ(err, JET_errOutOfMemory) << "with allocation " << n << " refused";
    if (err == JET_errSuccess || n == 1000) return n;
    check();
  }
}

TEST(RefusedMemory, BeginAndDupTakeNoSessionAndGiveNoHandle) {
  Running instance(2);
  const JET_SESID source = instance.begin();
  JET_SESID sesid = 0;
  const auto nothing_given = [&] { EXPECT_EQ(sesid, JET_sesidNil); };
  EXPECT_GE(refuse_each([&] { return JetBeginSession(instance.get(), &sesid, nullptr, nullptr); }, nothing_given), 1);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  EXPECT_GE(refuse_each([&] { return JetDupSession(source, &sesid); }, nothing_given), 1);
  EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
}

TEST(RefusedMemory, TransactionsAndTheEndOfASessionNeedNone) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  EXPECT_EQ(refuse_each([&] { return JetBeginTransaction(sesid); }), 0);
  EXPECT_EQ(refuse_each([&] { return JetCommitTransaction(sesid, 0); }), 0);
  EXPECT_EQ(refuse_each([&] { return JetSetSessionContext(sesid, 1); }), 0);
  EXPECT_EQ(refuse_each([&] { return JetResetSessionContext(sesid); }), 0);
  EXPECT_EQ(refuse_each([&] { return JetEndSession(sesid, 0); }), 0);
}

TEST(RefusedMemory, NoInstanceIsMade) {
  JET_INSTANCE instance = 0;
  EXPECT_GE(refuse_each([&] { return JetCreateInstance(&instance, "a name that is too long for a small string"); },
                        [&] { EXPECT_EQ(instance, 0U); }),
            1);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(RefusedMemory, JetInitCanBeTriedAgain) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  EXPECT_GE(refuse_each([&] { return JetInit(&instance); }), 1);
  JET_SESID sesid = 0;
  EXPECT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(RefusedMemory, JetTermNeedsNone) {
  Running instance;
  instance.begin();
  EXPECT_EQ(refuse_each([&] { return JetTerm(instance.get()); }), 0);
  instance.forget();
}

TEST(RefusedMemory, ACommitThatFillsALogFileCanBeTriedAgain) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(set_number(instance, JET_paramLogFileSize, 64), JET_errSuccess);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  long needed = 0;
  for (int i = 0; i < 2500; ++i) {
    ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
    needed += refuse_each([&] { return JetCommitTransaction(sesid, JET_bitCommitLazyFlush); });
  }
  EXPECT_GE(needed, 1);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(RefusedMemory, AParameterKeepsItsValue) {
  Folder folder;
  JET_INSTANCE instance = create(folder.path());
  const char* name = "a name that is too long for a small string";
  EXPECT_GE(refuse_each([&] { return JetSetSystemParameter(&instance, 0, JET_paramEventSource, 0, name); }), 1);
  char text[64];
  EXPECT_GE(
      refuse_each([&] { return JetGetSystemParameter(instance, 0, JET_paramEventSource, nullptr, text, sizeof text); }),
      1);
  EXPECT_STREQ(text, name);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(RefusedMemory, NoDatabaseIsMadeOrAttached) {
  Running instance;
  const JET_SESID sesid = instance.begin();
  const std::string path = instance.folder() / "a name that is too long for a small string.edb";
  JET_DBID dbid = 0;
  const auto nothing_made = [&] {
    EXPECT_EQ(dbid, JET_dbidNil);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path + ".new"));
  };
  EXPECT_GE(refuse_each([&] { return JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, 0); }, nothing_made), 10);
  EXPECT_EQ(refuse_each([&] { return JetCloseDatabase(sesid, dbid, 0); }), 0);
  EXPECT_GE(refuse_each([&] { return JetDetachDatabase(sesid, path.c_str()); }), 1);
  EXPECT_GE(refuse_each([&] { return JetAttachDatabase(sesid, path.c_str(), 0); }), 10);
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_wrnDatabaseAttached);
  EXPECT_GE(refuse_each([&] { return JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0); },
                        [&] { EXPECT_EQ(dbid, JET_dbidNil); }),
            1);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
  EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errDatabaseNotFound);
  ASSERT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess);
  char text[512];
  EXPECT_GE(refuse_each([&] { return JetGetDatabaseInfo(sesid, dbid, text, sizeof text, JET_DbInfoFilename); }), 1);
  EXPECT_EQ(refuse_each([&] { return JetEndSession(sesid, 0); }), 0);
}

TEST(RefusedMemory, NothingIsToldOrSetInPart) {
  Running instance(4, "a name that is too long for a small string");
  const JET_SESID sesid = instance.begin();
  std::uint32_t count = 99;
  JET_INSTANCE_INFO* infos = nullptr;
  EXPECT_GE(refuse_each([&] { return JetGetInstanceInfo(&count, &infos); }, [&] { EXPECT_EQ(infos, nullptr); }), 2);
  EXPECT_EQ(count, 1U);
  EXPECT_EQ(JetFreeBuffer(reinterpret_cast<char*>(infos)), JET_errSuccess);
  std::string context(100, 'x');
  std::uint32_t size = 0;
  EXPECT_GE(
      refuse_each([&] { return JetSetSessionParameter(sesid, JET_sesparamCommitGenericContext, context.data(), 100); },
                  [&] {
                    JetGetSessionParameter(sesid, JET_sesparamCommitGenericContext, nullptr, 0, &size);
                    EXPECT_EQ(size, 0U);
                  }),
      2);
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  EXPECT_EQ(refuse_each([&] { return JetCommitTransaction(sesid, 0); }), 0);
  EXPECT_EQ(refuse_each([&] { return JetIdle(sesid, 0); }), 0);
  JET_SIGNATURE signature{};
  EXPECT_EQ(refuse_each([&] { return JetGetInstanceMiscInfo(instance.get(), &signature, sizeof signature, 0); }), 0);
}

TEST(RefusedMemory, ABackupAndARestoreCanBeTriedAgain) {
  Folder folder, target;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  create_database(sesid, folder / "a.edb");
  EXPECT_GE(refuse_each([&] { return JetBackupInstance(instance, target.path().c_str(), 0, nullptr); }), 1);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
  Folder other;
  instance = create(other.path());
  EXPECT_GE(refuse_each([&] { return JetRestoreInstance(instance, target.path().c_str(), nullptr, nullptr); }), 10);
  EXPECT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
