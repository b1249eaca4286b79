// The report for build servers.
//
// Three suites, named "scenarios", "ledger" and "generated". In the ledger each pair of function and
// documented code is a test: a cell that deviates or was not tried fails, an unreachable one is skipped with
// its reason. The last suite holds what no scenario shows: findings of generated sequences, and any that
// belongs to no failed scenario, so that no finding is ever missing from a build server's page.
#pragma once

#include <string>

#include "reports/result.hpp"

namespace esentcheck::reports {

/// No times and no host name: the header's date, in the root's `timestamp`, is the only thing that two equal
/// runs do not share. Characters that XML cannot hold become U+FFFD.
[[nodiscard]] std::string junit(const Result& result);

}  // namespace esentcheck::reports
