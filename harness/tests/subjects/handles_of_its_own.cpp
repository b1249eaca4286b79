// Right, with handles of its own. They are small numbers, each given out again as soon as it is free, and sessions and
// instances are numbered alike; with HANDLES_NEVER_COME_BACK they are large ones, each given out once.
#include <pthread.h>

#include <algorithm>

#include "real.hpp"

using seeded::real;

namespace {

#ifdef HANDLES_NEVER_COME_BACK
constexpr bool reuse = false;
constexpr uintptr_t first = uintptr_t{1} << 62;
#else
constexpr bool reuse = true;
constexpr uintptr_t first = 1;
#endif

/// Which handle outside stands for which one of the real library.
class Handles {
 public:
  /// 0 and nil are the same on both sides; so is what was never given out, or is free.
  uintptr_t inside(uintptr_t outside) {
    const std::lock_guard lock(mutex_);
    for (const Line& line : lines_)
      if (line.used && line.outside == outside) return line.inside;
    return outside == 0 || outside == ~uintptr_t{0} ? outside : unknown;
  }

  uintptr_t give(uintptr_t inside, uintptr_t owner = 0) {
    const std::lock_guard lock(mutex_);
    for (const Line& line : lines_)
      if (line.used && line.inside == inside) return line.outside;
    Line* const line = std::ranges::find(lines_, false, &Line::used);
    if (line == lines_.end()) return 0;
    *line = {true, reuse ? first + static_cast<uintptr_t>(line - lines_.begin()) : next_++, inside, owner};
    return line->outside;
  }

  void take(uintptr_t inside) {
    const std::lock_guard lock(mutex_);
    for (Line& line : lines_)
      if (line.inside == inside) line.used = false;
  }

  void take_all_of(uintptr_t owner) {
    const std::lock_guard lock(mutex_);
    for (Line& line : lines_)
      if (line.owner == owner) line.used = false;
  }

  uintptr_t owner_of(uintptr_t inside) {
    const std::lock_guard lock(mutex_);
    for (const Line& line : lines_)
      if (line.used && line.inside == inside) return line.owner;
    return 0;
  }

 private:
  /// Neither library gives this out.
  static constexpr uintptr_t unknown = uintptr_t{0x0bad} << 48;

  struct Line {
    bool used = false;
    uintptr_t outside = 0;
    uintptr_t inside = 0;
    uintptr_t owner = 0;
  };

  std::mutex mutex_;
  std::array<Line, 8192> lines_{};
  uintptr_t next_ = first;
};

Handles sessions;
Handles instances;

JET_SESID session(JET_SESID outside) { return sessions.inside(outside); }
JET_INSTANCE instance(JET_INSTANCE outside) { return instances.inside(outside); }

/// Calls with a place of our own for the handle, which then goes outside.
template <class Call>
JET_ERR make(Handles& handles, uintptr_t* out, uintptr_t owner, const Call& call) {
  if (out == nullptr) return call(nullptr);
  uintptr_t made = 0;
  const JET_ERR err = call(&made);
  *out = err < 0 || made == 0 || made == ~uintptr_t{0} ? made : handles.give(made, owner);
  return err;
}

/// The same for a handle that goes both ways.
template <class Call>
JET_ERR exchange(JET_INSTANCE* inout, const Call& call) {
  if (inout == nullptr) return call(nullptr);
  JET_INSTANCE inside = instance(*inout);
  const JET_INSTANCE before = inside;
  const JET_ERR err = call(&inside);
  if (inside != before) *inout = inside == 0 || inside == JET_instanceNil ? inside : instances.give(inside);
  return err;
}

// --- Status callbacks: called on the thread of the long call, with a session of the real library ---

class Callbacks {
 public:
  JET_PFNSTATUS enter(JET_PFNSTATUS callback) {
    if (callback == nullptr) return nullptr;
    const std::lock_guard lock(mutex_);
    *std::ranges::find(waiting_, nullptr, &Waiting::callback) = {callback, pthread_self()};
    return called;
  }

  void leave(JET_PFNSTATUS callback) {
    if (callback == nullptr) return;
    const std::lock_guard lock(mutex_);
    *of_this_thread() = {};
  }

 private:
  struct Waiting {
    JET_PFNSTATUS callback = nullptr;
    pthread_t thread{};
  };

  static JET_ERR called(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* pv);

  /// The innermost long call of this thread.
  Waiting* of_this_thread() {
    const auto mine = [](const Waiting& w) { return w.callback != nullptr && pthread_equal(w.thread, pthread_self()); };
    return &*std::ranges::find_if(waiting_.rbegin(), waiting_.rend(), mine);
  }

  std::mutex mutex_;
  std::array<Waiting, 64> waiting_{};
};

Callbacks callbacks;

JET_ERR Callbacks::called(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* pv) {
  JET_PFNSTATUS callback = nullptr;
  {
    const std::lock_guard lock(callbacks.mutex_);
    callback = callbacks.of_this_thread()->callback;
  }
  const bool known = sesid == 0 || sesid == JET_sesidNil;
  const JET_ERR err = callback(known ? sesid : sessions.give(sesid), snp, snt, pv);
  if (!known) sessions.take(sesid);
  return err;
}

template <class Call>
JET_ERR with_callback(JET_PFNSTATUS status, const Call& call) {
  const JET_ERR err = call(callbacks.enter(status));
  callbacks.leave(status);
  return err;
}

JET_ERR then_forget(JET_ERR err, JET_INSTANCE inside) {
  if (err < 0) return err;
  sessions.take_all_of(inside);
  instances.take(inside);
  return err;
}

}  // namespace

extern "C" {

JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* name) {
  return make(instances, pinstance, 0, [&](JET_INSTANCE* out) { return real().JetCreateInstance(out, name); });
}
JET_ERR JetCreateInstance2(JET_INSTANCE* pinstance, const char* name, const char* display, JET_GRBIT grbit) {
  return make(instances, pinstance, 0,
              [&](JET_INSTANCE* out) { return real().JetCreateInstance2(out, name, display, grbit); });
}

JET_ERR JetInit(JET_INSTANCE* pinstance) {
  return exchange(pinstance, [&](JET_INSTANCE* inout) { return real().JetInit(inout); });
}
JET_ERR JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit) {
  return exchange(pinstance, [&](JET_INSTANCE* inout) { return real().JetInit2(inout, grbit); });
}
JET_ERR JetInit3(JET_INSTANCE* pinstance, const JET_RSTINFO* info, JET_GRBIT grbit) {
  JET_RSTINFO changed{};
  if (info != nullptr) changed = *info;
  return exchange(pinstance, [&](JET_INSTANCE* inout) {
    if (info == nullptr) return real().JetInit3(inout, nullptr, grbit);
    return with_callback(info->pfnStatus, [&](JET_PFNSTATUS status) {
      changed.pfnStatus = status;
      return real().JetInit3(inout, &changed, grbit);
    });
  });
}

JET_ERR JetTerm(JET_INSTANCE outside) {
  const JET_INSTANCE inside = instance(outside);
  return then_forget(real().JetTerm(inside), inside);
}
JET_ERR JetTerm2(JET_INSTANCE outside, JET_GRBIT grbit) {
  const JET_INSTANCE inside = instance(outside);
  return then_forget(real().JetTerm2(inside, grbit), inside);
}
JET_ERR JetStopServiceInstance(JET_INSTANCE outside) { return real().JetStopServiceInstance(instance(outside)); }
JET_ERR JetStopServiceInstance2(JET_INSTANCE outside, JET_GRBIT grbit) {
  return real().JetStopServiceInstance2(instance(outside), grbit);
}

JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                              JET_PCSTR sz) {
  return exchange(pinstance, [&](JET_INSTANCE* inout) {
    return real().JetSetSystemParameter(inout, session(sesid), paramid, lParam, sz);
  });
}
JET_ERR JetGetSystemParameter(JET_INSTANCE outside, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                              JET_PSTR sz, uint32_t cbMax) {
  return real().JetGetSystemParameter(instance(outside), session(sesid), paramid, plParam, sz, cbMax);
}

JET_ERR JetBeginSession(JET_INSTANCE outside, JET_SESID* psesid, JET_PCSTR user, JET_PCSTR password) {
  const JET_INSTANCE inside = instance(outside);
  return make(sessions, psesid, inside,
              [&](JET_SESID* out) { return real().JetBeginSession(inside, out, user, password); });
}
JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid) {
  const JET_SESID inside = session(sesid);
  return make(sessions, psesid, sessions.owner_of(inside),
              [&](JET_SESID* out) { return real().JetDupSession(inside, out); });
}
JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit) {
  const JET_SESID inside = session(sesid);
  const JET_ERR err = real().JetEndSession(inside, grbit);
  if (err >= 0) sessions.take(inside);
  return err;
}

JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* version) { return real().JetGetVersion(session(sesid), version); }
JET_ERR JetSetSessionContext(JET_SESID sesid, JET_API_PTR context) {
  return real().JetSetSessionContext(session(sesid), context);
}
JET_ERR JetResetSessionContext(JET_SESID sesid) { return real().JetResetSessionContext(session(sesid)); }
JET_ERR JetBeginTransaction(JET_SESID sesid) { return real().JetBeginTransaction(session(sesid)); }
JET_ERR JetBeginTransaction2(JET_SESID sesid, JET_GRBIT grbit) {
  return real().JetBeginTransaction2(session(sesid), grbit);
}
JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit) {
  return real().JetCommitTransaction(session(sesid), grbit);
}
JET_ERR JetRollback(JET_SESID sesid, JET_GRBIT grbit) { return real().JetRollback(session(sesid), grbit); }

JET_ERR JetBackupInstance(JET_INSTANCE outside, const char* folder, JET_GRBIT grbit, JET_PFNSTATUS status) {
  return with_callback(
      status, [&](JET_PFNSTATUS ours) { return real().JetBackupInstance(instance(outside), folder, grbit, ours); });
}
JET_ERR JetRestoreInstance(JET_INSTANCE outside, const char* from, const char* to, JET_PFNSTATUS status) {
  return with_callback(
      status, [&](JET_PFNSTATUS ours) { return real().JetRestoreInstance(instance(outside), from, to, ours); });
}
JET_ERR JetBackup(const char* folder, JET_GRBIT grbit, JET_PFNSTATUS status) {
  return with_callback(status, [&](JET_PFNSTATUS ours) { return real().JetBackup(folder, grbit, ours); });
}
JET_ERR JetRestore(const char* from, JET_PFNSTATUS status) {
  return with_callback(status, [&](JET_PFNSTATUS ours) { return real().JetRestore(from, ours); });
}
JET_ERR JetRestore2(const char* from, const char* to, JET_PFNSTATUS status) {
  return with_callback(status, [&](JET_PFNSTATUS ours) { return real().JetRestore2(from, to, ours); });
}
JET_ERR JetStopBackupInstance(JET_INSTANCE outside) { return real().JetStopBackupInstance(instance(outside)); }

JET_ERR JetGetInstanceInfo(uint32_t* count, JET_INSTANCE_INFO** list) {
  const JET_ERR err = real().JetGetInstanceInfo(count, list);
  for (uint32_t i = 0; err >= 0 && i < *count; ++i) (*list)[i].hInstanceId = instances.give((*list)[i].hInstanceId);
  return err;
}
JET_ERR JetGetInstanceMiscInfo(JET_INSTANCE outside, void* result, uint32_t size, uint32_t level) {
  return real().JetGetInstanceMiscInfo(instance(outside), result, size, level);
}

JET_ERR JetSetSessionParameter(JET_SESID sesid, uint32_t id, void* value, uint32_t size) {
  return real().JetSetSessionParameter(session(sesid), id, value, size);
}
JET_ERR JetGetSessionParameter(JET_SESID sesid, uint32_t id, void* value, uint32_t size, uint32_t* actual) {
  return real().JetGetSessionParameter(session(sesid), id, value, size, actual);
}
JET_ERR JetBeginTransaction3(JET_SESID sesid, int64_t trxid, JET_GRBIT grbit) {
  return real().JetBeginTransaction3(session(sesid), trxid, grbit);
}
JET_ERR JetCommitTransaction2(JET_SESID sesid, JET_GRBIT grbit, uint32_t ms, JET_COMMIT_ID* id) {
  return real().JetCommitTransaction2(session(sesid), grbit, ms, id);
}
JET_ERR JetIdle(JET_SESID sesid, JET_GRBIT grbit) { return real().JetIdle(session(sesid), grbit); }

JET_ERR JetCreateDatabase(JET_SESID sesid, JET_PCSTR path, JET_PCSTR connect, JET_DBID* dbid, JET_GRBIT grbit) {
  return real().JetCreateDatabase(session(sesid), path, connect, dbid, grbit);
}
JET_ERR JetCreateDatabase2(JET_SESID sesid, const char* path, uint32_t pages, JET_DBID* dbid, JET_GRBIT grbit) {
  return real().JetCreateDatabase2(session(sesid), path, pages, dbid, grbit);
}
JET_ERR JetAttachDatabase(JET_SESID sesid, const char* path, JET_GRBIT grbit) {
  return real().JetAttachDatabase(session(sesid), path, grbit);
}
JET_ERR JetAttachDatabase2(JET_SESID sesid, const char* path, uint32_t pages, JET_GRBIT grbit) {
  return real().JetAttachDatabase2(session(sesid), path, pages, grbit);
}
JET_ERR JetDetachDatabase(JET_SESID sesid, const char* path) { return real().JetDetachDatabase(session(sesid), path); }
JET_ERR JetDetachDatabase2(JET_SESID sesid, const char* path, JET_GRBIT grbit) {
  return real().JetDetachDatabase2(session(sesid), path, grbit);
}
JET_ERR JetOpenDatabase(JET_SESID sesid, const char* path, const char* connect, JET_DBID* dbid, JET_GRBIT grbit) {
  return real().JetOpenDatabase(session(sesid), path, connect, dbid, grbit);
}
JET_ERR JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT grbit) {
  return real().JetCloseDatabase(session(sesid), dbid, grbit);
}
JET_ERR JetGetDatabaseInfo(JET_SESID sesid, JET_DBID dbid, void* result, uint32_t size, uint32_t level) {
  return real().JetGetDatabaseInfo(session(sesid), dbid, result, size, level);
}

}  // extern "C"
