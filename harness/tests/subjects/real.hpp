// What seeded subjects are made of: the real library, reached by name, and a book of the sessions that it gave out.
//
// A seeded subject exports ESENT's functions and forwards each to the real library (forward.cpp). Its own file defines
// the one or two functions that it does differently; those win over the forwarding ones, which are weak. Nothing here
// allocates inside a call, so that a subject can be refused memory like the library behind it.
#pragma once

#include <array>
#include <cstddef>
#include <mutex>

#include "esent.h"

// F(name, parameters, arguments) for each function that the harness calls: those that the book is written by, and all
// the others.
// clang-format off
#define ESENT_BOOKED_FUNCTIONS(F) \
  F(JetTerm, (JET_INSTANCE instance), (instance)) \
  F(JetTerm2, (JET_INSTANCE instance, JET_GRBIT grbit), (instance, grbit)) \
  F(JetBeginSession, (JET_INSTANCE instance, JET_SESID * psesid, JET_PCSTR user, JET_PCSTR password), (instance, psesid, user, password)) \
  F(JetDupSession, (JET_SESID sesid, JET_SESID * psesid), (sesid, psesid)) \
  F(JetEndSession, (JET_SESID sesid, JET_GRBIT grbit), (sesid, grbit))
#define ESENT_OTHER_FUNCTIONS(F) \
  F(JetEnableMultiInstance, (JET_SETSYSPARAM * list, uint32_t count, uint32_t* done), (list, count, done)) \
  F(JetCreateInstance, (JET_INSTANCE * pinstance, const char* name), (pinstance, name)) \
  F(JetCreateInstance2, (JET_INSTANCE * pinstance, const char* name, const char* display, JET_GRBIT grbit), (pinstance, name, display, grbit)) \
  F(JetInit, (JET_INSTANCE * pinstance), (pinstance)) \
  F(JetInit2, (JET_INSTANCE * pinstance, JET_GRBIT grbit), (pinstance, grbit)) \
  F(JetInit3, (JET_INSTANCE * pinstance, const JET_RSTINFO* info, JET_GRBIT grbit), (pinstance, info, grbit)) \
  F(JetStopService, (), ()) \
  F(JetStopServiceInstance, (JET_INSTANCE instance), (instance)) \
  F(JetStopServiceInstance2, (JET_INSTANCE instance, JET_GRBIT grbit), (instance, grbit)) \
  F(JetSetSystemParameter, (JET_INSTANCE * pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam, JET_PCSTR sz), (pinstance, sesid, paramid, lParam, sz)) \
  F(JetGetSystemParameter, (JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR * plParam, JET_PSTR sz, uint32_t cbMax), (instance, sesid, paramid, plParam, sz, cbMax)) \
  F(JetGetVersion, (JET_SESID sesid, uint32_t* version), (sesid, version)) \
  F(JetSetSessionContext, (JET_SESID sesid, JET_API_PTR context), (sesid, context)) \
  F(JetResetSessionContext, (JET_SESID sesid), (sesid)) \
  F(JetBeginTransaction, (JET_SESID sesid), (sesid)) \
  F(JetBeginTransaction2, (JET_SESID sesid, JET_GRBIT grbit), (sesid, grbit)) \
  F(JetCommitTransaction, (JET_SESID sesid, JET_GRBIT grbit), (sesid, grbit)) \
  F(JetRollback, (JET_SESID sesid, JET_GRBIT grbit), (sesid, grbit)) \
  F(JetBackupInstance, (JET_INSTANCE instance, const char* folder, JET_GRBIT grbit, JET_PFNSTATUS status), (instance, folder, grbit, status)) \
  F(JetRestoreInstance, (JET_INSTANCE instance, const char* from, const char* to, JET_PFNSTATUS status), (instance, from, to, status)) \
  F(JetGetInstanceInfo, (uint32_t * count, JET_INSTANCE_INFO** list), (count, list)) \
  F(JetGetInstanceMiscInfo, (JET_INSTANCE instance, void* result, uint32_t size, uint32_t level), (instance, result, size, level)) \
  F(JetFreeBuffer, (char* buffer), (buffer)) \
  F(JetSetSessionParameter, (JET_SESID sesid, uint32_t id, void* value, uint32_t size), (sesid, id, value, size)) \
  F(JetGetSessionParameter, (JET_SESID sesid, uint32_t id, void* value, uint32_t size, uint32_t* actual), (sesid, id, value, size, actual)) \
  F(JetBeginTransaction3, (JET_SESID sesid, int64_t trxid, JET_GRBIT grbit), (sesid, trxid, grbit)) \
  F(JetCommitTransaction2, (JET_SESID sesid, JET_GRBIT grbit, uint32_t ms, JET_COMMIT_ID* id), (sesid, grbit, ms, id)) \
  F(JetCreateDatabase, (JET_SESID sesid, JET_PCSTR path, JET_PCSTR connect, JET_DBID* dbid, JET_GRBIT grbit), (sesid, path, connect, dbid, grbit)) \
  F(JetCreateDatabase2, (JET_SESID sesid, const char* path, uint32_t pages, JET_DBID* dbid, JET_GRBIT grbit), (sesid, path, pages, dbid, grbit)) \
  F(JetAttachDatabase, (JET_SESID sesid, const char* path, JET_GRBIT grbit), (sesid, path, grbit)) \
  F(JetAttachDatabase2, (JET_SESID sesid, const char* path, uint32_t pages, JET_GRBIT grbit), (sesid, path, pages, grbit)) \
  F(JetDetachDatabase, (JET_SESID sesid, const char* path), (sesid, path)) \
  F(JetDetachDatabase2, (JET_SESID sesid, const char* path, JET_GRBIT grbit), (sesid, path, grbit)) \
  F(JetOpenDatabase, (JET_SESID sesid, const char* path, const char* connect, JET_DBID* dbid, JET_GRBIT grbit), (sesid, path, connect, dbid, grbit)) \
  F(JetCloseDatabase, (JET_SESID sesid, JET_DBID dbid, JET_GRBIT grbit), (sesid, dbid, grbit)) \
  F(JetGetDatabaseInfo, (JET_SESID sesid, JET_DBID dbid, void* result, uint32_t size, uint32_t level), (sesid, dbid, result, size, level)) \
  F(JetBackup, (const char* folder, JET_GRBIT grbit, JET_PFNSTATUS status), (folder, grbit, status)) \
  F(JetStopBackup, (), ()) \
  F(JetStopBackupInstance, (JET_INSTANCE instance), (instance)) \
  F(JetRestore, (const char* from, JET_PFNSTATUS status), (from, status)) \
  F(JetRestore2, (const char* from, const char* to, JET_PFNSTATUS status), (from, to, status)) \
  F(JetGetErrorInfoW, (void* context, void* result, uint32_t size, uint32_t level, JET_GRBIT grbit), (context, result, size, level, grbit)) \
  F(JetIdle, (JET_SESID sesid, JET_GRBIT grbit), (sesid, grbit))
// clang-format on
#define ESENT_FUNCTIONS(F) ESENT_BOOKED_FUNCTIONS(F) ESENT_OTHER_FUNCTIONS(F)

namespace seeded {

/// The real library's functions.
struct Real {
#define ESENT_MEMBER(name, parameters, arguments) decltype(&::name) name = nullptr;
  ESENT_FUNCTIONS(ESENT_MEMBER)
#undef ESENT_MEMBER
};
const Real& real();

/// The sessions that applications were given, and of which instance each one is.
class Book {
 public:
  void begun(JET_SESID session, JET_INSTANCE instance);
  void ended(JET_SESID session);
  void instance_ended(JET_INSTANCE instance);

  bool knows(JET_SESID session) const;      ///< it was given out once
  bool has_ended(JET_SESID session) const;  ///< … and is no session any more
  JET_INSTANCE instance_of(JET_SESID session) const;
  std::size_t live_sessions() const;
  std::size_t live_sessions(JET_INSTANCE instance) const;

 private:
  struct Line {
    JET_SESID session = 0;
    JET_INSTANCE instance = 0;
    bool live = false;
  };

  const Line* find(JET_SESID session) const;
  Line* find(JET_SESID session) { return const_cast<Line*>(static_cast<const Book*>(this)->find(session)); }

  mutable std::mutex mutex_;
  std::array<Line, 8192> lines_{};
  std::size_t used_ = 0;
};
Book& book();

/// The real functions that make and end sessions, written into the book.
namespace booked {
JET_ERR begin_session(JET_INSTANCE instance, JET_SESID* psesid);
JET_ERR dup_session(JET_SESID sesid, JET_SESID* psesid);
JET_ERR end_session(JET_SESID sesid, JET_GRBIT grbit);
JET_ERR term(JET_INSTANCE instance);
JET_ERR term2(JET_INSTANCE instance, JET_GRBIT grbit);
}  // namespace booked

/// Uses up one of the instance's sessions for good, if it has one left.
void lose_a_session(JET_INSTANCE instance);

}  // namespace seeded
