// ESENT's C ABI as the harness speaks it: declared here a second time on purpose, so that a mistake in an
// implementation's own header cannot hide itself.
//
// The widths are those of Windows everywhere: a handle is a machine word, "unsigned long" has 32 bits, and nil is all
// ones. A function's C type stands in one row of `signatures`; adding a function later is adding its row.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

#include "model/call.hpp"
#include "model/spec/spec.hpp"

namespace esentcheck::subject::abi {

using JET_ERR = std::int32_t;
using JET_GRBIT = std::uint32_t;
using Ulong = std::uint32_t;  ///< "unsigned long" of the documentation
using JET_API_PTR = std::uintptr_t;
using JET_INSTANCE = std::uintptr_t;
using JET_SESID = std::uintptr_t;
using JET_DBID = std::uint32_t;
using JET_TRXID = std::int64_t;
using JET_PFNSTATUS = JET_ERR (*)(JET_SESID, std::uint32_t snp, std::uint32_t snt, void* pv);

struct JET_LGPOS {
  std::uint16_t ib;
  std::uint16_t isec;
  std::int32_t lGeneration;
};

struct JET_LOGTIME {
  std::uint8_t bytes[8];
};

struct JET_RSTINFO {
  std::uint32_t cbStruct;
  void* rgrstmap;
  std::int32_t crstmap;
  JET_LGPOS lgposStop;
  JET_LOGTIME logtimeStop;
  JET_PFNSTATUS pfnStatus;
};

struct JET_SETSYSPARAM_A {
  std::uint32_t paramid;
  JET_API_PTR lParam;
  const char* sz;
  JET_ERR err;
};

struct JET_INSTANCE_INFO_A {
  JET_INSTANCE hInstanceId;
  char* szInstanceName;
  JET_API_PTR cDatabases;
  char** szDatabaseFileName;
  char** szDatabaseDisplayName;
  char** szDatabaseSLVFileName_Obsolete;
};

static_assert(sizeof(JET_LGPOS) == 8 && sizeof(JET_LOGTIME) == 8);
static_assert(sizeof(void*) != 8 ||
              (sizeof(JET_RSTINFO) == 48 && sizeof(JET_SETSYSPARAM_A) == 32 && sizeof(JET_INSTANCE_INFO_A) == 48));

/// An argument on its way to a call: a number, or a pointer as a number.
using Word = std::uint64_t;
using Words = std::array<Word, model::most_arguments>;
static_assert(sizeof(Word) >= sizeof(std::uintptr_t));

/// Calls `address` as what it is, each argument cut to its C type.
using Invoke = JET_ERR (*)(void* address, const Words&);

/// How wide the number is that an argument points to; 0 for everything that is no out-parameter for a number.
using Width = std::uint8_t;

struct Signature {
  spec::Function function{};
  std::uint8_t arguments = 0;
  std::array<Width, model::most_arguments> out_width{};
  Invoke invoke = nullptr;
};

template <class T>
T from_word(Word word) {
  if constexpr (std::is_pointer_v<T>) {
    return reinterpret_cast<T>(static_cast<std::uintptr_t>(word));
  } else {
    return static_cast<T>(word);
  }
}

template <class T>
constexpr Width width_of_out() {
  if constexpr (std::is_same_v<T, Ulong*> || std::is_same_v<T, JET_API_PTR*>) {
    return sizeof(std::remove_pointer_t<T>);
  } else {
    return 0;
  }
}

template <class>
struct Typed;

template <class... Arguments>
struct Typed<JET_ERR(Arguments...)> {
  static constexpr std::size_t count = sizeof...(Arguments);
  static_assert(count <= model::most_arguments);

  static JET_ERR invoke(void* address, [[maybe_unused]] const Words& words) {
    return [&]<std::size_t... i>(std::index_sequence<i...>) {
      return reinterpret_cast<JET_ERR (*)(Arguments...)>(address)(from_word<Arguments>(words[i])...);
    }
    (std::index_sequence_for<Arguments...>{});
  }
};

template <class... Arguments>
constexpr Signature describe(spec::Function function, std::type_identity<JET_ERR(Arguments...)>) {
  using This = Typed<JET_ERR(Arguments...)>;
  return {function, This::count, {width_of_out<Arguments>()...}, &This::invoke};
}

template <class Type>
constexpr Signature signature(spec::Function function) {
  return describe(function, std::type_identity<Type>{});
}

using enum spec::Function;

/// Where the documentation's C type is an address of an instance, session, database or number, so is ours: nothing else
/// says which arguments are written.
inline constexpr std::array signatures{
    signature<JET_ERR(JET_SETSYSPARAM_A*, Ulong, Ulong*)>(JetEnableMultiInstance),
    signature<JET_ERR(JET_INSTANCE*, const char*)>(JetCreateInstance),
    signature<JET_ERR(JET_INSTANCE*, const char*, const char*, JET_GRBIT)>(JetCreateInstance2),
    signature<JET_ERR(JET_INSTANCE*)>(JetInit),
    signature<JET_ERR(JET_INSTANCE*, JET_GRBIT)>(JetInit2),
    signature<JET_ERR(JET_INSTANCE*, JET_RSTINFO*, JET_GRBIT)>(JetInit3),
    signature<JET_ERR(JET_INSTANCE)>(JetTerm),
    signature<JET_ERR(JET_INSTANCE, JET_GRBIT)>(JetTerm2),
    signature<JET_ERR()>(JetStopService),
    signature<JET_ERR(JET_INSTANCE)>(JetStopServiceInstance),
    signature<JET_ERR(JET_INSTANCE, JET_GRBIT)>(JetStopServiceInstance2),
    signature<JET_ERR(JET_INSTANCE*, JET_SESID, Ulong, JET_API_PTR, const char*)>(JetSetSystemParameter),
    signature<JET_ERR(JET_INSTANCE, JET_SESID, Ulong, JET_API_PTR*, char*, Ulong)>(JetGetSystemParameter),
    signature<JET_ERR(JET_SESID, Ulong*)>(JetGetVersion),
    signature<JET_ERR(JET_INSTANCE, JET_SESID*, const char*, const char*)>(JetBeginSession),
    signature<JET_ERR(JET_SESID, JET_SESID*)>(JetDupSession),
    signature<JET_ERR(JET_SESID, JET_GRBIT)>(JetEndSession),
    signature<JET_ERR(JET_SESID)>(JetBeginTransaction),
    signature<JET_ERR(JET_SESID, JET_GRBIT)>(JetBeginTransaction2),
    signature<JET_ERR(JET_SESID, JET_GRBIT)>(JetCommitTransaction),
    signature<JET_ERR(JET_SESID, JET_GRBIT)>(JetRollback),
    signature<JET_ERR(JET_SESID, JET_API_PTR)>(JetSetSessionContext),
    signature<JET_ERR(JET_SESID)>(JetResetSessionContext),
    signature<JET_ERR(JET_SESID, JET_TRXID, JET_GRBIT)>(JetBeginTransaction3),
    signature<JET_ERR(JET_SESID, JET_GRBIT, Ulong, void*)>(JetCommitTransaction2),
    signature<JET_ERR(JET_SESID, Ulong, void*, Ulong)>(JetSetSessionParameter),
    signature<JET_ERR(JET_SESID, Ulong, void*, Ulong, Ulong*)>(JetGetSessionParameter),
    signature<JET_ERR(JET_SESID, const char*, const char*, JET_DBID*, JET_GRBIT)>(JetCreateDatabase),
    signature<JET_ERR(JET_SESID, const char*, Ulong, JET_DBID*, JET_GRBIT)>(JetCreateDatabase2),
    signature<JET_ERR(JET_SESID, const char*, JET_GRBIT)>(JetAttachDatabase),
    signature<JET_ERR(JET_SESID, const char*, Ulong, JET_GRBIT)>(JetAttachDatabase2),
    signature<JET_ERR(JET_SESID, const char*)>(JetDetachDatabase),
    signature<JET_ERR(JET_SESID, const char*, JET_GRBIT)>(JetDetachDatabase2),
    signature<JET_ERR(JET_SESID, const char*, const char*, JET_DBID*, JET_GRBIT)>(JetOpenDatabase),
    signature<JET_ERR(JET_SESID, JET_DBID, JET_GRBIT)>(JetCloseDatabase),
    signature<JET_ERR(JET_SESID, JET_DBID, void*, Ulong, Ulong)>(JetGetDatabaseInfo),
    signature<JET_ERR(const char*, JET_GRBIT, JET_PFNSTATUS)>(JetBackup),
    signature<JET_ERR(JET_INSTANCE, const char*, JET_GRBIT, JET_PFNSTATUS)>(JetBackupInstance),
    signature<JET_ERR()>(JetStopBackup),
    signature<JET_ERR(JET_INSTANCE)>(JetStopBackupInstance),
    signature<JET_ERR(const char*, JET_PFNSTATUS)>(JetRestore),
    signature<JET_ERR(const char*, const char*, JET_PFNSTATUS)>(JetRestore2),
    signature<JET_ERR(JET_INSTANCE, const char*, const char*, JET_PFNSTATUS)>(JetRestoreInstance),
    signature<JET_ERR(Ulong*, JET_INSTANCE_INFO_A**)>(JetGetInstanceInfo),
    signature<JET_ERR(JET_INSTANCE, void*, Ulong, Ulong)>(JetGetInstanceMiscInfo),
    signature<JET_ERR(char*)>(JetFreeBuffer),
    signature<JET_ERR(void*, void*, Ulong, Ulong, JET_GRBIT)>(JetGetErrorInfoW),
    signature<JET_ERR(JET_SESID, JET_GRBIT)>(JetIdle),
};

}  // namespace esentcheck::subject::abi
