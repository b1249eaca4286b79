// JetBackup, JetBackupInstance, JetStopBackup, JetRestore, JetRestoreInstance and their kin.
#include "api/edge.hpp"
#include "engine/backup_restore.hpp"

using namespace esent;

namespace {

template <class Char>
JET_ERR back_up(JET_INSTANCE instance, const Char* folder, JET_GRBIT grbit, JET_PFNSTATUS callback) noexcept {
  return guarded([&]() -> JET_ERR {
    const TextArgument text = text_argument(folder);
    return text.bad ? JET_errInvalidPath : backup_instance(instance, text.text, grbit, callback);
  });
}

template <class Char>
JET_ERR restore(JET_INSTANCE instance, const Char* folder, const Char* destination, JET_PFNSTATUS callback) noexcept {
  return guarded([&]() -> JET_ERR {
    const TextArgument from = text_argument(folder);
    const TextArgument to = text_argument(destination);
    if (from.bad || to.bad) return JET_errInvalidPath;
    return restore_instance(instance, from.text, to.text, callback);
  });
}

template <class Char>
JET_ERR back_up_only(const Char* folder, JET_GRBIT grbit, JET_PFNSTATUS callback) noexcept {
  return guarded([&]() -> JET_ERR {
    const TextArgument text = text_argument(folder);
    return text.bad ? JET_errInvalidPath : backup_only_instance(text.text, grbit, callback);
  });
}

template <class Char>
JET_ERR restore_only(const Char* folder, const Char* destination, JET_PFNSTATUS callback) noexcept {
  return guarded([&]() -> JET_ERR {
    const TextArgument from = text_argument(folder);
    const TextArgument to = text_argument(destination);
    if (from.bad || to.bad) return JET_errInvalidPath;
    return restore_only_instance(from.text, to.text, callback);
  });
}

}  // namespace

JET_ERR JetBackup(const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return back_up_only(szBackupPath, grbit, pfnStatus);
}
JET_ERR JetBackupA(const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return back_up_only(szBackupPath, grbit, pfnStatus);
}
JET_ERR JetBackupW(const JET_WCHAR* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return back_up_only(szBackupPath, grbit, pfnStatus);
}

JET_ERR JetStopBackup(void) {
  return guarded([] { return stop_only_backup(); });
}
JET_ERR JetStopBackupInstance(JET_INSTANCE instance) { return stop_backup(instance); }

JET_ERR JetRestore(const char* sz, JET_PFNSTATUS pfn) { return restore_only<char>(sz, nullptr, pfn); }
JET_ERR JetRestoreA(const char* sz, JET_PFNSTATUS pfn) { return restore_only<char>(sz, nullptr, pfn); }
JET_ERR JetRestoreW(const JET_WCHAR* sz, JET_PFNSTATUS pfn) { return restore_only<JET_WCHAR>(sz, nullptr, pfn); }
JET_ERR JetRestore2(const char* sz, const char* szDest, JET_PFNSTATUS pfn) { return restore_only(sz, szDest, pfn); }
JET_ERR JetRestore2A(const char* sz, const char* szDest, JET_PFNSTATUS pfn) { return restore_only(sz, szDest, pfn); }
JET_ERR JetRestore2W(const JET_WCHAR* sz, const JET_WCHAR* szDest, JET_PFNSTATUS pfn) {
  return restore_only(sz, szDest, pfn);
}

JET_ERR JetBackupInstance(JET_INSTANCE instance, const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return back_up(instance, szBackupPath, grbit, pfnStatus);
}
JET_ERR JetBackupInstanceA(JET_INSTANCE instance, const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus) {
  return back_up(instance, szBackupPath, grbit, pfnStatus);
}
JET_ERR JetBackupInstanceW(JET_INSTANCE instance, const JET_WCHAR* szBackupPath, JET_GRBIT grbit,
                           JET_PFNSTATUS pfnStatus) {
  return back_up(instance, szBackupPath, grbit, pfnStatus);
}

JET_ERR JetRestoreInstance(JET_INSTANCE instance, const char* sz, const char* szDest, JET_PFNSTATUS pfn) {
  return restore(instance, sz, szDest, pfn);
}
JET_ERR JetRestoreInstanceA(JET_INSTANCE instance, const char* sz, const char* szDest, JET_PFNSTATUS pfn) {
  return restore(instance, sz, szDest, pfn);
}
JET_ERR JetRestoreInstanceW(JET_INSTANCE instance, const JET_WCHAR* sz, const JET_WCHAR* szDest, JET_PFNSTATUS pfn) {
  return restore(instance, sz, szDest, pfn);
}
