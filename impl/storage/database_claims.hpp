// Which database files the instances of this process have attached: the lock on the file keeps other processes out, and
// the two have different codes.
#pragma once

#include <string>

namespace esent {

// False if another instance has the file. `owner` tells instances apart; throws std::bad_alloc.
bool claim_database(const void* owner, const std::string& path);
void release_database(const std::string& path) noexcept;
bool database_is_claimed(const std::string& path);

}  // namespace esent
