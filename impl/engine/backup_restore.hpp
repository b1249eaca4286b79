// JetBackupInstance and JetRestoreInstance. Paths are UTF-8.
#pragma once

#include <optional>
#include <string>

#include "esent.h"

namespace esent {

JET_ERR backup_instance(JET_INSTANCE instance, const std::optional<std::string>& folder, JET_GRBIT grbit,
                        JET_PFNSTATUS callback);
JET_ERR restore_instance(JET_INSTANCE instance, const std::optional<std::string>& folder,
                         const std::optional<std::string>& destination, JET_PFNSTATUS callback);

}  // namespace esent
