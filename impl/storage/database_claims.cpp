#include "storage/database_claims.hpp"

#include <algorithm>
#include <mutex>
#include <vector>

namespace esent {
namespace {

struct Claim {
  const void* owner;
  std::string path;
};

struct Claims {
  std::mutex mutex;  // inside Databases::mutex_; nothing is locked under it
  std::vector<Claim> all;
};

Claims& claims() {
  // Never destroyed: threads may still call while the process ends.
  static Claims& one = *new Claims();
  return one;
}

}  // namespace

bool claim_database(const void* owner, const std::string& path) {
  Claims& known = claims();
  const std::lock_guard lock(known.mutex);
  for (const Claim& claim : known.all) {
    if (claim.path == path) return claim.owner == owner;
  }
  known.all.push_back({owner, path});
  return true;
}

void release_database(const std::string& path) noexcept {
  Claims& known = claims();
  const std::lock_guard lock(known.mutex);
  std::erase_if(known.all, [&](const Claim& claim) { return claim.path == path; });
}

bool database_is_claimed(const std::string& path) {
  Claims& known = claims();
  const std::lock_guard lock(known.mutex);
  return std::ranges::any_of(known.all, [&](const Claim& claim) { return claim.path == path; });
}

}  // namespace esent
