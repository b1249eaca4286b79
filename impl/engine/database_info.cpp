#include "engine/database_info.hpp"

#include <cstring>

#include "engine/instance.hpp"
#include "engine/session_call.hpp"
#include "engine/text.hpp"
#include "storage/signature.hpp"

namespace esent {
namespace {

// jetgetdatabaseinfo-function has these as values that only stand in for something.
constexpr std::uint32_t default_country = 1;
constexpr std::uint32_t default_code_page = 1252;
constexpr std::uint32_t default_collation = 0;
// The version of the engine that the page names.
constexpr std::uint32_t engine_version = 0x620;
constexpr std::uint32_t format_major = 0x620;

struct Buffer {
  void* result;
  std::uint32_t bytes;
  TextForm form;
};

// What is not a text fits exactly.
template <class T>
JET_ERR store(const Buffer& buffer, const T& value) {
  if (buffer.result == nullptr || buffer.bytes != sizeof value) return JET_errInvalidBufferSize;
  std::memcpy(buffer.result, &value, sizeof value);
  return JET_errSuccess;
}

JET_ERR store_number(const Buffer& buffer, std::uint64_t value) {
  return store(buffer, static_cast<std::uint32_t>(value));
}

template <class Text>
JET_ERR store_characters(const Buffer& buffer, const Text& text) {
  const std::size_t needed = (text.size() + 1) * sizeof text[0];
  if (buffer.result == nullptr || buffer.bytes < needed) return JET_errBufferTooSmall;
  std::memcpy(buffer.result, text.c_str(), needed);
  return JET_errSuccess;
}

JET_ERR store_text(const Buffer& buffer, const std::string& text) {
  return buffer.form == TextForm::utf16 ? store_characters(buffer, to_utf16(text)) : store_characters(buffer, text);
}

JET_DBINFOMISC misc_of(const DatabaseInfo& info, const JET_SIGNATURE& log) {
  JET_DBINFOMISC misc{};
  misc.ulVersion = format_major;
  misc.signDb = signature_of(info.header.signature, info.header.created);
  misc.dbstate = info.read_only ? JET_dbstateCleanShutdown : JET_dbstateDirtyShutdown;
  misc.signLog = log;
  misc.cbPageSize = info.header.page_size;
  return misc;
}

JET_ERR store_level(const Buffer& buffer, std::uint32_t level, Instance& instance, const DatabaseInfo& info) {
  switch (level) {
    case JET_DbInfoFilename: return store_text(buffer, info.path);
    case JET_DbInfoConnect: return store_text(buffer, {});
    case JET_DbInfoCountry: return store_number(buffer, default_country);
    case JET_DbInfoLCID: {
      const std::lock_guard lock(instance.parameters_mutex);
      return store_number(buffer, instance.parameters.integer(JET_paramUnicodeIndexDefault) >> 32);
    }
    case JET_DbInfoCp: return store_number(buffer, default_code_page);
    case JET_DbInfoCollate: return store_number(buffer, default_collation);
    case JET_DbInfoOptions: return store_number(buffer, info.exclusive ? JET_bitDbExclusive : 0U);
    case JET_DbInfoTransactions: return store_number(buffer, transaction_level_max + 1);
    case JET_DbInfoVersion: return store_number(buffer, engine_version);
    case JET_DbInfoIsam: return JET_errFeatureNotAvailable;
    case JET_DbInfoFilesize: return store_number(buffer, info.space.bytes / info.header.page_size);
    case JET_DbInfoSpaceOwned: return store_number(buffer, info.space.owned);
    case JET_DbInfoSpaceAvailable: return store_number(buffer, info.space.available);
    case JET_DbInfoMisc: return store(buffer, misc_of(info, instance.storage->log_signature()));
    case JET_DbInfoPageSize: return store_number(buffer, info.header.page_size);
    // The rest is told of files that are not attached (jetgetdatabasefileinfo-function), or is unknown.
    default: return JET_errInvalidParameter;
  }
}

}  // namespace

JET_ERR get_database_info(JET_SESID sesid, JET_DBID dbid, void* result, std::uint32_t bytes, std::uint32_t level,
                          TextForm form) {
  SessionCall call;
  JET_ERR err = call.enter(sesid, Stopped::refused, JET_errSessionSharingViolation);
  if (err != JET_errSuccess) return err;
  DatabaseInfo info;
  Session& session = call.session();
  err = call.instance().storage->databases().info({session.number(), session.databases()}, dbid, info);
  if (err != JET_errSuccess) return err;
  if (result == nullptr && bytes != 0) return JET_errInvalidParameter;
  return store_level({result, bytes, form}, level, call.instance(), info);
}

}  // namespace esent
