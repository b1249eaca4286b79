// JetBackupInstance, JetRestoreInstance and their kin. Paths are UTF-8.
#pragma once

#include <optional>
#include <string>

#include "esent.h"

namespace esent {

JET_ERR backup_instance(JET_INSTANCE instance, const std::optional<std::string>& folder, JET_GRBIT grbit,
                        JET_PFNSTATUS callback);
// JetBackup, for the one instance of single-instance mode.
JET_ERR backup_only_instance(const std::optional<std::string>& folder, JET_GRBIT grbit, JET_PFNSTATUS callback);
// JetStopBackupInstance and JetStopBackup: a running backup ends, one that begins later does not.
JET_ERR stop_backup(JET_INSTANCE instance) noexcept;
JET_ERR stop_only_backup();

JET_ERR restore_instance(JET_INSTANCE instance, const std::optional<std::string>& folder,
                         const std::optional<std::string>& destination, JET_PFNSTATUS callback);
// JetRestore and JetRestore2: an instance of single-instance mode that lasts as long as the call.
JET_ERR restore_only_instance(const std::optional<std::string>& folder, const std::optional<std::string>& destination,
                              JET_PFNSTATUS callback);

}  // namespace esent
