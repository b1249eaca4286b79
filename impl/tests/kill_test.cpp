// A process that is killed between any two of its file operations comes back with every operation on databases that was
// acknowledged, and with nothing half done. This program stands in front of the system calls of its libraries: a child
// runs a script and kills itself before its k-th file operation, for every k; the parent looks at what is left.
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdarg>
#include <functional>
#include <memory>

#include "databases_support.hpp"

namespace {

// File operations that this process may still make; it is killed before the one after them.
std::atomic<long> allowance{-1};

void operation() {
  if (allowance.load() < 0) return;
  if (allowance.fetch_sub(1) == 0) kill(getpid(), SIGKILL);
}

template <class Function>
Function next(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

}  // namespace

// Those that change something; reading and closing leave a file as it is.
#define IN_FRONT extern "C" __attribute__((visibility("default")))
#define REPLACE(result, name, parameters, arguments)            \
  IN_FRONT result name parameters {                             \
    static const auto real = next<result(*) parameters>(#name); \
    operation();                                                \
    return real arguments;                                      \
  }
REPLACE(ssize_t, write, (int file, const void* bytes, size_t size), (file, bytes, size))
REPLACE(ssize_t, pwrite, (int file, const void* bytes, size_t size, off_t at), (file, bytes, size, at))
REPLACE(ssize_t, pwrite64, (int file, const void* bytes, size_t size, off64_t at), (file, bytes, size, at))
REPLACE(ssize_t, pwritev, (int file, const iovec* parts, int count, off_t at), (file, parts, count, at))
REPLACE(ssize_t, pwritev64, (int file, const iovec* parts, int count, off64_t at), (file, parts, count, at))
REPLACE(int, fsync, (int file), (file))
REPLACE(int, fdatasync, (int file), (file))
REPLACE(int, ftruncate, (int file, off_t size) noexcept, (file, size))
REPLACE(int, ftruncate64, (int file, off64_t size) noexcept, (file, size))
REPLACE(int, rename, (const char* from, const char* to) noexcept, (from, to))
REPLACE(int, unlink, (const char* path) noexcept, (path))
REPLACE(int, mkdir, (const char* path, mode_t mode) noexcept, (path, mode))
REPLACE(int, rmdir, (const char* path) noexcept, (path))
#undef REPLACE

#define REPLACE_OPEN(name)                                                      \
  IN_FRONT int name(const char* path, int flags, ...) {                         \
    static const auto real = next<int (*)(const char*, int, ...)>(#name);       \
    va_list arguments;                                                          \
    va_start(arguments, flags);                                                 \
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0; \
    va_end(arguments);                                                          \
    operation();                                                                \
    return real(path, flags, mode);                                             \
  }
REPLACE_OPEN(open)
REPLACE_OPEN(open64)
#undef REPLACE_OPEN
#undef IN_FRONT

namespace esent_test {
namespace {

// A process that is killed loses nothing that the system has: a file system in memory will do, and is faster by far.
const bool in_memory = std::filesystem::exists("/dev/shm") && setenv("TMPDIR", "/dev/shm", 1) == 0;

// What the child has done, where the parent can see it.
struct Shared {
  std::atomic<int> acknowledged;
  std::atomic<bool> finished;
};

class Child {
 public:
  Child() : shared_(static_cast<Shared*>(map())) {}
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { munmap(shared_, sizeof(Shared)); }

  // Runs the script with the k-th file operation left out. False once the script comes to its end.
  bool killed_at(long k, const std::function<void(Shared&)>& script) {
    new (shared_) Shared{};
    const pid_t child = fork();
    if (child == 0) {
      allowance = k;
      script(*shared_);
      _exit(shared_->finished ? 0 : 1);
    }
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << "the script failed at step " << acknowledged();
    return WIFSIGNALED(status);
  }
  int acknowledged() const { return shared_->acknowledged; }

 private:
  static void* map() {
    return mmap(nullptr, sizeof(Shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  }

  Shared* shared_;
};

JET_INSTANCE small_logs(const std::string& folder) {
  const JET_INSTANCE instance = create(folder);
  EXPECT_EQ(set_number(instance, JET_paramLogFileSize, 64), JET_errSuccess);
  EXPECT_EQ(set_number(instance, JET_paramCircularLog, 1), JET_errSuccess);
  return instance;
}

// Fills half of a log file, so that generations and the checkpoint move on.
bool big_commit(JET_SESID sesid) {
  std::string context(20000, 'c');
  return JetSetSessionParameter(sesid, JET_sesparamCommitGenericContext, context.data(), 20000) == 0 &&
         JetBeginTransaction(sesid) == 0 && JetCommitTransaction(sesid, 0) == 0;
}

enum Step { started, created_a, created_b, detached_a, replaced_a, detached_b, attached_b, ended };

// Steps of operations on databases; a step that fails ends the script early.
void databases_script(Shared& shared, const std::string& folder) {
  const std::string a = folder + "a.edb";
  const std::string b = folder + "b.edb";
  JET_INSTANCE instance = small_logs(folder);
  JET_SESID sesid = 0;
  JET_DBID first = 0;
  JET_DBID second = 0;
  const auto done = [&](Step step, bool well) {
    if (!well) _exit(1);
    shared.acknowledged = step + 1;
  };
  done(started, JetInit(&instance) == 0 && JetBeginSession(instance, &sesid, nullptr, nullptr) == 0);
  done(created_a, JetCreateDatabase(sesid, a.c_str(), nullptr, &first, 0) == 0);
  done(created_b, JetCreateDatabase(sesid, b.c_str(), nullptr, &second, 0) == 0);
  done(created_b, big_commit(sesid) && big_commit(sesid) && JetCloseDatabase(sesid, first, 0) == 0);
  done(detached_a, JetDetachDatabase(sesid, a.c_str()) == 0);
  done(replaced_a, JetCreateDatabase(sesid, a.c_str(), nullptr, &first, JET_bitDbOverwriteExisting) == 0);
  done(replaced_a, big_commit(sesid) && JetCloseDatabase(sesid, second, 0) == 0);
  done(detached_b, JetDetachDatabase(sesid, b.c_str()) == 0);
  done(attached_b, JetAttachDatabase(sesid, b.c_str(), 0) == 0);
  done(attached_b, big_commit(sesid) && big_commit(sesid));
  done(ended, JetTerm(instance) == 0);
  shared.finished = true;
}

bool any_left_over(const std::string& folder) {
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".new" && entry.path().stem().extension() == ".edb") return true;
  }
  return false;
}

// Whole, detached, and there if somebody was told so.
void expect_database(JET_SESID sesid, const std::string& path, bool must_exist) {
  const bool exists = std::filesystem::exists(path);
  EXPECT_TRUE(exists || !must_exist) << path;
  if (!exists) return;
  EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errSuccess) << path;
  JET_DBID dbid = 0;
  EXPECT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess) << path;
}

void expect_all_is_well(const std::string& folder, int acknowledged) {
  JET_INSTANCE instance = small_logs(folder);
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  EXPECT_FALSE(any_left_over(folder));
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  expect_database(sesid, folder + "a.edb", acknowledged > created_a);
  expect_database(sesid, folder + "b.edb", acknowledged > created_b);
  EXPECT_EQ(JetTerm(instance), JET_errSuccess);
}

TEST(Killed, AnywhereInAScriptLosesNothing) {
  Child child;
  long k = 0;
  for (bool killed = true; killed; ++k) {
    Folder folder;
    killed = child.killed_at(k, [&](Shared& shared) { databases_script(shared, folder.path()); });
    SCOPED_TRACE("killed before file operation " + std::to_string(k) + ", after step " +
                 std::to_string(child.acknowledged()));
    expect_all_is_well(folder.path(), child.acknowledged());
    if (HasFailure()) return;
  }
  // Otherwise this program does not stand in front of anything.
  EXPECT_GT(k, 100) << in_memory;
}

// That an attachment is remembered shows in what JetInit says when the file is gone.
TEST(Killed, AttachmentsAreRemembered) {
  Child child;
  bool killed = true;
  for (long k = 0; killed; ++k) {
    Folder folder;
    killed = child.killed_at(k, [&](Shared& shared) { databases_script(shared, folder.path()); });
    const int acknowledged = child.acknowledged();
    SCOPED_TRACE("killed before file operation " + std::to_string(k) + ", after step " + std::to_string(acknowledged));
    // Only between two steps that were acknowledged is it certain how b stands.
    const bool attached = (acknowledged > created_b && acknowledged <= replaced_a) || acknowledged == attached_b + 1;
    if (!attached && acknowledged <= ended) continue;
    std::filesystem::remove(folder / "b.edb");
    JET_INSTANCE instance = small_logs(folder.path());
    if (acknowledged > ended) {
      EXPECT_EQ(JetInit(&instance), JET_errSuccess);
    } else {
      // Within JetTerm the end may be in the log already.
      const JET_ERR err = JetInit(&instance);
      EXPECT_TRUE(err == JET_errAttachedDatabaseMismatch || (acknowledged == attached_b + 1 && err == 0)) << err;
      if (err != JET_errSuccess) {
        EXPECT_EQ(JetInit2(&instance, JET_bitReplayIgnoreMissingDB), JET_errSuccess);
      }
    }
    EXPECT_EQ(JetTerm(instance), JET_errSuccess);
    if (HasFailure()) return;
  }
}

// An instance that was killed is killed again while it recovers.
TEST(Killed, RecoveryCanBeKilledToo) {
  Child child;
  for (long k = 60; k < 160; k += 7) {
    Folder folder;
    if (!child.killed_at(k, [&](Shared& shared) { databases_script(shared, folder.path()); })) break;
    const int acknowledged = child.acknowledged();
    bool killed = true;
    for (long again = 0; killed; ++again) {
      killed = child.killed_at(again, [&](Shared& shared) {
        JET_INSTANCE instance = small_logs(folder.path());
        if (JetInit(&instance) != JET_errSuccess) _exit(1);
        shared.finished = true;
      });
    }
    SCOPED_TRACE("killed before file operation " + std::to_string(k));
    expect_all_is_well(folder.path(), acknowledged);
    if (HasFailure()) return;
  }
}

void backup_script(Shared& shared, const std::string& folder, const std::string& target) {
  JET_INSTANCE instance = create(folder);
  JET_SESID sesid = 0;
  if (JetInit(&instance) != 0 || JetBeginSession(instance, &sesid, nullptr, nullptr) != 0) _exit(1);
  if (JetAttachDatabase(sesid, (folder + "a.edb").c_str(), 0) != 0) _exit(1);
  if (JetBackupInstance(instance, target.c_str(), JET_bitBackupAtomic, nullptr) != 0) _exit(1);
  shared.finished = true;
}

TEST(Killed, AnAtomicBackupLeavesTheOneBefore) {
  Child child;
  Folder folder, target;
  JET_INSTANCE instance = create(folder.path());
  ASSERT_EQ(JetInit(&instance), JET_errSuccess);
  JET_SESID sesid = 0;
  ASSERT_EQ(JetBeginSession(instance, &sesid, nullptr, nullptr), JET_errSuccess);
  create_database(sesid, folder / "a.edb");
  ASSERT_EQ(JetBackupInstance(instance, target.path().c_str(), 0, nullptr), JET_errSuccess);
  ASSERT_EQ(JetTerm(instance), JET_errSuccess);
  bool killed = true;
  for (long k = 0; killed; ++k) {
    killed = child.killed_at(k, [&](Shared& shared) { backup_script(shared, folder.path(), target.path()); });
    SCOPED_TRACE("killed before file operation " + std::to_string(k));
    Folder other, databases;
    instance = create(other.path());
    EXPECT_EQ(JetRestoreInstance(instance, target.path().c_str(), databases.path().c_str(), nullptr), JET_errSuccess);
    EXPECT_TRUE(std::filesystem::exists(databases / "a.edb"));
    EXPECT_EQ(JetTerm(instance), JET_errSuccess);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace esent_test
