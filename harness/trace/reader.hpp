// From a file of recorded calls to values. Everything that a trace can say wrong is said here: one sentence, with file,
// line and column.
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "harness/diagnostic.hpp"
#include "harness/trace/trace.hpp"

namespace esentcheck::trace {

Result<Trace> read_trace(const std::filesystem::path& file);

/// The same from lines in memory; `name` is what diagnostics call them.
Result<Trace> read_trace(std::string name, std::span<const std::string> lines);

}  // namespace esentcheck::trace
