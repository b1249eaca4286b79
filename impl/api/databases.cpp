// JetCreateDatabase, JetAttachDatabase, JetDetachDatabase, JetOpenDatabase, JetCloseDatabase and JetGetDatabaseInfo.
#include "api/edge.hpp"
#include "engine/database_calls.hpp"
#include "engine/database_info.hpp"

using namespace esent;

namespace {

// A failed call leaves nothing in *pdbid that could be taken for an id.
template <class Char>
JET_ERR create(JET_SESID sesid, const Char* name, uint32_t pages, JET_DBID* pdbid, JET_GRBIT grbit) noexcept {
  if (pdbid == nullptr) return JET_errInvalidParameter;
  *pdbid = JET_dbidNil;
  return guarded([&]() -> JET_ERR {
    const TextArgument path = text_argument(name);
    return create_database(sesid, path.text, pages, *pdbid, grbit);
  });
}

template <class Char>
JET_ERR attach(JET_SESID sesid, const Char* name, JET_GRBIT grbit) noexcept {
  return guarded([&] { return attach_database(sesid, text_argument(name).text, grbit); });
}

template <class Char>
JET_ERR detach(JET_SESID sesid, const Char* name, JET_GRBIT grbit) noexcept {
  return guarded([&]() -> JET_ERR {
    const TextArgument path = text_argument(name);
    // What is no text is the name of no database, and must not mean all of them.
    return detach_database(sesid, path.bad ? std::string("?") : path.text, grbit);
  });
}

template <class Char>
JET_ERR open(JET_SESID sesid, const Char* name, JET_DBID* pdbid, JET_GRBIT grbit) noexcept {
  if (pdbid == nullptr) return JET_errInvalidParameter;
  *pdbid = JET_dbidNil;
  return guarded([&] { return open_database(sesid, text_argument(name).text, *pdbid, grbit); });
}

JET_ERR info(JET_SESID sesid, JET_DBID dbid, void* result, uint32_t bytes, uint32_t level, TextForm form) noexcept {
  return guarded([&] { return get_database_info(sesid, dbid, result, bytes, level, form); });
}

}  // namespace

JET_ERR JetCreateDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR, JET_DBID* pdbid, JET_GRBIT grbit) {
  return create(sesid, szFilename, 0, pdbid, grbit);
}
JET_ERR JetCreateDatabaseA(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR, JET_DBID* pdbid, JET_GRBIT grbit) {
  return create(sesid, szFilename, 0, pdbid, grbit);
}
JET_ERR JetCreateDatabaseW(JET_SESID sesid, JET_PCWSTR szFilename, JET_PCWSTR, JET_DBID* pdbid, JET_GRBIT grbit) {
  return create(sesid, szFilename, 0, pdbid, grbit);
}
JET_ERR JetCreateDatabase2(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax, JET_DBID* pdbid,
                           JET_GRBIT grbit) {
  return create(sesid, szFilename, cpgDatabaseSizeMax, pdbid, grbit);
}
JET_ERR JetCreateDatabase2A(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax, JET_DBID* pdbid,
                            JET_GRBIT grbit) {
  return create(sesid, szFilename, cpgDatabaseSizeMax, pdbid, grbit);
}
JET_ERR JetCreateDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, uint32_t cpgDatabaseSizeMax, JET_DBID* pdbid,
                            JET_GRBIT grbit) {
  return create(sesid, szFilename, cpgDatabaseSizeMax, pdbid, grbit);
}

JET_ERR JetAttachDatabase(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}
JET_ERR JetAttachDatabaseA(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}
JET_ERR JetAttachDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}
// A database keeps the limit that it was made with.
JET_ERR JetAttachDatabase2(JET_SESID sesid, const char* szFilename, uint32_t, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}
JET_ERR JetAttachDatabase2A(JET_SESID sesid, const char* szFilename, uint32_t, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}
JET_ERR JetAttachDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, uint32_t, JET_GRBIT grbit) {
  return attach(sesid, szFilename, grbit);
}

JET_ERR JetDetachDatabase(JET_SESID sesid, const char* szFilename) { return detach(sesid, szFilename, 0); }
JET_ERR JetDetachDatabaseA(JET_SESID sesid, const char* szFilename) { return detach(sesid, szFilename, 0); }
JET_ERR JetDetachDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename) { return detach(sesid, szFilename, 0); }
JET_ERR JetDetachDatabase2(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit) {
  return detach(sesid, szFilename, grbit);
}
JET_ERR JetDetachDatabase2A(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit) {
  return detach(sesid, szFilename, grbit);
}
JET_ERR JetDetachDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, JET_GRBIT grbit) {
  return detach(sesid, szFilename, grbit);
}

JET_ERR JetOpenDatabase(JET_SESID sesid, const char* szFilename, const char*, JET_DBID* pdbid, JET_GRBIT grbit) {
  return open(sesid, szFilename, pdbid, grbit);
}
JET_ERR JetOpenDatabaseA(JET_SESID sesid, const char* szFilename, const char*, JET_DBID* pdbid, JET_GRBIT grbit) {
  return open(sesid, szFilename, pdbid, grbit);
}
JET_ERR JetOpenDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename, const JET_WCHAR*, JET_DBID* pdbid,
                         JET_GRBIT grbit) {
  return open(sesid, szFilename, pdbid, grbit);
}

JET_ERR JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT) {
  return guarded([&] { return close_database(sesid, dbid); });
}

JET_ERR JetGetDatabaseInfo(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax, uint32_t InfoLevel) {
  return info(sesid, dbid, pvResult, cbMax, InfoLevel, TextForm::utf8);
}
JET_ERR JetGetDatabaseInfoA(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax, uint32_t InfoLevel) {
  return info(sesid, dbid, pvResult, cbMax, InfoLevel, TextForm::utf8);
}
JET_ERR JetGetDatabaseInfoW(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax, uint32_t InfoLevel) {
  return info(sesid, dbid, pvResult, cbMax, InfoLevel, TextForm::utf16);
}
