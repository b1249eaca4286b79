/* The C interface of libesent: instances and sessions of the Extensible Storage Engine.
 *
 * The functions, codes and structures are the documented ones. Widths are those of the Windows interface on
 * every platform: a code is 32 bits signed, an option set, a database id and every documented `unsigned long`
 * is 32 bits, and a handle is as wide as a pointer. The calling convention is the platform's own.
 *
 * Text. A function with text arguments has three names: `...A` takes narrow text, which is UTF-8 here, `...W`
 * takes UTF-16, and the plain name is the A form. Text arguments are read during the call and never kept.
 *
 * Handles. A handle is a number, not an address. Zero and the nil value (all bits set) name nothing. A handle
 * that has ended, belongs to something else or was never given out is diagnosed and never followed.
 *
 * Threads. Every function may be called from any thread at any time. One session serves one thread at a time:
 * a call that meets another one inside the same session is refused, not queued.
 *
 * Errors. 0 is success, a positive value is a warning on a call that succeeded, a negative value is a failure.
 * A failed call changes nothing unless its comment says otherwise. Refused memory is JET_errOutOfMemory.
 *
 * Each comment ends with the name of the documentation page that it follows.
 */
#ifndef ESENT_H
#define ESENT_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define ESENT_API __declspec(dllexport)
#else
#define ESENT_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
typedef char16_t JET_WCHAR;
#else
typedef uint_least16_t JET_WCHAR;
#endif

typedef int32_t JET_ERR;
typedef uint32_t JET_GRBIT;
typedef uint32_t JET_DBID;
typedef uint32_t JET_SNP; /* what a status callback reports on */
typedef uint32_t JET_SNT; /* how far it has come */
typedef uintptr_t JET_API_PTR;
typedef uintptr_t JET_INSTANCE;
typedef uintptr_t JET_SESID;
typedef uintptr_t JET_TABLEID;
typedef const char* JET_PCSTR;
typedef char* JET_PSTR;
typedef const JET_WCHAR* JET_PCWSTR;
typedef JET_WCHAR* JET_PWSTR;

/* The nil handles (invalid-handle-constants). */
#define JET_instanceNil UINTPTR_MAX
#define JET_sesidNil UINTPTR_MAX
#define JET_tableidNil UINTPTR_MAX
#define JET_dbidNil UINT32_MAX

/* Codes (extensible-storage-engine-error-codes). */
#define JET_wrnBufferTruncated 1006
#define JET_wrnDatabaseAttached 1007
#define JET_wrnCorruptIndexDeleted 1415
#define JET_wrnFileOpenReadOnly 1813
#define JET_wrnIdleFull 1908
#define JET_errSuccess 0
#define JET_errOutOfThreads (-103)
#define JET_errInternalError (-107)
#define JET_errDisabledFunctionality (-112)
#define JET_errBadPageLink (-327)
#define JET_errLogFileCorrupt (-501)
#define JET_errBackupInProgress (-505)
#define JET_errRestoreInProgress (-506)
#define JET_errLogWriteFail (-510)
#define JET_errInvalidLogSequence (-515)
#define JET_errLoggingDisabled (-516)
#define JET_errNoBackup (-520)
#define JET_errInvalidBackupSequence (-521)
#define JET_errBackupNotAllowedYet (-523)
#define JET_errInvalidBackup (-526)
#define JET_errMissingLogFile (-528)
#define JET_errCheckpointCorrupt (-533)
#define JET_errCheckpointFileNotFound (-542)
#define JET_errLogFileSizeMismatchDatabasesConsistent (-545)
#define JET_errEndingRestoreLogTooLow (-553)
#define JET_errStartingRestoreLogTooHigh (-554)
#define JET_errMissingFullBackup (-560)
#define JET_errMissingFileToBackup (-569)
#define JET_errBadRestoreTargetInstance (-577)
#define JET_errLogReadVerifyFailure (-612)
#define JET_errRestoreOfNonBackupDatabase (-615)
#define JET_errBackupAbortByCaller (-800)
#define JET_errBackupAbortByServer (-801)
#define JET_errInvalidGrbit (-900)
#define JET_errTermInProgress (-1000)
#define JET_errFeatureNotAvailable (-1001)
#define JET_errInvalidParameter (-1003)
#define JET_errDatabaseFileReadOnly (-1008)
#define JET_errInvalidDatabaseId (-1010)
#define JET_errOutOfMemory (-1011)
#define JET_errOutOfBuffers (-1014)
#define JET_errReadVerifyFailure (-1018)
#define JET_errDiskIO (-1022)
#define JET_errInvalidPath (-1023)
#define JET_errInvalidDatabase (-1028)
#define JET_errNotInitialized (-1029)
#define JET_errAlreadyInitialized (-1030)
#define JET_errInitInProgress (-1031)
#define JET_errFileAccessDenied (-1032)
#define JET_errBufferTooSmall (-1038)
#define JET_errInvalidBufferSize (-1047)
#define JET_errNotInTransaction (-1054)
#define JET_errTooManyActiveUsers (-1059)
#define JET_errVersionStoreOutOfMemory (-1069)
#define JET_errRunningInOneInstanceMode (-1080)
#define JET_errRunningInMultiInstanceMode (-1081)
#define JET_errSystemParamsAlreadySet (-1082)
#define JET_errSystemPathInUse (-1083)
#define JET_errLogFilePathInUse (-1084)
#define JET_errTempPathInUse (-1085)
#define JET_errInstanceNameInUse (-1086)
#define JET_errSystemParameterConflict (-1087)
#define JET_errInstanceUnavailable (-1090)
#define JET_errDatabaseUnavailable (-1091)
#define JET_errInstanceUnavailableDueToFatalLogDiskFull (-1092)
#define JET_errInvalidSesparamId (-1093)
#define JET_errOutOfSessions (-1101)
#define JET_errWriteConflict (-1102)
#define JET_errTransTooDeep (-1103)
#define JET_errInvalidSesid (-1104)
#define JET_errInTransaction (-1108)
#define JET_errRollbackRequired (-1109)
#define JET_errTransReadOnly (-1110)
#define JET_errSesidTableIdMismatch (-1114)
#define JET_errInvalidInstance (-1115)
#define JET_errDirtyShutdown (-1116)
#define JET_errDatabaseDuplicate (-1201)
#define JET_errDatabaseInUse (-1202)
#define JET_errDatabaseNotFound (-1203)
#define JET_errDatabaseInvalidPages (-1205)
#define JET_errDatabaseCorrupted (-1206)
#define JET_errDatabaseLocked (-1207)
#define JET_errDatabase200Format (-1210)
#define JET_errDatabase400Format (-1211)
#define JET_errDatabase500Format (-1212)
#define JET_errPageSizeMismatch (-1213)
#define JET_errTooManyInstances (-1214)
#define JET_errDatabaseSharingViolation (-1215)
#define JET_errAttachedDatabaseMismatch (-1216)
#define JET_errDatabaseInvalidPath (-1217)
#define JET_errForceDetachNotAllowed (-1219)
#define JET_errClientRequestToStopJetService (-1329)
#define JET_errPrimaryIndexCorrupted (-1413)
#define JET_errSecondaryIndexCorrupted (-1414)
#define JET_errIndexTuplesInvalidLimits (-1435)
#define JET_errTooManyAttachedDatabases (-1805)
#define JET_errDiskFull (-1808)
#define JET_errFileNotFound (-1811)
#define JET_errSessionSharingViolation (-1910)
#define JET_errSessionContextAlreadySet (-1912)
#define JET_errSessionContextNotSetByThisThread (-1913)
#define JET_errSessionInUse (-1914)
#define JET_errOneDatabasePerSession (-1916)
#define JET_errRollbackError (-1917)
#define JET_errCallbackFailed (-2101)
#define JET_errOSSnapshotInvalidSequence (-2401)
#define JET_errOSSnapshotTimeOut (-2402)
#define JET_errOSSnapshotNotAllowed (-2403)
#define JET_errOSSnapshotInvalidSnapId (-2404)
#define JET_errLSCallbackNotSpecified (-3000)

/* System parameters (extensible-storage-engine-system-parameters). */
#define JET_paramSystemPath 0u
#define JET_paramTempPath 1u
#define JET_paramLogFilePath 2u
#define JET_paramBaseName 3u
#define JET_paramEventSource 4u
#define JET_paramMaxSessions 5u
#define JET_paramMaxOpenTables 6u
#define JET_paramPreferredMaxOpenTables 7u
#define JET_paramMaxCursors 8u
#define JET_paramMaxVerPages 9u
#define JET_paramMaxTemporaryTables 10u
#define JET_paramLogFileSize 11u
#define JET_paramLogBuffers 12u
#define JET_paramWaitLogFlush 13u
#define JET_paramCommitDefault 16u
#define JET_paramCircularLog 17u
#define JET_paramPageTempDBMin 19u
#define JET_paramCacheSizeMax 23u
#define JET_paramCheckpointDepthMax 24u
#define JET_paramRecovery 34u
#define JET_paramCacheSize 41u
#define JET_paramCheckFormatWhenOpenFail 44u
#define JET_paramEnableIndexChecking 45u
#define JET_paramDeleteOldLogs 48u
#define JET_paramEventSourceKey 49u
#define JET_paramNoInformationEvent 50u
#define JET_paramEventLoggingLevel 51u
#define JET_paramDeleteOutOfRangeLogs 52u
#define JET_paramAccessDeniedRetryPeriod 53u
#define JET_paramCacheSizeMin 60u
#define JET_paramPreferredVerPages 63u
#define JET_paramDatabasePageSize 64u
#define JET_paramDisableCallbacks 65u
#define JET_paramErrorToString 70u
#define JET_paramUnicodeIndexDefault 72u
#define JET_paramRuntimeCallback 73u
#define JET_paramCleanupMismatchedLogFiles 77u
#define JET_paramGlobalMinVerPages 81u
#define JET_paramOSSnapshotTimeout 82u
#define JET_paramExceptionAction 98u
#define JET_paramEventLogCache 99u
#define JET_paramCreatePathIfNotExist 100u
#define JET_paramOneDatabasePerSession 102u
#define JET_paramMaxInstances 104u
#define JET_paramVersionStoreTaskQueueMax 105u
#define JET_paramDisablePerfmon 107u
#define JET_paramIndexTuplesLengthMin 110u
#define JET_paramIndexTuplesLengthMax 111u
#define JET_paramIndexTuplesToIndexMax 112u
#define JET_paramAlternateDatabaseRecoveryPath 113u
#define JET_paramCachedClosedTables 125u
#define JET_paramEnableFileCache 126u
#define JET_paramEnableViewCache 127u
#define JET_paramVerPageSize 128u
#define JET_paramConfiguration 129u
#define JET_paramEnableAdvanced 130u
#define JET_paramMaxColtyp 131u
#define JET_paramKeyMost 134u
#define JET_paramLegacyFileNames 136u
#define JET_paramIOPriority 152u
#define JET_paramEnablePersistedCallbacks 156u

#define JET_ExceptionMsgBox 1u
#define JET_ExceptionNone 2u
#define JET_EventLoggingDisable 0u
#define JET_EventLoggingLevelMax 100u
#define JET_bitESE98FileNames 1u
#define JET_cbKeyMost4KBytePage 1000u
#define JET_coltypUnsignedShort 17u

/* Options of JetInit2 and JetInit3. */
#define JET_bitReplayIgnoreMissingDB 0x00000004u
#define JET_bitRecoveryWithoutUndo 0x00000008u
#define JET_bitTruncateLogsAfterRecovery 0x00000010u
#define JET_bitReplayMissingMapEntryDB 0x00000020u
#define JET_bitLogStreamMustExist 0x00000040u
#define JET_bitReplayIgnoreLostLogs 0x00000080u
/* Options of JetTerm2. */
#define JET_bitTermComplete 1u
#define JET_bitTermAbrupt 2u
#define JET_bitTermStopBackup 4u
#define JET_bitTermDirty 8u
/* Options of JetStopServiceInstance2. */
#define JET_bitStopServiceAll 0x00000000u
#define JET_bitStopServiceBackgroundUserTasks 0x00000002u
#define JET_bitStopServiceQuiesceCaches 0x00000004u
#define JET_bitStopServiceResume 0x80000000u
/* Options of sessions and transactions. */
#define JET_bitForceSessionClosed 1u
#define JET_bitTransactionReadOnly 1u
#define JET_bitCommitLazyFlush 1u
#define JET_bitWaitLastLevel0Commit 2u
#define JET_bitWaitAllLevel0Commit 8u
#define JET_bitRollbackAll 1u
/* Options of JetBackup and JetBackupInstance. */
#define JET_bitBackupIncremental 1u
#define JET_bitBackupAtomic 4u
/* Options of JetCreateDatabase, JetAttachDatabase and JetOpenDatabase. */
#define JET_bitDbReadOnly 0x00000001u
#define JET_bitDbExclusive 0x00000002u
#define JET_bitDbRecoveryOff 0x00000008u
#define JET_bitDbDeleteCorruptIndexes 0x00000010u
#define JET_bitDbShadowingOff 0x00000080u
#define JET_bitDbOverwriteExisting 0x00000200u
/* Options of JetDetachDatabase2. */
#define JET_bitForceDetach 1u
#define JET_bitForceCloseAndDetach 3u
/* Options of JetIdle. */
#define JET_bitIdleFlushBuffers 1u
#define JET_bitIdleCompact 2u
#define JET_bitIdleStatus 4u

/* What JetGetDatabaseInfo tells. */
#define JET_DbInfoFilename 0u
#define JET_DbInfoConnect 1u
#define JET_DbInfoCountry 2u
#define JET_DbInfoLCID 3u
#define JET_DbInfoLangid 3u
#define JET_DbInfoCp 4u
#define JET_DbInfoCollate 5u
#define JET_DbInfoOptions 6u
#define JET_DbInfoTransactions 7u
#define JET_DbInfoVersion 8u
#define JET_DbInfoIsam 9u
#define JET_DbInfoFilesize 10u
#define JET_DbInfoSpaceOwned 11u
#define JET_DbInfoSpaceAvailable 12u
#define JET_DbInfoUpgrade 13u
#define JET_DbInfoMisc 14u
#define JET_DbInfoDBInUse 15u
#define JET_DbInfoPageSize 17u
#define JET_DbInfoFileType 19u
#define JET_dbstateJustCreated 1u
#define JET_dbstateDirtyShutdown 2u
#define JET_dbstateCleanShutdown 3u
#define JET_filetypeUnknown 0u
#define JET_filetypeDatabase 1u
/* What JetGetErrorInfoW and JetGetInstanceMiscInfo tell. */
#define JET_ErrorInfoSpecificErr 1u
#define JET_InstanceMiscInfoLogSignature 0u

/* Parameters of a session (jet-sesparam-enumeration). */
#define JET_sesparamCommitDefault 4097u        /* a JET_GRBIT */
#define JET_sesparamCommitGenericContext 4098u /* bytes that an outermost commit writes to the log */
#define JET_sesparamTransactionLevel 4099u     /* a uint32_t that can only be read */

/* What a status callback reports on, and when. */
#define JET_snpRestore 8u
#define JET_snpBackup 9u
#define JET_sntProgress 0u
#define JET_sntFail 3u
#define JET_sntBegin 5u
#define JET_sntComplete 6u

/* Progress in units of work; given to a status callback with JET_sntProgress (jet-snprog-structure). */
typedef struct JET_SNPROG {
  uint32_t cbStruct; /* bytes of this structure */
  uint32_t cunitDone;
  uint32_t cunitTotal;
} JET_SNPROG;

/* Called on the thread that made the long call, with no lock of the library held. `sesid` is a session of the
 * instance; it is not the application's to end. `pv` points to a JET_SNPROG for JET_sntProgress, otherwise it
 * is NULL, and lives until the callback returns. A negative result stops the long call, which then returns it
 * (jet-pfnstatus-callback). */
typedef JET_ERR (*JET_PFNSTATUS)(JET_SESID sesid, JET_SNP snp, JET_SNT snt, void* pv);

/* One global parameter for JetEnableMultiInstance; `err` receives what became of it. */
typedef struct JET_SETSYSPARAM_A {
  uint32_t paramid;
  JET_API_PTR lParam;
  const char* sz;
  JET_ERR err;
} JET_SETSYSPARAM_A;
typedef struct JET_SETSYSPARAM_W {
  uint32_t paramid;
  JET_API_PTR lParam;
  const JET_WCHAR* sz;
  JET_ERR err;
} JET_SETSYSPARAM_W;
typedef JET_SETSYSPARAM_A JET_SETSYSPARAM;

/* A position in the log and a time: where recovery is to stop. All zero means the end of the log. */
typedef struct JET_LGPOS {
  uint16_t ib;
  uint16_t isec;
  int32_t lGeneration;
} JET_LGPOS;
typedef struct JET_LOGTIME {
  int8_t bSeconds, bMinutes, bHours, bDay, bMonth, bYear, bFiller1, bFiller2;
} JET_LOGTIME;
typedef struct JET_RSTMAP_A {
  char* szDatabaseName;
  char* szNewDatabaseName;
} JET_RSTMAP_A;
typedef struct JET_RSTMAP_W {
  JET_WCHAR* szDatabaseName;
  JET_WCHAR* szNewDatabaseName;
} JET_RSTMAP_W;
typedef JET_RSTMAP_A JET_RSTMAP;

/* Options of recovery for JetInit3. The map says where databases are that were moved since they were attached;
 * a stop position is refused with JET_errFeatureNotAvailable (jet-rstinfo-structure). */
typedef struct JET_RSTINFO_A {
  uint32_t cbStruct; /* bytes of this structure */
  JET_RSTMAP_A* rgrstmap;
  int32_t crstmap;
  JET_LGPOS lgposStop;
  JET_LOGTIME logtimeStop;
  JET_PFNSTATUS pfnStatus; /* NULL, or called while the log is replayed */
} JET_RSTINFO_A;
typedef struct JET_RSTINFO_W {
  uint32_t cbStruct;
  JET_RSTMAP_W* rgrstmap;
  int32_t crstmap;
  JET_LGPOS lgposStop;
  JET_LOGTIME logtimeStop;
  JET_PFNSTATUS pfnStatus;
} JET_RSTINFO_W;
typedef JET_RSTINFO_A JET_RSTINFO;

/* Names a sequence of log files, or a database (jet-signature-structure). */
typedef struct JET_SIGNATURE {
  uint32_t ulRandom;
  JET_LOGTIME logtimeCreate;
  char szComputerName[16];
} JET_SIGNATURE;

/* Where in the log an outermost commit stands: a later commit of the instance has a greater number, and one that
 * is not greater than a commit on disk is on disk (jet-commit-id-structure). */
typedef struct JET_COMMIT_ID {
  JET_SIGNATURE signLog;
  int32_t reserved;
  int64_t commitId;
} JET_COMMIT_ID;

/* A running instance and the databases that are attached to it. The arrays have cDatabases entries; a name may be
 * NULL (jet-instance-info-structure). */
typedef struct JET_INSTANCE_INFO_A {
  JET_INSTANCE hInstanceId;
  char* szInstanceName;
  JET_API_PTR cDatabases;
  char** szDatabaseFileName;
  char** szDatabaseDisplayName;
  char** szDatabaseSLVFileName_Obsolete;
} JET_INSTANCE_INFO_A;
typedef struct JET_INSTANCE_INFO_W {
  JET_INSTANCE hInstanceId;
  JET_WCHAR* szInstanceName;
  JET_API_PTR cDatabases;
  JET_WCHAR** szDatabaseFileName;
  JET_WCHAR** szDatabaseDisplayName;
  JET_WCHAR** szDatabaseSLVFileName_Obsolete;
} JET_INSTANCE_INFO_W;
typedef JET_INSTANCE_INFO_A JET_INSTANCE_INFO;

/* A backup that a database was in (jet-bkinfo-structure). */
typedef struct JET_BKINFO {
  JET_LGPOS lgposMark;
  JET_LOGTIME bklogtimeMark;
  uint32_t genLow;
  uint32_t genHigh;
} JET_BKINFO;

/* What JET_DbInfoMisc gives. Fields that this library keeps no record of are zero (jet-dbinfomisc-structure). */
typedef struct JET_DBINFOMISC {
  uint32_t ulVersion;
  uint32_t ulUpdate;
  JET_SIGNATURE signDb;
  uint32_t dbstate; /* JET_dbstate... */
  JET_LGPOS lgposConsistent;
  JET_LOGTIME logtimeConsistent;
  JET_LOGTIME logtimeAttach;
  JET_LGPOS lgposAttach;
  JET_LOGTIME logtimeDetach;
  JET_LGPOS lgposDetach;
  JET_SIGNATURE signLog;
  JET_BKINFO bkinfoFullPrev;
  JET_BKINFO bkinfoIncPrev;
  JET_BKINFO bkinfoFullCur;
  uint32_t fShadowingDisabled;
  uint32_t fUpgradeDb;
  uint32_t dwMajorVersion;
  uint32_t dwMinorVersion;
  uint32_t dwBuildNumber;
  int32_t lSPNumber;
  uint32_t cbPageSize; /* bytes */
} JET_DBINFOMISC;

/* The class that a code belongs to, and the classes above that (jet-errcat-enumeration). */
typedef enum JET_ERRCAT {
  JET_errcatUnknown = 0,
  JET_errcatError = 1,
  JET_errcatOperation = 2,
  JET_errcatFatal = 3,
  JET_errcatIO = 4,
  JET_errcatResource = 5,
  JET_errcatMemory = 6,
  JET_errcatQuota = 7,
  JET_errcatDisk = 8,
  JET_errcatData = 9,
  JET_errcatCorruption = 10,
  JET_errcatInconsistent = 11,
  JET_errcatFragmentation = 12,
  JET_errcatApi = 13,
  JET_errcatUsage = 14,
  JET_errcatState = 15,
  JET_errcatObsolete = 16
} JET_ERRCAT;

/* What JET_ErrorInfoSpecificErr gives. The hierarchy begins with the widest class; zeros follow the narrowest.
 * This library names no source line (jet-errinfobasic-w-structure). */
typedef struct JET_ERRINFOBASIC_W {
  uint32_t cbStruct; /* bytes of this structure */
  JET_ERR errValue;
  JET_ERRCAT errcatMostSpecific;
  unsigned char rgCategoricalHierarchy[8];
  uint32_t lSourceLine;
  JET_WCHAR rgszSourceFile[64];
} JET_ERRINFOBASIC_W;

/* A Windows collation for JET_paramUnicodeIndexDefault (jet-unicodeindex-structure). */
typedef struct JET_UNICODEINDEX {
  uint32_t lcid;
  uint32_t dwMapFlags;
} JET_UNICODEINDEX;

/* ---- Instances ------------------------------------------------------------------------------------------ */

/* Puts the process into multi-instance mode and sets global parameters, if no one chose a mode yet. The
 * entries are applied in order up to the first that fails; each gets its `err`, and *pcsetsucceed (may be
 * NULL) the number that succeeded. A failed entry leaves the mode as it was, but not the earlier entries.
 * JET_errRunningInOneInstanceMode, JET_errSystemParamsAlreadySet (jetenablemultiinstance-function). */
ESENT_API JET_ERR JetEnableMultiInstance(JET_SETSYSPARAM* psetsysparam, uint32_t csetsysparam, uint32_t* pcsetsucceed);
ESENT_API JET_ERR JetEnableMultiInstanceA(JET_SETSYSPARAM_A* psetsysparam, uint32_t csetsysparam,
                                          uint32_t* pcsetsucceed);
ESENT_API JET_ERR JetEnableMultiInstanceW(JET_SETSYSPARAM_W* psetsysparam, uint32_t csetsysparam,
                                          uint32_t* pcsetsucceed);

/* Makes an instance, which owns nothing but its parameters until JetInit. The caller owes it a JetTerm. The
 * name must be unlike that of every other instance; NULL is a name too. JET_errInstanceNameInUse,
 * JET_errTooManyInstances, JET_errRunningInOneInstanceMode (jetcreateinstance-function). */
ESENT_API JET_ERR JetCreateInstance(JET_INSTANCE* pinstance, const char* szInstanceName);
ESENT_API JET_ERR JetCreateInstanceA(JET_INSTANCE* pinstance, const char* szInstanceName);
ESENT_API JET_ERR JetCreateInstanceW(JET_INSTANCE* pinstance, const JET_WCHAR* szInstanceName);
/* The same with a name for people; grbit is reserved and must be 0 (jetcreateinstance2-function). */
ESENT_API JET_ERR JetCreateInstance2(JET_INSTANCE* pinstance, const char* szInstanceName, const char* szDisplayName,
                                     JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateInstance2A(JET_INSTANCE* pinstance, const char* szInstanceName, const char* szDisplayName,
                                      JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateInstance2W(JET_INSTANCE* pinstance, const JET_WCHAR* szInstanceName,
                                      const JET_WCHAR* szDisplayName, JET_GRBIT grbit);

/* Starts an instance: takes its folders, opens its log and replays it after a crash. With NULL, or a pointer
 * to zero or nil, the process enters single-instance mode and *pinstance receives the one instance. After a
 * failure a created instance is again merely created (jetinit-function). */
ESENT_API JET_ERR JetInit(JET_INSTANCE* pinstance);
ESENT_API JET_ERR JetInit2(JET_INSTANCE* pinstance, JET_GRBIT grbit);
/* The same with options of recovery; prstInfo may be NULL (jetinit3-function). */
ESENT_API JET_ERR JetInit3(JET_INSTANCE* pinstance, const JET_RSTINFO* prstInfo, JET_GRBIT grbit);
ESENT_API JET_ERR JetInit3A(JET_INSTANCE* pinstance, const JET_RSTINFO_A* prstInfo, JET_GRBIT grbit);
ESENT_API JET_ERR JetInit3W(JET_INSTANCE* pinstance, const JET_RSTINFO_W* prstInfo, JET_GRBIT grbit);

/* Shuts an instance down, waits for the calls that are inside it, ends its sessions and releases its handle;
 * frees one that was never started. Open transactions are rolled back (jetterm-function). */
ESENT_API JET_ERR JetTerm(JET_INSTANCE instance);
/* The same with options: JET_bitTermComplete refuses while a transaction is open (JET_errTooManyActiveUsers);
 * JET_bitTermStopBackup ends a running backup instead of refusing with JET_errBackupInProgress and waits for
 * it; JET_bitTermDirty leaves the log to be replayed by the next JetInit (jetterm2-function). */
ESENT_API JET_ERR JetTerm2(JET_INSTANCE instance, JET_GRBIT grbit);

/* Announces a shutdown: from now on most calls give JET_errClientRequestToStopJetService; JetRollback,
 * JetEndSession, JetResetSessionContext, JetCloseDatabase, JetDetachDatabase and JetTerm still work (jetstopservice-function and its kin). */
ESENT_API JET_ERR JetStopService(void);
ESENT_API JET_ERR JetStopServiceInstance(JET_INSTANCE instance);
ESENT_API JET_ERR JetStopServiceInstance2(JET_INSTANCE instance, JET_GRBIT grbit);

/* Lists the running instances, each with its attached databases. *paInstanceInfo is one block of memory that the
 * caller gives to JetFreeBuffer, or NULL if there are none (jetgetinstanceinfo-function). */
ESENT_API JET_ERR JetGetInstanceInfo(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO** paInstanceInfo);
ESENT_API JET_ERR JetGetInstanceInfoA(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_A** paInstanceInfo);
ESENT_API JET_ERR JetGetInstanceInfoW(uint32_t* pcInstanceInfo, JET_INSTANCE_INFO_W** paInstanceInfo);
/* Stores the signature of a running instance's log as a JET_SIGNATURE, all zero without a log. cbMax is in bytes.
 * JET_errBufferTooSmall, JET_errInvalidParameter (jetgetinstancemiscinfo-function). */
ESENT_API JET_ERR JetGetInstanceMiscInfo(JET_INSTANCE instance, void* pvResult, uint32_t cbMax, uint32_t InfoLevel);
/* Frees memory that this library gave away; NULL is nothing to free (jetfreebuffer-function). */
ESENT_API JET_ERR JetFreeBuffer(char* pbBuf);
/* Tells what kind of code *pvContext, a JET_ERR, is: *pvResult is a JET_ERRINFOBASIC_W of cbMax bytes. Needs no
 * instance. grbit must be 0. JET_errInvalidParameter for a code that is unknown (jetgeterrorinfow-function). */
ESENT_API JET_ERR JetGetErrorInfoW(void* pvContext, void* pvResult, uint32_t cbMax, uint32_t InfoLevel,
                                   JET_GRBIT grbit);

/* Copies the attached databases and the log into a folder while sessions go on. NULL for the folder only deletes log
 * files that are no longer needed. An incremental backup adds to the full one in the same folder. After a
 * failure the folder holds nothing new that could be restored. Nothing can be attached or detached meanwhile
 * (jetbackupinstance-function). */
ESENT_API JET_ERR JetBackupInstance(JET_INSTANCE instance, const char* szBackupPath, JET_GRBIT grbit,
                                    JET_PFNSTATUS pfnStatus);
ESENT_API JET_ERR JetBackupInstanceA(JET_INSTANCE instance, const char* szBackupPath, JET_GRBIT grbit,
                                     JET_PFNSTATUS pfnStatus);
ESENT_API JET_ERR JetBackupInstanceW(JET_INSTANCE instance, const JET_WCHAR* szBackupPath, JET_GRBIT grbit,
                                     JET_PFNSTATUS pfnStatus);

/* The same for the one instance of single-instance mode (jetbackup-function). */
ESENT_API JET_ERR JetBackup(const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus);
ESENT_API JET_ERR JetBackupA(const char* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus);
ESENT_API JET_ERR JetBackupW(const JET_WCHAR* szBackupPath, JET_GRBIT grbit, JET_PFNSTATUS pfnStatus);
/* Stops a backup that is running: its call ends with JET_errBackupAbortByServer as soon as it gets to the next file.
 * Does not wait for that, and does nothing if none is running (jetstopbackupinstance-function). */
ESENT_API JET_ERR JetStopBackupInstance(JET_INSTANCE instance);
/* The same for the one instance of single-instance mode (jetstopbackup-function). */
ESENT_API JET_ERR JetStopBackup(void);

/* Brings a backup back into the log and system folders of an instance that is created and not started, and its
 * databases to where they were or, with szDest, into that folder; then replays the log. JetInit starts from there. A
 * failure may leave files changed (jetrestoreinstance-function). */
ESENT_API JET_ERR JetRestoreInstance(JET_INSTANCE instance, const char* sz, const char* szDest, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestoreInstanceA(JET_INSTANCE instance, const char* sz, const char* szDest, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestoreInstanceW(JET_INSTANCE instance, const JET_WCHAR* sz, const JET_WCHAR* szDest,
                                      JET_PFNSTATUS pfn);

/* The same in single-instance mode, before JetInit. JET_errRunningInMultiInstanceMode (jetrestore-function,
 * jetrestore2-function). */
ESENT_API JET_ERR JetRestore(const char* sz, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestoreA(const char* sz, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestoreW(const JET_WCHAR* sz, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestore2(const char* sz, const char* szDest, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestore2A(const char* sz, const char* szDest, JET_PFNSTATUS pfn);
ESENT_API JET_ERR JetRestore2W(const JET_WCHAR* sz, const JET_WCHAR* szDest, JET_PFNSTATUS pfn);

/* ---- Parameters ----------------------------------------------------------------------------------------- */

/* Sets one system parameter. A session, when given, decides the instance; otherwise *pinstance; otherwise the
 * defaults of the process. The string of a text parameter is copied (jetsetsystemparameter-function). */
ESENT_API JET_ERR JetSetSystemParameter(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                        JET_PCSTR szParam);
ESENT_API JET_ERR JetSetSystemParameterA(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCSTR szParam);
ESENT_API JET_ERR JetSetSystemParameterW(JET_INSTANCE* pinstance, JET_SESID sesid, uint32_t paramid, JET_API_PTR lParam,
                                         JET_PCWSTR szParam);
/* Reads one. cbMax is in bytes in both forms and includes the terminator (jetgetsystemparameter-function). */
ESENT_API JET_ERR JetGetSystemParameter(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                        JET_PSTR szParam, uint32_t cbMax);
ESENT_API JET_ERR JetGetSystemParameterA(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PSTR szParam, uint32_t cbMax);
ESENT_API JET_ERR JetGetSystemParameterW(JET_INSTANCE instance, JET_SESID sesid, uint32_t paramid, JET_API_PTR* plParam,
                                         JET_PWSTR szParam, uint32_t cbMax);

/* ---- Sessions ------------------------------------------------------------------------------------------- */

/* Stores the version of the library: the build number of a release (jetgetversion-function). */
ESENT_API JET_ERR JetGetVersion(JET_SESID sesid, uint32_t* pwVersion);

/* Begins a session. At most JET_paramMaxSessions of an instance are alive at once, by this call and by
 * JetDupSession together; one more is JET_errOutOfSessions. The name and password are reserved. *psesid is nil
 * after a failure. The caller owes the session a JetEndSession or a JetTerm (jetbeginsession-function). */
ESENT_API JET_ERR JetBeginSession(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR szUserName, JET_PCSTR szPassword);
ESENT_API JET_ERR JetBeginSessionA(JET_INSTANCE instance, JET_SESID* psesid, JET_PCSTR szUserName,
                                   JET_PCSTR szPassword);
ESENT_API JET_ERR JetBeginSessionW(JET_INSTANCE instance, JET_SESID* psesid, JET_PCWSTR szUserName,
                                   JET_PCWSTR szPassword);
/* Begins a session on the instance of another; nothing of that one carries over (jetdupsession-function). */
ESENT_API JET_ERR JetDupSession(JET_SESID sesid, JET_SESID* psesid);
/* Ends a session and rolls its transaction back. JET_errSessionInUse if another thread is inside it, owns its
 * transaction or holds its context. grbit has no effect (jetendsession-function). */
ESENT_API JET_ERR JetEndSession(JET_SESID sesid, JET_GRBIT grbit);

/* Binds a session to this thread under a context, which is neither 0 nor all ones. A transaction that begins
 * under a context belongs to whichever thread holds the context (jetsetsessioncontext-function). */
ESENT_API JET_ERR JetSetSessionContext(JET_SESID sesid, JET_API_PTR ulContext);
/* Undoes that, on the thread that did it (jetresetsessioncontext-function). */
ESENT_API JET_ERR JetResetSessionContext(JET_SESID sesid);

/* Sets a parameter of one session until the session ends. cbParam is in bytes. The bytes of
 * JET_sesparamCommitGenericContext are copied (jetsetsessionparameter-function). */
ESENT_API JET_ERR JetSetSessionParameter(JET_SESID sesid, uint32_t sesparamid, void* pvParam, uint32_t cbParam);
/* Reads one; *pcbParamActual (may be NULL) receives its size in bytes, also when the buffer has not the right one. One of
 * the two pointers may be NULL (jetgetsessionparameter-function). */
ESENT_API JET_ERR JetGetSessionParameter(JET_SESID sesid, uint32_t sesparamid, void* pvParam, uint32_t cbParamMax,
                                         uint32_t* pcbParamActual);
/* Does what can wait: brings lazy commits to disk (JET_bitIdleCompact or 0), or tells whether much does
 * (JET_bitIdleStatus). JET_errInvalidGrbit for JET_bitIdleFlushBuffers, JET_errInvalidParameter for an option that
 * is unknown (jetidle-function). */
ESENT_API JET_ERR JetIdle(JET_SESID sesid, JET_GRBIT grbit);

/* Opens a transaction, or a save point inside it, up to 7 levels (jetbegintransaction-function). */
ESENT_API JET_ERR JetBeginTransaction(JET_SESID sesid);
ESENT_API JET_ERR JetBeginTransaction2(JET_SESID sesid, JET_GRBIT grbit);
/* The same with a number that is the application's own (jetbegintransaction3-function). */
ESENT_API JET_ERR JetBeginTransaction3(JET_SESID sesid, int64_t trxid, JET_GRBIT grbit);
/* Closes one level. The outermost one is written to the log and, unless JET_bitCommitLazyFlush says
 * otherwise, is on disk when the call returns. JET_errLogWriteFail makes the instance unavailable for good.
 * The wait options close nothing and bring earlier commits to disk (jetcommittransaction-function). */
ESENT_API JET_ERR JetCommitTransaction(JET_SESID sesid, JET_GRBIT grbit);
/* The same, and *pCommitId (may be NULL) tells where an outermost commit stands in the log; another commit leaves it
 * alone. A lazy commit is on disk after cmsecDurableCommit milliseconds at the latest; 0 sets no such limit
 * (jetcommittransaction2-function). */
ESENT_API JET_ERR JetCommitTransaction2(JET_SESID sesid, JET_GRBIT grbit, uint32_t cmsecDurableCommit,
                                        JET_COMMIT_ID* pCommitId);
/* Undoes one level, or all with JET_bitRollbackAll (jetrollback-function). */
ESENT_API JET_ERR JetRollback(JET_SESID sesid, JET_GRBIT grbit);

/* ---- Databases ------------------------------------------------------------------------------------------ */

/* A database is one file. It is attached to an instance, at most seven at a time, and then opened by sessions: the id is
 * the session's own, counts its opens, and ends with the last JetCloseDatabase, with JetEndSession or with JetTerm.
 * Attaching for writing takes the file for this process. After a failure *pdbid is JET_dbidNil. Every attached database
 * is detached by JetTerm; after a crash, JetInit makes sure that each one is there and whole, and detaches it. */

/* Creates a file, attaches and opens it. The file is there as a whole or not at all, whatever happens meanwhile. The
 * page limit counts pages of JET_paramDatabasePageSize bytes, 0 is none. JET_bitDbOverwriteExisting replaces a database,
 * and no other file. A file that this session has attached is opened (JET_wrnDatabaseAttached). szConnect is reserved.
 * JET_errDatabaseDuplicate, JET_errDatabaseInvalidPath, JET_errInTransaction, JET_errTooManyAttachedDatabases
 * (jetcreatedatabase-function, jetcreatedatabase2-function). */
ESENT_API JET_ERR JetCreateDatabase(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR szConnect, JET_DBID* pdbid,
                                    JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateDatabaseA(JET_SESID sesid, JET_PCSTR szFilename, JET_PCSTR szConnect, JET_DBID* pdbid,
                                     JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateDatabaseW(JET_SESID sesid, JET_PCWSTR szFilename, JET_PCWSTR szConnect, JET_DBID* pdbid,
                                     JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateDatabase2(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax,
                                     JET_DBID* pdbid, JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateDatabase2A(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax,
                                      JET_DBID* pdbid, JET_GRBIT grbit);
ESENT_API JET_ERR JetCreateDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, uint32_t cpgDatabaseSizeMax,
                                      JET_DBID* pdbid, JET_GRBIT grbit);

/* Attaches a file to the session's instance, for reading only with JET_bitDbReadOnly. Its structure and its catalogue
 * are checked; a catalogue index that does not fit is an error, or with JET_bitDbDeleteCorruptIndexes made again
 * (JET_wrnCorruptIndexDeleted). JET_wrnDatabaseAttached if this session has attached it already,
 * JET_errDatabaseSharingViolation if another session or instance has, JET_errDatabaseInUse if another process has
 * (jetattachdatabase-function, jetattachdatabase2-function). */
ESENT_API JET_ERR JetAttachDatabase(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit);
ESENT_API JET_ERR JetAttachDatabaseA(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit);
ESENT_API JET_ERR JetAttachDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename, JET_GRBIT grbit);
ESENT_API JET_ERR JetAttachDatabase2(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax,
                                     JET_GRBIT grbit);
ESENT_API JET_ERR JetAttachDatabase2A(JET_SESID sesid, const char* szFilename, uint32_t cpgDatabaseSizeMax,
                                      JET_GRBIT grbit);
ESENT_API JET_ERR JetAttachDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, uint32_t cpgDatabaseSizeMax,
                                      JET_GRBIT grbit);

/* Gives the file back. NULL or "" means all that this session has attached, or a session that has ended: if one cannot be
 * detached, none is. No
 * session may have it open. JET_errDatabaseInUse, JET_errDatabaseNotFound, JET_errInTransaction,
 * JET_errBackupInProgress (jetdetachdatabase-function, jetdetachdatabase2-function). */
ESENT_API JET_ERR JetDetachDatabase(JET_SESID sesid, const char* szFilename);
ESENT_API JET_ERR JetDetachDatabaseA(JET_SESID sesid, const char* szFilename);
ESENT_API JET_ERR JetDetachDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename);
ESENT_API JET_ERR JetDetachDatabase2(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit);
ESENT_API JET_ERR JetDetachDatabase2A(JET_SESID sesid, const char* szFilename, JET_GRBIT grbit);
ESENT_API JET_ERR JetDetachDatabase2W(JET_SESID sesid, const JET_WCHAR* szFilename, JET_GRBIT grbit);

/* Opens an attached database, once more if the session has it open. JET_bitDbExclusive keeps other sessions out; they get
 * JET_errDatabaseLocked, and the caller JET_errDatabaseInUse if one has it open. szConnect is reserved
 * (jetopendatabase-function). */
ESENT_API JET_ERR JetOpenDatabase(JET_SESID sesid, const char* szFilename, const char* szConnect, JET_DBID* pdbid,
                                  JET_GRBIT grbit);
ESENT_API JET_ERR JetOpenDatabaseA(JET_SESID sesid, const char* szFilename, const char* szConnect, JET_DBID* pdbid,
                                   JET_GRBIT grbit);
ESENT_API JET_ERR JetOpenDatabaseW(JET_SESID sesid, const JET_WCHAR* szFilename, const JET_WCHAR* szConnect,
                                   JET_DBID* pdbid, JET_GRBIT grbit);
/* Ends one open. JET_errDatabaseNotFound if the database is attached and this session has not opened it,
 * JET_errInvalidDatabaseId if the number names none; grbit has no effect (jetclosedatabase-function). */
ESENT_API JET_ERR JetCloseDatabase(JET_SESID sesid, JET_DBID dbid, JET_GRBIT grbit);

/* Tells something about a database that this session has open. cbMax is in bytes; a number or a structure wants
 * exactly its size (JET_errInvalidBufferSize), a text at least (JET_errBufferTooSmall). The W form differs in the texts.
 * JET_errFeatureNotAvailable for JET_DbInfoIsam, JET_errInvalidParameter for a level or an id that is unknown
 * (jetgetdatabaseinfo-function). */
ESENT_API JET_ERR JetGetDatabaseInfo(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax,
                                     uint32_t InfoLevel);
ESENT_API JET_ERR JetGetDatabaseInfoA(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax,
                                      uint32_t InfoLevel);
ESENT_API JET_ERR JetGetDatabaseInfoW(JET_SESID sesid, JET_DBID dbid, void* pvResult, uint32_t cbMax,
                                      uint32_t InfoLevel);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* ESENT_H */
