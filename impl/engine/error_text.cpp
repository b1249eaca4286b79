// The names and meanings that JET_paramErrorToString gives (error-handling-parameters).
#include "engine/error_text.hpp"

#include <algorithm>
#include <iterator>

#include "esent.h"

namespace esent {
namespace {

struct Row {
  JET_ERR code;
  const char* name;
  const char* meaning;
};

constexpr Row rows[] = {
    {JET_wrnIdleFull, "JET_wrnIdleFull", "Version store usage above one half"},
    {JET_wrnFileOpenReadOnly, "JET_wrnFileOpenReadOnly", "Opened read-only although write access was asked for"},
    {JET_wrnCorruptIndexDeleted, "JET_wrnCorruptIndexDeleted", "Out-of-date indexes were removed on attach"},
    {JET_wrnDatabaseAttached, "JET_wrnDatabaseAttached", "Database was already attached"},
    {JET_wrnBufferTruncated, "JET_wrnBufferTruncated", "Result was truncated to the buffer"},
    {JET_errSuccess, "JET_errSuccess", "Call succeeded"},
    {JET_errOutOfThreads, "JET_errOutOfThreads", "A thread could not be started"},
    {JET_errInternalError, "JET_errInternalError", "Unexpected internal failure"},
    {JET_errDisabledFunctionality, "JET_errDisabledFunctionality",
     "The function exists but is switched off in this edition"},
    {JET_errBadPageLink, "JET_errBadPageLink", "B-tree page chain is broken"},
    {JET_errLogFileCorrupt, "JET_errLogFileCorrupt", "Log file is damaged"},
    {JET_errBackupInProgress, "JET_errBackupInProgress", "A backup is already running"},
    {JET_errRestoreInProgress, "JET_errRestoreInProgress", "A restore is running"},
    {JET_errLogWriteFail, "JET_errLogWriteFail", "The log could not be written"},
    {JET_errInvalidLogSequence, "JET_errInvalidLogSequence", "Log files do not form one continuous sequence"},
    {JET_errLoggingDisabled, "JET_errLoggingDisabled", "Logging is off"},
    {JET_errNoBackup, "JET_errNoBackup", "No backup is running"},
    {JET_errInvalidBackupSequence, "JET_errInvalidBackupSequence", "Backup calls made in the wrong order"},
    {JET_errBackupNotAllowedYet, "JET_errBackupNotAllowedYet", "Backup not possible in the current engine state"},
    {JET_errInvalidBackup, "JET_errInvalidBackup", "Incremental backup is impossible under circular logging"},
    {JET_errMissingLogFile, "JET_errMissingLogFile", "A needed log file is absent"},
    {JET_errCheckpointCorrupt, "JET_errCheckpointCorrupt", "Checkpoint file damaged"},
    {JET_errCheckpointFileNotFound, "JET_errCheckpointFileNotFound", "Checkpoint file absent"},
    {JET_errLogFileSizeMismatchDatabasesConsistent, "JET_errLogFileSizeMismatchDatabasesConsistent",
     "Recovery went through but the configured log file size differs from the files on disk"},
    {JET_errEndingRestoreLogTooLow, "JET_errEndingRestoreLogTooLow",
     "End log number of a restore is out of range (too low)"},
    {JET_errStartingRestoreLogTooHigh, "JET_errStartingRestoreLogTooHigh",
     "Start log number of a restore is out of range (too high)"},
    {JET_errMissingFullBackup, "JET_errMissingFullBackup", "No full backup exists to build an incremental one on"},
    {JET_errMissingFileToBackup, "JET_errMissingFileToBackup", "A file to be backed up is absent"},
    {JET_errBadRestoreTargetInstance, "JET_errBadRestoreTargetInstance",
     "Restore target instance unknown or its logs do not match"},
    {JET_errLogReadVerifyFailure, "JET_errLogReadVerifyFailure", "Log file failed its checksum"},
    {JET_errRestoreOfNonBackupDatabase, "JET_errRestoreOfNonBackupDatabase",
     "Database to restore did not come from a backup"},
    {JET_errBackupAbortByCaller, "JET_errBackupAbortByCaller", "The backup client stopped the backup"},
    {JET_errBackupAbortByServer, "JET_errBackupAbortByServer",
     "The application stopped the backup (JetStopBackup or JetTerm2 with JET_bitTermStopBackup)"},
    {JET_errInvalidGrbit, "JET_errInvalidGrbit", "An option bit is invalid"},
    {JET_errTermInProgress, "JET_errTermInProgress", "Instance is shutting down"},
    {JET_errFeatureNotAvailable, "JET_errFeatureNotAvailable", "Requested feature or info level is not supported"},
    {JET_errInvalidParameter, "JET_errInvalidParameter", "An argument is invalid"},
    {JET_errDatabaseFileReadOnly, "JET_errDatabaseFileReadOnly", "Database file cannot be written"},
    {JET_errInvalidDatabaseId, "JET_errInvalidDatabaseId", "Database id is invalid"},
    {JET_errOutOfMemory, "JET_errOutOfMemory", "Memory exhausted"},
    {JET_errOutOfBuffers, "JET_errOutOfBuffers", "Page buffers exhausted"},
    {JET_errReadVerifyFailure, "JET_errReadVerifyFailure", "Database page failed its checksum"},
    {JET_errDiskIO, "JET_errDiskIO", "Reading or writing a file failed"},
    {JET_errInvalidPath, "JET_errInvalidPath", "File system path is invalid"},
    {JET_errInvalidDatabase, "JET_errInvalidDatabase", "File is not a database"},
    {JET_errNotInitialized, "JET_errNotInitialized", "Engine or instance not initialised"},
    {JET_errAlreadyInitialized, "JET_errAlreadyInitialized", "Engine or instance already initialised"},
    {JET_errInitInProgress, "JET_errInitInProgress", "Initialisation is under way"},
    {JET_errFileAccessDenied, "JET_errFileAccessDenied", "File is locked or access is refused"},
    {JET_errBufferTooSmall, "JET_errBufferTooSmall", "Output buffer too small"},
    {JET_errInvalidBufferSize, "JET_errInvalidBufferSize", "Buffer size does not suit the requested data"},
    {JET_errNotInTransaction, "JET_errNotInTransaction", "Operation needs an open transaction"},
    {JET_errTooManyActiveUsers, "JET_errTooManyActiveUsers", "Sessions are still active"},
    {JET_errVersionStoreOutOfMemory, "JET_errVersionStoreOutOfMemory", "Version store is full"},
    {JET_errRunningInOneInstanceMode, "JET_errRunningInOneInstanceMode",
     "Multi-instance call while in single-instance mode"},
    {JET_errRunningInMultiInstanceMode, "JET_errRunningInMultiInstanceMode",
     "Single-instance call while in multi-instance mode"},
    {JET_errSystemParamsAlreadySet, "JET_errSystemParamsAlreadySet",
     "Global parameters were already set (engine already multi-instance)"},
    {JET_errSystemPathInUse, "JET_errSystemPathInUse", "Another instance uses the system path"},
    {JET_errLogFilePathInUse, "JET_errLogFilePathInUse", "Another instance uses the log path"},
    {JET_errTempPathInUse, "JET_errTempPathInUse", "Another instance uses the temporary database path"},
    {JET_errInstanceNameInUse, "JET_errInstanceNameInUse", "Instance name is taken"},
    {JET_errSystemParameterConflict, "JET_errSystemParameterConflict",
     "Global parameters were already set to different values"},
    {JET_errInstanceUnavailable, "JET_errInstanceUnavailable", "Instance is unusable after a fatal error"},
    {JET_errDatabaseUnavailable, "JET_errDatabaseUnavailable", "Database is unusable after a fatal error"},
    {JET_errInstanceUnavailableDueToFatalLogDiskFull, "JET_errInstanceUnavailableDueToFatalLogDiskFull",
     "Instance is unusable after the log disk filled up during work that could not fail"},
    {JET_errInvalidSesparamId, "JET_errInvalidSesparamId", "Session parameter id is unknown"},
    {JET_errOutOfSessions, "JET_errOutOfSessions", "Session limit reached"},
    {JET_errWriteConflict, "JET_errWriteConflict", "Write lock is held by another session"},
    {JET_errTransTooDeep, "JET_errTransTooDeep", "Transaction nesting limit reached"},
    {JET_errInvalidSesid, "JET_errInvalidSesid", "Session handle is invalid"},
    {JET_errInTransaction, "JET_errInTransaction", "Operation is forbidden inside a transaction"},
    {JET_errRollbackRequired, "JET_errRollbackRequired", "Current transaction can only be rolled back"},
    {JET_errTransReadOnly, "JET_errTransReadOnly", "Update attempted in a read-only transaction"},
    {JET_errSesidTableIdMismatch, "JET_errSesidTableIdMismatch", "Cursor belongs to another session"},
    {JET_errInvalidInstance, "JET_errInvalidInstance", "Instance handle is invalid or shut down"},
    {JET_errDirtyShutdown, "JET_errDirtyShutdown", "Instance ended with its databases left dirty on request"},
    {JET_errDatabaseDuplicate, "JET_errDatabaseDuplicate", "Database file already exists"},
    {JET_errDatabaseInUse, "JET_errDatabaseInUse", "Database is in use"},
    {JET_errDatabaseNotFound, "JET_errDatabaseNotFound", "No such (attached) database"},
    {JET_errDatabaseInvalidPages, "JET_errDatabaseInvalidPages", "Database size limit is invalid"},
    {JET_errDatabaseCorrupted, "JET_errDatabaseCorrupted", "Database is damaged or not a database"},
    {JET_errDatabaseLocked, "JET_errDatabaseLocked", "Database is held exclusively by another session"},
    {JET_errDatabase200Format, "JET_errDatabase200Format", "File comes from a Windows NT 3.51 engine"},
    {JET_errDatabase400Format, "JET_errDatabase400Format", "File comes from a pre-NT 4.0 test engine"},
    {JET_errDatabase500Format, "JET_errDatabase500Format", "File comes from a Windows NT 4.0 engine"},
    {JET_errPageSizeMismatch, "JET_errPageSizeMismatch", "Configured page size differs from the files"},
    {JET_errTooManyInstances, "JET_errTooManyInstances", "Instance limit reached"},
    {JET_errDatabaseSharingViolation, "JET_errDatabaseSharingViolation", "Database is already attached elsewhere"},
    {JET_errAttachedDatabaseMismatch, "JET_errAttachedDatabaseMismatch",
     "Databases on disk do not match what the logs expect"},
    {JET_errDatabaseInvalidPath, "JET_errDatabaseInvalidPath", "Database path is invalid"},
    {JET_errForceDetachNotAllowed, "JET_errForceDetachNotAllowed", "Forced detach is not supported"},
    {JET_errClientRequestToStopJetService, "JET_errClientRequestToStopJetService",
     "Instance was put in the stopped-service state"},
    {JET_errPrimaryIndexCorrupted, "JET_errPrimaryIndexCorrupted", "Primary index is damaged or out of date"},
    {JET_errSecondaryIndexCorrupted, "JET_errSecondaryIndexCorrupted", "Secondary index is damaged or out of date"},
    {JET_errIndexTuplesInvalidLimits, "JET_errIndexTuplesInvalidLimits", "Tuple-index limits are illegal"},
    {JET_errTooManyAttachedDatabases, "JET_errTooManyAttachedDatabases", "Attached-database limit reached"},
    {JET_errDiskFull, "JET_errDiskFull", "No space is left on the volume"},
    {JET_errFileNotFound, "JET_errFileNotFound", "File absent"},
    {JET_errSessionSharingViolation, "JET_errSessionSharingViolation", "One session used by several threads"},
    {JET_errSessionContextAlreadySet, "JET_errSessionContextAlreadySet", "Session already has a context"},
    {JET_errSessionContextNotSetByThisThread, "JET_errSessionContextNotSetByThisThread",
     "Context was set by another thread"},
    {JET_errSessionInUse, "JET_errSessionInUse", "Session to be ended is in use"},
    {JET_errOneDatabasePerSession, "JET_errOneDatabasePerSession", "Session may open only one user database"},
    {JET_errRollbackError, "JET_errRollbackError", "Rollback failed"},
    {JET_errCallbackFailed, "JET_errCallbackFailed", "An application callback could not run or failed"},
    {JET_errOSSnapshotInvalidSequence, "JET_errOSSnapshotInvalidSequence", "Snapshot calls made in the wrong order"},
    {JET_errOSSnapshotTimeOut, "JET_errOSSnapshotTimeOut", "Snapshot session timed out"},
    {JET_errOSSnapshotNotAllowed, "JET_errOSSnapshotNotAllowed", "Snapshot not possible in the current engine state"},
    {JET_errOSSnapshotInvalidSnapId, "JET_errOSSnapshotInvalidSnapId", "Snapshot id is invalid"},
    {JET_errLSCallbackNotSpecified, "JET_errLSCallbackNotSpecified",
     "Local storage needs a runtime callback that was not configured"},
};

}  // namespace

bool is_known_error(JET_ERR code) noexcept { return std::ranges::find(rows, code, &Row::code) != std::end(rows); }

std::string error_text(JET_ERR code) {
  for (const Row& row : rows) {
    if (row.code == code) return std::string(row.name) + "," + row.meaning;
  }
  return "Unknown Error,Unknown Error";
}

}  // namespace esent
