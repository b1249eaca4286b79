// From the parameters of an instance to its folders on this system.
#pragma once

#include "engine/parameters.hpp"
#include "engine/path_text.hpp"
#include "engine/registry.hpp"
#include "storage/storage.hpp"

namespace esent {

// Makes the folder if `create` allows it, and gives its absolute name with a slash at the end;
// JET_errInvalidPath if it is not there.
JET_ERR find_folder(std::string_view path, bool create, std::string& found);

// Everything that JetInit reads from the parameters about files.
JET_ERR find_files(const Parameters& parameters, StorageOptions& options, ClaimedPaths& paths);

}  // namespace esent
