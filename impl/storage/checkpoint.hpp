// The checkpoint file: where replay starts. It is replaced as a whole, so that it is never half written.
#pragma once

#include <optional>

#include "storage/log_format.hpp"

namespace esent {

// Nothing if there is no such file; JET_errCheckpointCorrupt if it is damaged.
JET_ERR read_checkpoint(const std::string& path, std::optional<CheckpointData>& checkpoint);
// 0 or an errno.
int write_checkpoint(const ReplacedFile& file, CheckpointData checkpoint) noexcept;

}  // namespace esent
