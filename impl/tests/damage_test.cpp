// Database files that are damaged: every damage is either seen or harmless.
#include <fstream>
#include <iterator>
#include <map>

#include "databases_support.hpp"

namespace esent_test {
namespace {

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void put(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

class Damage : public testing::Test {
 protected:
  Damage() : sesid_(instance_.begin()), path_(instance_.folder() / "a.edb") {
    EXPECT_EQ(JetCloseDatabase(sesid_, create_database(sesid_, path_), 0), JET_errSuccess);
    EXPECT_EQ(JetDetachDatabase(sesid_, path_.c_str()), JET_errSuccess);
    whole_ = bytes_of(path_);
  }

  JET_ERR attach(JET_GRBIT grbit) {
    const JET_ERR err = JetAttachDatabase(sesid_, path_.c_str(), grbit);
    if (err >= 0) {
      EXPECT_EQ(JetDetachDatabase(sesid_, path_.c_str()), JET_errSuccess);
    }
    return err;
  }

  Running instance_;
  JET_SESID sesid_;
  std::string path_;
  std::string whole_;
};

TEST_F(Damage, OfAnyByteIsSeenOrHarmless) {
  std::map<JET_ERR, int> seen;
  for (std::size_t at = 0; at < whole_.size(); ++at) {
    // Most of a page is empty; a few of those bytes will do.
    const bool empty = whole_.compare(at, 8, std::string(8, '\0')) == 0;
    if (empty && at % 97 != 0) continue;
    std::string damaged = whole_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    put(path_, damaged);
    ++seen[attach(JET_bitDbReadOnly)];
  }
  EXPECT_GT(seen[JET_errSuccess], 0);
  EXPECT_GT(seen[JET_errInvalidDatabase], 0);
  EXPECT_GT(seen[JET_errPrimaryIndexCorrupted], 0);
  EXPECT_GT(seen[JET_errSecondaryIndexCorrupted], 0);
  for (const auto& [code, times] : seen) {
    EXPECT_TRUE(code == JET_errSuccess || code == JET_errInvalidDatabase || code == JET_errPrimaryIndexCorrupted ||
                code == JET_errSecondaryIndexCorrupted)
        << code << ", " << times << " times";
  }
}

TEST_F(Damage, OfALengthIsSeen) {
  for (const std::size_t size :
       {std::size_t{1}, std::size_t{4095}, std::size_t{4096}, std::size_t{8192}, whole_.size() - 1}) {
    put(path_, whole_.substr(0, size));
    const JET_ERR err = attach(JET_bitDbReadOnly);
    EXPECT_LT(err, 0) << size;
    EXPECT_NE(err, JET_errDatabaseCorrupted) << size;
  }
}

TEST_F(Damage, OfTheIndexCanBeRepaired) {
  int repaired = 0;
  for (std::size_t at = 8192; at < whole_.size(); ++at) {
    if (whole_[at] == 0) continue;
    std::string damaged = whole_;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
    put(path_, damaged);
    if (attach(0) != JET_errSecondaryIndexCorrupted) continue;
    // What holds the index together cannot be made again in its place.
    const JET_ERR err = attach(JET_bitDbDeleteCorruptIndexes);
    if (err == JET_wrnCorruptIndexDeleted) {
      ++repaired;
      EXPECT_EQ(attach(0), JET_errSuccess) << at;
    } else {
      EXPECT_EQ(err, JET_errSecondaryIndexCorrupted) << at;
    }
  }
  EXPECT_GT(repaired, 0);
  EXPECT_EQ(attach(JET_bitDbDeleteCorruptIndexes | JET_bitDbReadOnly), JET_errInvalidGrbit);
}

TEST_F(Damage, IsSeenByABackup) {
  Folder target;
  ASSERT_EQ(JetAttachDatabase(sesid_, path_.c_str(), 0), JET_errSuccess);
  const std::size_t at = whole_.find("MSysObjects", 8192);
  ASSERT_NE(at, std::string::npos);
  std::fstream file(path_, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  file.put('m').flush();
  EXPECT_EQ(JetBackupInstance(instance_.get(), target.path().c_str(), 0, nullptr), JET_errReadVerifyFailure);
  file.seekp(static_cast<std::streamoff>(at));
  file.put('M').flush();
  EXPECT_EQ(JetBackupInstance(instance_.get(), target.path().c_str(), 0, nullptr), JET_errSuccess);
}

TEST_F(Damage, IsSeenByRecovery) {
  ASSERT_EQ(JetAttachDatabase(sesid_, path_.c_str(), 0), JET_errSuccess);
  ASSERT_EQ(instance_.term(JET_bitTermDirty), JET_errSuccess);
  std::string damaged = whole_;
  damaged[damaged.find("MSysObjects", 8192)] = 'm';
  put(path_, damaged);
  JET_INSTANCE again = create(instance_.folder().path());
  EXPECT_EQ(JetInit(&again), JET_errReadVerifyFailure);
  put(path_, "dear diary");
  EXPECT_EQ(JetInit(&again), JET_errAttachedDatabaseMismatch);
  std::filesystem::remove(path_);
  EXPECT_EQ(JetInit(&again), JET_errAttachedDatabaseMismatch);
  put(path_, whole_);
  EXPECT_EQ(JetInit(&again), JET_errSuccess);
  EXPECT_EQ(JetTerm(again), JET_errSuccess);
}

}  // namespace
}  // namespace esent_test
