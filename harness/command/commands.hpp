// The commands: each takes its options, prints to standard output and says how it ended.
#pragma once

#include <string>

#include "harness/command/exit_status.hpp"
#include "harness/command/options.hpp"

namespace esentcheck::command {

/// `typed` is the command line, for the report.
ExitStatus conform(const ConformOptions&, const std::string& typed);
ExitStatus run(const RunOptions&, const std::string& typed);
ExitStatus replay(const ReplayOptions&);
ExitStatus list(const ListOptions&);
ExitStatus explain(const ExplainOptions&);
ExitStatus check_traces(const CheckOptions&);

}  // namespace esentcheck::command
