// What faults.hpp means in a program without esentcheck_faults. Weak, so that its object files win where they are
// linked, in whatever order.
#include "harness/subject/faults.hpp"

namespace esentcheck::subject::faults {

[[gnu::weak]] bool can_refuse_memory() { return false; }
[[gnu::weak]] bool can_fail_files() { return false; }
[[gnu::weak]] Armed* arm(Armed*) { return nullptr; }
[[gnu::weak]] Holdings holdings() { return {}; }
[[gnu::weak]] void expect_power_cut(void (*)()) {}

}  // namespace esentcheck::subject::faults
