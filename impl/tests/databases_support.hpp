// What tests of databases need beside support.hpp.
#pragma once

#include "support.hpp"

namespace esent_test {

inline JET_DBID create_database(JET_SESID sesid, const std::string& path, JET_GRBIT grbit = 0) {
  JET_DBID dbid = JET_dbidNil;
  EXPECT_EQ(JetCreateDatabase(sesid, path.c_str(), nullptr, &dbid, grbit), JET_errSuccess) << path;
  return dbid;
}

inline std::uint32_t number(JET_SESID sesid, JET_DBID dbid, std::uint32_t level) {
  std::uint32_t value = 0;
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &value, sizeof value, level), JET_errSuccess);
  return value;
}

inline JET_SIGNATURE signature(JET_SESID sesid, JET_DBID dbid) {
  JET_DBINFOMISC misc{};
  EXPECT_EQ(JetGetDatabaseInfo(sesid, dbid, &misc, sizeof misc, JET_DbInfoMisc), JET_errSuccess);
  return misc.signDb;
}

}  // namespace esent_test
