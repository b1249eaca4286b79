// The process that a subject's calls are made in.
#pragma once

#include <memory>
#include <string>

#include "harness/subject/exchange.hpp"
#include "harness/subject/library.hpp"

namespace esentcheck::host {

/// Performs the batches of the exchange until it is killed. Runs in a freshly forked process, as its only thread.
[[noreturn]] void live(subject::Exchange& exchange, std::shared_ptr<const subject::Library> library,
                       const char* directory);

/// The same in a simulation: its batches hold calls of thread 0 that return, or are races.
[[noreturn]] void live_simulated(subject::Exchange& exchange, const std::shared_ptr<const subject::Library>& library,
                                 const char* directory);

/// The same on the machine's own threads.
[[noreturn]] void live_at_large(subject::Exchange& exchange, const std::shared_ptr<const subject::Library>& library,
                                const char* directory);

}  // namespace esentcheck::host
