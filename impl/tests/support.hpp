// What every test here needs: a folder of its own that is gone afterwards, and an instance in it.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "esent.h"

namespace esent_test {

class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "esent-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) abort();
    path_ = pattern + "/";
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + name; }

 private:
  std::string path_;
};

// Sets the parameters that keep a test inside its folder and free of waiting.
inline void place(JET_INSTANCE instance, const std::string& folder) {
  ASSERT_EQ(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramSystemPath, 0, folder.c_str()), 0);
  ASSERT_EQ(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramLogFilePath, 0, folder.c_str()), 0);
  const std::string temporary = folder + "/tmp.edb";
  ASSERT_EQ(JetSetSystemParameter(&instance, JET_sesidNil, JET_paramTempPath, 0, temporary.c_str()), 0);
  JET_INSTANCE defaults = 0;
  ASSERT_EQ(JetSetSystemParameter(&defaults, JET_sesidNil, JET_paramAccessDeniedRetryPeriod, 0, nullptr), 0);
}

inline JET_ERR set_number(JET_INSTANCE instance, std::uint32_t id, JET_API_PTR value) {
  return JetSetSystemParameter(&instance, JET_sesidNil, id, value, nullptr);
}

inline JET_INSTANCE create(const std::string& folder, const char* name = "test") {
  JET_INSTANCE instance = JET_instanceNil;
  EXPECT_EQ(JetCreateInstance(&instance, name), JET_errSuccess);
  place(instance, folder);
  return instance;
}

// A running instance of multi-instance mode in a folder of its own; terminated at the end if it still lives.
class Running {
 public:
  explicit Running(JET_API_PTR sessions_max = 16, const char* name = "test") : Running(nullptr, sessions_max, name) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (instance_ != JET_instanceNil) JetTerm2(instance_, JET_bitTermAbrupt);
  }

  JET_INSTANCE get() const { return instance_; }
  const Folder& folder() const { return folder_; }
  JET_SESID begin() const {
    JET_SESID sesid = JET_sesidNil;
    EXPECT_EQ(JetBeginSession(instance_, &sesid, nullptr, nullptr), JET_errSuccess);
    return sesid;
  }
  JET_ERR term(JET_GRBIT grbit = JET_bitTermAbrupt) {
    const JET_ERR err = JetTerm2(instance_, grbit);
    if (err == JET_errSuccess) instance_ = JET_instanceNil;
    return err;
  }
  void forget() { instance_ = JET_instanceNil; }

 protected:
  Running(void (*prepare)(JET_INSTANCE), JET_API_PTR sessions_max, const char* name) {
    instance_ = create(folder_.path(), name);
    EXPECT_EQ(set_number(instance_, JET_paramMaxSessions, sessions_max), JET_errSuccess);
    if (prepare != nullptr) prepare(instance_);
    EXPECT_EQ(JetInit(&instance_), JET_errSuccess);
  }

 private:
  Folder folder_;
  JET_INSTANCE instance_ = JET_instanceNil;
};

inline void commit_once(JET_SESID sesid, JET_GRBIT grbit = 0) {
  ASSERT_EQ(JetBeginTransaction(sesid), JET_errSuccess);
  ASSERT_EQ(JetCommitTransaction(sesid, grbit), JET_errSuccess);
}

}  // namespace esent_test
