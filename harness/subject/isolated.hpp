// A subject in a process of its own: a crash, an exit, a hang or a corrupted heap is something seen, and the harness goes
// on.
#pragma once

#include <memory>
#include <string>

#include "harness/subject/open.hpp"
#include "harness/subject/subject.hpp"

namespace esentcheck::subject {

Result<std::unique_ptr<Subject>> open_isolated(const std::string& path, const Options& options);

}  // namespace esentcheck::subject
