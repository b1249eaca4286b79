#include "harness/subject/faults/next.hpp"

namespace esentcheck::subject::faults {

constinit thread_local Armed* armed_here = nullptr;
constinit thread_local bool looking_up = false;

bool can_refuse_memory() { return true; }
bool can_fail_files() { return true; }

Armed* arm(Armed* armed) {
  Armed* before = armed_here;
  armed_here = armed;
  return before;
}

}  // namespace esentcheck::subject::faults
