#include "engine/parameter_table.hpp"

namespace esent {

// clang-format off
constinit const ParameterRow parameter_rows[parameter_count] = {
    {JET_paramSystemPath, Type::folder, Scope::instance, Frozen::when_initialised, false, 0, 246, 0, 0, ".\\"},
    {JET_paramTempPath, Type::path, Scope::instance, Frozen::when_initialised, false, 0, 247, 0, 0, "tmp.edb"},
    {JET_paramLogFilePath, Type::folder, Scope::instance, Frozen::when_initialised, false, 0, 246, 0, 0, ".\\"},
    {JET_paramBaseName, Type::text, Scope::instance, Frozen::when_initialised, false, 3, 3, 0, 0, "edb"},
    {JET_paramEventSource, Type::text, Scope::instance, Frozen::when_initialised, false, 0, 259, 0, 0, ""},
    {JET_paramMaxSessions, Type::integer, Scope::instance, Frozen::when_initialised, true, 0, 30000, 16, 30000, ""},
    {JET_paramMaxOpenTables, Type::integer, Scope::instance, Frozen::when_initialised, true, 0, 2147483647, 300, 2147483647, ""},
    {JET_paramPreferredMaxOpenTables, Type::integer, Scope::instance, Frozen::when_initialised, false, 0, 2147483647, 0, 0, ""},
    {JET_paramMaxCursors, Type::integer, Scope::instance, Frozen::when_initialised, true, 0, 2147483647, 1024, 2147483647, ""},
    {JET_paramMaxVerPages, Type::integer, Scope::instance, Frozen::when_initialised, true, 1, 2147483647, 64, 2147483647, ""},
    {JET_paramMaxTemporaryTables, Type::integer, Scope::instance, Frozen::when_initialised, true, 0, 2147483647, 20, 2147483647, ""},
    {JET_paramLogFileSize, Type::integer, Scope::instance, Frozen::when_initialised, false, 64, 32768, 5120, 64, ""},
    {JET_paramLogBuffers, Type::integer, Scope::instance, Frozen::when_initialised, true, 1, 2147483647, 126, 1, ""},
    {JET_paramWaitLogFlush, Type::integer, Scope::session, Frozen::never, false, 0, 2147483647, 0, 0, ""},
    {JET_paramCommitDefault, Type::commit_options, Scope::session, Frozen::never, false, 0, 4294967295, 0, 0, ""},
    {JET_paramCircularLog, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramPageTempDBMin, Type::integer, Scope::instance, Frozen::when_initialised, true, 0, 2147483647, 0, 14, ""},
    {JET_paramCacheSizeMax, Type::integer, Scope::global, Frozen::never, true, 1, 4294967295, 2000000000, 16, ""},
    {JET_paramCheckpointDepthMax, Type::integer, Scope::instance, Frozen::never, false, 0, 4294967295, 20971520, 65536, ""},
    {JET_paramRecovery, Type::text, Scope::instance, Frozen::when_initialised, false, 0, 259, 0, 0, "On"},
    {JET_paramCacheSize, Type::integer, Scope::global, Frozen::never, false, 0, 4294967295, 0, 0, ""},
    {JET_paramCheckFormatWhenOpenFail, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 1, 1, ""},
    {JET_paramEnableIndexChecking, Type::boolean, Scope::instance, Frozen::when_created, false, 0, 1, 0, 0, ""},
    {JET_paramDeleteOldLogs, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 1, 1, ""},
    {JET_paramEventSourceKey, Type::text, Scope::instance, Frozen::when_initialised, false, 0, 259, 0, 0, ""},
    {JET_paramNoInformationEvent, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 1, ""},
    {JET_paramEventLoggingLevel, Type::integer, Scope::instance, Frozen::when_initialised, false, 0, 100, 100, 100, ""},
    {JET_paramDeleteOutOfRangeLogs, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramAccessDeniedRetryPeriod, Type::integer, Scope::global, Frozen::never, false, 0, 4294967295, 10000, 10000, ""},
    {JET_paramCacheSizeMin, Type::integer, Scope::global, Frozen::never, true, 1, 4294967295, 1, 16, ""},
    {JET_paramPreferredVerPages, Type::integer, Scope::instance, Frozen::never, true, 1, 2147483647, 58, 2147483647, ""},
    {JET_paramDatabasePageSize, Type::power_of_two, Scope::global, Frozen::when_created, false, 2048, 8192, 4096, 4096, ""},
    {JET_paramDisableCallbacks, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramErrorToString, Type::error_text, Scope::global, Frozen::always, false, 0, 0, 0, 0, ""},
    {JET_paramUnicodeIndexDefault, Type::unicode_index, Scope::instance, Frozen::when_initialised, false, 0, 0, 0x0000040900030401, 0x0000040900030401, ""},
    {JET_paramRuntimeCallback, Type::pointer, Scope::instance, Frozen::when_initialised, false, 0, 0, 0, 0, ""},
    {JET_paramCleanupMismatchedLogFiles, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramGlobalMinVerPages, Type::integer, Scope::global, Frozen::when_created, true, 1, 2147483647, 64, 1, ""},
    {JET_paramOSSnapshotTimeout, Type::integer, Scope::global, Frozen::never, false, 0, 2147483647, 70000, 70000, ""},
    {JET_paramExceptionAction, Type::integer, Scope::global, Frozen::never, false, 1, 2, JET_ExceptionMsgBox, JET_ExceptionMsgBox, ""},
    {JET_paramEventLogCache, Type::integer, Scope::global, Frozen::when_created, false, 0, 2147483647, 0, 0, ""},
    {JET_paramCreatePathIfNotExist, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramOneDatabasePerSession, Type::boolean, Scope::global, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
    {JET_paramMaxInstances, Type::integer, Scope::global, Frozen::when_created, false, 1, 1024, 16, 16, ""},
    {JET_paramVersionStoreTaskQueueMax, Type::integer, Scope::instance, Frozen::never, false, 1, 127, 32, 32, ""},
    {JET_paramDisablePerfmon, Type::boolean, Scope::global, Frozen::when_created, false, 0, 1, 0, 1, ""},
    {JET_paramIndexTuplesLengthMin, Type::tuple_limit, Scope::instance, Frozen::when_initialised, false, 2, 255, 3, 3, ""},
    {JET_paramIndexTuplesLengthMax, Type::tuple_limit, Scope::instance, Frozen::when_initialised, false, 2, 255, 10, 10, ""},
    {JET_paramIndexTuplesToIndexMax, Type::tuple_limit, Scope::instance, Frozen::when_initialised, false, 1, 32767, 32767, 32767, ""},
    {JET_paramAlternateDatabaseRecoveryPath, Type::folder, Scope::instance, Frozen::when_initialised, false, 0, 246, 0, 0, ""},
    {JET_paramCachedClosedTables, Type::integer, Scope::instance, Frozen::when_initialised, false, 1, 2147483647, 64, 64, ""},
    {JET_paramEnableFileCache, Type::boolean, Scope::global, Frozen::when_created, false, 0, 1, 0, 1, ""},
    {JET_paramEnableViewCache, Type::boolean, Scope::global, Frozen::when_created, false, 0, 1, 0, 1, ""},
    {JET_paramVerPageSize, Type::power_of_two, Scope::global, Frozen::when_created, true, 1024, 65536, 16384, 1024, ""},
    {JET_paramConfiguration, Type::integer, Scope::instance, Frozen::when_initialised, false, 0, 1, 1, 1, ""},
    {JET_paramEnableAdvanced, Type::boolean, Scope::instance, Frozen::never, false, 0, 1, 1, 0, ""},
    {JET_paramMaxColtyp, Type::integer, Scope::global, Frozen::always, false, 0, 255, 18, 18, ""},
    {JET_paramKeyMost, Type::integer, Scope::global, Frozen::always, false, 255, 65535, JET_cbKeyMost4KBytePage, JET_cbKeyMost4KBytePage, ""},
    {JET_paramLegacyFileNames, Type::integer, Scope::instance, Frozen::when_initialised, false, 0, 1, JET_bitESE98FileNames, JET_bitESE98FileNames, ""},
    {JET_paramIOPriority, Type::integer, Scope::instance, Frozen::never, false, 0, 1, 0, 0, ""},
    {JET_paramEnablePersistedCallbacks, Type::boolean, Scope::instance, Frozen::when_initialised, false, 0, 1, 0, 0, ""},
};
// clang-format on

const ParameterRow* find_parameter(std::uint32_t id) noexcept {
  for (const ParameterRow& row : parameter_rows) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

}  // namespace esent
