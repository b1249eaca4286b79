/* What the toy subjects share: ESENT's C types with their widths of Windows, and a word for "exported". */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
#define EXPORT extern "C" __attribute__((visibility("default")))
#else
#define EXPORT __attribute__((visibility("default")))
#endif

typedef int32_t JET_ERR;
typedef uint32_t JET_GRBIT;
typedef uintptr_t JET_INSTANCE;
typedef uintptr_t JET_SESID;
typedef uintptr_t JET_API_PTR;
typedef JET_ERR (*JET_PFNSTATUS)(JET_SESID, uint32_t, uint32_t, void*);

typedef struct {
  uint32_t cbStruct;
  void* rgrstmap;
  int32_t crstmap;
  uint16_t stop_at[4];
  unsigned char stop_time[8];
  JET_PFNSTATUS pfnStatus;
} JET_RSTINFO;

typedef struct {
  uint32_t paramid;
  JET_API_PTR lParam;
  const char* sz;
  JET_ERR err;
} JET_SETSYSPARAM;

enum {
  JET_errSuccess = 0,
  JET_errInvalidParameter = -1003,
  JET_errOutOfMemory = -1011,
  JET_errNotInitialized = -1029,
  JET_errDiskIO = -1022,
  JET_errOutOfSessions = -1101,
  JET_errInvalidSesid = -1104,
};
