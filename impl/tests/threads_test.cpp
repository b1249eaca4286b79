// Many threads at once.
#include <algorithm>
#include <atomic>
#include <thread>

#include "databases_support.hpp"

namespace esent_test {
namespace {

void together(unsigned count, auto work) {
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  for (std::thread& thread : threads) thread.join();
}

TEST(Threads, ExactlyTheLimitSucceeds) {
  Running instance(10);
  for (int round = 0; round < 50; ++round) {
    std::vector<JET_SESID> begun[4];
    together(4, [&](unsigned i) {
      JET_SESID sesid = 0;
      for (int n = 0; n < 10; ++n) {
        const JET_ERR err = JetBeginSession(instance.get(), &sesid, nullptr, nullptr);
        if (err == JET_errSuccess) {
          begun[i].push_back(sesid);
        } else {
          EXPECT_EQ(err, JET_errOutOfSessions);
        }
      }
    });
    std::vector<JET_SESID> all;
    for (const auto& some : begun) all.insert(all.end(), some.begin(), some.end());
    std::sort(all.begin(), all.end());
    EXPECT_EQ(std::unique(all.begin(), all.end()) - all.begin(), 10);
    together(4, [&](unsigned i) {
      for (const JET_SESID sesid : begun[i]) EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
    });
  }
}

TEST(Threads, ARoomyLimitNeverRefuses) {
  Running instance(9);
  const JET_SESID source = instance.begin();
  together(4, [&](unsigned) {
    for (int n = 0; n < 3000; ++n) {
      JET_SESID first = 0, second = 0;
      ASSERT_EQ(JetBeginSession(instance.get(), &first, nullptr, nullptr), JET_errSuccess);
      ASSERT_EQ(JetDupSession(source, &second), JET_errSuccess);
      ASSERT_EQ(JetEndSession(first, 0), JET_errSuccess);
      ASSERT_EQ(JetEndSession(second, 0), JET_errSuccess);
    }
  });
}

TEST(Threads, OneOfSeveralEndsASession) {
  Running instance;
  for (int round = 0; round < 200; ++round) {
    const JET_SESID sesid = instance.begin();
    std::atomic<int> ended{0};
    together(3, [&](unsigned) {
      const JET_ERR err = JetEndSession(sesid, 0);
      if (err == JET_errSuccess) ++ended;
      EXPECT_TRUE(err == JET_errSuccess || err == JET_errInvalidSesid || err == JET_errSessionInUse) << err;
    });
    EXPECT_EQ(ended, 1);
  }
}

TEST(Threads, OneOfSeveralSetsTheContext) {
  Running instance;
  for (int round = 0; round < 200; ++round) {
    const JET_SESID sesid = instance.begin();
    std::atomic<int> set{0};
    together(3, [&](unsigned) {
      if (JetSetSessionContext(sesid, 1) != JET_errSuccess) return;
      ++set;
      EXPECT_EQ(JetSetSessionContext(sesid, 1), JET_errSessionContextAlreadySet);
    });
    EXPECT_EQ(set, 1);
    instance.term();
    break;
  }
}

TEST(Threads, TerminationMeetsWorkingSessions) {
  for (int round = 0; round < 20; ++round) {
    Running instance(8);
    const JET_SESID source = instance.begin();
    std::atomic<bool> going{false};
    std::thread ending([&] {
      while (!going) std::this_thread::yield();
      EXPECT_EQ(JetTerm2(instance.get(), JET_bitTermAbrupt), JET_errSuccess);
    });
    together(3, [&](unsigned) {
      for (;;) {
        JET_SESID sesid = 0;
        JET_ERR err = JetDupSession(source, &sesid);
        going = true;
        if (err == JET_errSuccess) err = JetBeginTransaction(sesid);
        if (err == JET_errSuccess) err = JetCommitTransaction(sesid, JET_bitCommitLazyFlush);
        if (err == JET_errSuccess) err = JetEndSession(sesid, 0);
        if (err == JET_errSuccess) continue;
        EXPECT_TRUE(err == JET_errTermInProgress || err == JET_errNotInitialized) << err;
        return;
      }
    });
    ending.join();
    instance.forget();
  }
}

TEST(Threads, CommitsOfSeveralSessionsAllReachTheLog) {
  Running instance;
  together(4, [&](unsigned) {
    JET_SESID sesid = 0;
    ASSERT_EQ(JetBeginSession(instance.get(), &sesid, nullptr, nullptr), JET_errSuccess);
    for (int n = 0; n < 20; ++n) commit_once(sesid);
    EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  });
  EXPECT_EQ(std::filesystem::file_size(instance.folder() / "edb.log"), 64U + 80U * 32U);
}

// One thread detaches and attaches; the others open, one of them alone, until each has done so often enough.
TEST(Threads, OpensClosesAndDetachesMeet) {
  Running instance(8);
  const std::string path = instance.folder() / "a.edb";
  const JET_SESID owner = instance.begin();
  ASSERT_EQ(JetCloseDatabase(owner, create_database(owner, path), 0), JET_errSuccess);
  const auto detach_and_attach = [&](JET_SESID sesid) {
    for (int n = 0; n < 60; ++n) {
      const JET_ERR err = JetDetachDatabase(sesid, path.c_str());
      if (err == JET_errSuccess) {
        EXPECT_EQ(JetAttachDatabase(sesid, path.c_str(), 0), JET_errSuccess);
      } else {
        EXPECT_EQ(err, JET_errDatabaseInUse);
      }
    }
  };
  const auto open_and_close = [&](JET_SESID sesid, JET_GRBIT grbit) {
    for (int opened = 0; opened < 20;) {
      JET_DBID dbid = 0;
      const JET_ERR err = JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, grbit);
      if (err == JET_errSuccess) {
        ++opened;
        std::uint32_t size = 0;
        EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &size, sizeof size, JET_DbInfoFilesize), JET_errSuccess);
        EXPECT_EQ(JetCloseDatabase(sesid, dbid, 0), JET_errSuccess);
      } else {
        ASSERT_TRUE(err == JET_errDatabaseNotFound || err == JET_errDatabaseLocked || err == JET_errDatabaseInUse)
            << err;
      }
    }
  };
  together(4, [&](unsigned i) {
    JET_SESID sesid = 0;
    ASSERT_EQ(JetBeginSession(instance.get(), &sesid, nullptr, nullptr), JET_errSuccess);
    if (i == 0) {
      detach_and_attach(sesid);
    } else {
      open_and_close(sesid, i == 1 ? JET_bitDbExclusive : 0U);
    }
    EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
  });
  EXPECT_EQ(JetDetachDatabase(owner, path.c_str()), JET_errSuccess);
}

TEST(Threads, SessionsEndWithDatabasesOpenWhileABackupRuns) {
  Running instance(8);
  Folder target;
  const std::string path = instance.folder() / "a.edb";
  const JET_SESID owner = instance.begin();
  ASSERT_EQ(JetCloseDatabase(owner, create_database(owner, path), 0), JET_errSuccess);
  together(3, [&](unsigned i) {
    for (int n = 0; n < 20; ++n) {
      if (i == 0) {
        ASSERT_EQ(JetBackupInstance(instance.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
        continue;
      }
      JET_SESID sesid = 0;
      JET_DBID dbid = 0;
      ASSERT_EQ(JetBeginSession(instance.get(), &sesid, nullptr, nullptr), JET_errSuccess);
      ASSERT_EQ(JetOpenDatabase(sesid, path.c_str(), nullptr, &dbid, 0), JET_errSuccess);
      commit_once(sesid, JET_bitCommitLazyFlush);
      ASSERT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
    }
  });
  EXPECT_EQ(JetDetachDatabase(owner, path.c_str()), JET_errSuccess);
}

TEST(Threads, TerminationMeetsDatabases) {
  for (int round = 0; round < 10; ++round) {
    Running instance(8);
    std::atomic<bool> going{false};
    std::thread ending([&] {
      while (!going) std::this_thread::yield();
      EXPECT_EQ(JetTerm2(instance.get(), JET_bitTermAbrupt), JET_errSuccess);
    });
    const JET_SESID sessions[] = {instance.begin(), instance.begin()};
    together(2, [&](unsigned i) {
      const JET_SESID sesid = sessions[i];
      const std::string path = instance.folder() / (std::to_string(i) + ".edb");
      JET_ERR err = JET_errSuccess;
      while (err >= 0) {
        JET_DBID dbid = 0;
        err = JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, JET_bitDbOverwriteExisting);
        going = true;
        if (err >= 0) err = JetCloseDatabase(sesid, dbid, 0);
        if (err >= 0) err = JetDetachDatabase(sesid, nullptr);
      }
      EXPECT_TRUE(err == JET_errTermInProgress || err == JET_errNotInitialized) << err;
    });
    ending.join();
    instance.forget();
  }
}

TEST(Threads, InstancesComeAndGo) {
  together(3, [&](unsigned i) {
    for (int round = 0; round < 10; ++round) {
      Running instance(4, std::to_string(i).c_str());
      JET_SESID sesid = instance.begin();
      EXPECT_EQ(JetEndSession(sesid, 0), JET_errSuccess);
      EXPECT_EQ(JetEndSession(sesid, 0), JET_errInvalidSesid);
    }
  });
}

}  // namespace
}  // namespace esent_test
