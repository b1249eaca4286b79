// A subject in this very process: the shortest way for a debugger, and none of the safety. What the library leaves behind
// from one start() to the next (its globals, leaked memory, a thread inside a call that never returns) stays.
#pragma once

#include <memory>
#include <string>

#include "harness/subject/open.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

/// Changes the working directory of this process while it lives: at most one at a time.
Result<std::unique_ptr<Subject>> open_in_process(const std::string& path);

}  // namespace esentcheck::subject
