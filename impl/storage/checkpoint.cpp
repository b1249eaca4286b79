#include "storage/checkpoint.hpp"

#include <cerrno>

namespace esent {

JET_ERR read_checkpoint(const std::string& path, std::optional<CheckpointData>& checkpoint) {
  Bytes bytes;
  const int error = read_file(path, bytes);
  if (error == ENOENT) return JET_errSuccess;
  if (error != 0) return error_of(error);
  CheckpointData data{};
  const bool good = bytes.size() == sizeof data && read_at(bytes, 0, data) && data.magic == checkpoint_magic &&
                    data.version == format_version && data.checksum == checksum_of(data);
  if (!good) return JET_errCheckpointCorrupt;
  checkpoint = data;
  return JET_errSuccess;
}

int write_checkpoint(const ReplacedFile& file, CheckpointData checkpoint) noexcept {
  checkpoint.magic = checkpoint_magic;
  checkpoint.version = format_version;
  checkpoint.checksum = checksum_of(checkpoint);
  return file.write(std::as_bytes(std::span(&checkpoint, 1)));
}

}  // namespace esent
