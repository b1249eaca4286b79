#include "engine/error_category.hpp"

#include <algorithm>

namespace esent {
namespace {

struct CategoryRow {
  JET_ERR code;
  JET_ERRCAT category;
};

// Codes that are not listed are a matter of how the interface is used, which most are.
constexpr CategoryRow categories[] = {
    {JET_errSuccess, JET_errcatState},
    {JET_wrnDatabaseAttached, JET_errcatState},
    {JET_wrnFileOpenReadOnly, JET_errcatState},
    {JET_wrnIdleFull, JET_errcatState},
    {JET_wrnBufferTruncated, JET_errcatState},
    {JET_wrnCorruptIndexDeleted, JET_errcatState},
    {JET_errOutOfThreads, JET_errcatMemory},
    {JET_errInternalError, JET_errcatOperation},
    {JET_errBadPageLink, JET_errcatCorruption},
    {JET_errLogFileCorrupt, JET_errcatCorruption},
    {JET_errBackupInProgress, JET_errcatState},
    {JET_errRestoreInProgress, JET_errcatState},
    {JET_errLogWriteFail, JET_errcatIO},
    {JET_errInvalidLogSequence, JET_errcatInconsistent},
    {JET_errBackupNotAllowedYet, JET_errcatState},
    {JET_errMissingLogFile, JET_errcatInconsistent},
    {JET_errCheckpointCorrupt, JET_errcatCorruption},
    {JET_errCheckpointFileNotFound, JET_errcatInconsistent},
    {JET_errLogFileSizeMismatchDatabasesConsistent, JET_errcatState},
    {JET_errEndingRestoreLogTooLow, JET_errcatInconsistent},
    {JET_errStartingRestoreLogTooHigh, JET_errcatInconsistent},
    {JET_errMissingFullBackup, JET_errcatState},
    {JET_errMissingFileToBackup, JET_errcatInconsistent},
    {JET_errLogReadVerifyFailure, JET_errcatCorruption},
    {JET_errRestoreOfNonBackupDatabase, JET_errcatUsage},
    {JET_errBackupAbortByCaller, JET_errcatOperation},
    {JET_errBackupAbortByServer, JET_errcatOperation},
    {JET_errTermInProgress, JET_errcatOperation},
    {JET_errOutOfMemory, JET_errcatMemory},
    {JET_errOutOfBuffers, JET_errcatMemory},
    {JET_errReadVerifyFailure, JET_errcatCorruption},
    {JET_errDiskIO, JET_errcatIO},
    {JET_errInitInProgress, JET_errcatOperation},
    {JET_errFileAccessDenied, JET_errcatIO},
    {JET_errVersionStoreOutOfMemory, JET_errcatQuota},
    {JET_errInstanceUnavailable, JET_errcatFatal},
    {JET_errDatabaseUnavailable, JET_errcatState},
    {JET_errInstanceUnavailableDueToFatalLogDiskFull, JET_errcatFatal},
    {JET_errOutOfSessions, JET_errcatMemory},
    {JET_errWriteConflict, JET_errcatState},
    {JET_errRollbackRequired, JET_errcatState},
    {JET_errDirtyShutdown, JET_errcatInconsistent},
    {JET_errDatabaseCorrupted, JET_errcatCorruption},
    {JET_errDatabase200Format, JET_errcatObsolete},
    {JET_errDatabase400Format, JET_errcatObsolete},
    {JET_errDatabase500Format, JET_errcatObsolete},
    {JET_errPageSizeMismatch, JET_errcatInconsistent},
    {JET_errTooManyInstances, JET_errcatQuota},
    {JET_errAttachedDatabaseMismatch, JET_errcatInconsistent},
    {JET_errClientRequestToStopJetService, JET_errcatOperation},
    {JET_errPrimaryIndexCorrupted, JET_errcatCorruption},
    {JET_errSecondaryIndexCorrupted, JET_errcatCorruption},
    {JET_errDiskFull, JET_errcatDisk},
    {JET_errFileNotFound, JET_errcatState},
    {JET_errRollbackError, JET_errcatFatal},
    {JET_errCallbackFailed, JET_errcatOperation},
};

}  // namespace

JET_ERRCAT error_category(JET_ERR code) noexcept {
  const CategoryRow* row = std::ranges::find(categories, code, &CategoryRow::code);
  return row == std::end(categories) ? JET_errcatUsage : row->category;
}

JET_ERRCAT wider_category(JET_ERRCAT category) noexcept {
  switch (category) {
    case JET_errcatOperation:
    case JET_errcatData:
    case JET_errcatApi: return JET_errcatError;
    case JET_errcatFatal:
    case JET_errcatIO:
    case JET_errcatResource: return JET_errcatOperation;
    case JET_errcatMemory:
    case JET_errcatQuota:
    case JET_errcatDisk: return JET_errcatResource;
    case JET_errcatCorruption:
    case JET_errcatInconsistent:
    case JET_errcatFragmentation: return JET_errcatData;
    case JET_errcatUsage:
    case JET_errcatState:
    case JET_errcatObsolete: return JET_errcatApi;
    case JET_errcatUnknown:
    case JET_errcatError: break;
  }
  return JET_errcatUnknown;
}

}  // namespace esent
