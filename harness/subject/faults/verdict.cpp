#include "harness/subject/faults/verdict.hpp"

#include <fcntl.h>

#include <cerrno>

#include "harness/subject/faults/journal.hpp"

namespace esentcheck::subject::faults {
namespace {

using plan::Failure;
using plan::Operation;

bool can_fail_so(Failure how, const Asked& asked) {
  switch (how) {
    case Failure::error:
    case Failure::power_cut: return true;
    case Failure::full: return asked.needs_space;
    case Failure::interrupted: return asked.lasts;
    case Failure::part: return asked.divisible;
  }
  return false;
}

/// A failure that the call can get over is none of its writes or syncs for good.
Hit hit_of(const plan::Fault& fault, Operation operation) {
  if (operation == Operation::rename && fault.times != plan::Times::once) return names_hit;
  if (fault.times != plan::Times::always) return file_hit;
  if (operation == Operation::write) return write_hit;
  return operation == Operation::sync ? sync_hit : file_hit;
}

}  // namespace

Verdict judge(const Asked& asked) {
  Armed* armed = armed_here;
  if (armed == nullptr || !armed->fault.of_files()) [[likely]]
    return {};
  const plan::Fault& fault = armed->fault;
  if (fault.operation != Operation::file && fault.operation != asked.operation) return {};
  if (!can_fail_so(fault.how, asked) || !is_next(*armed)) return {};
  switch (fault.how) {
    case Failure::error: armed->hit |= hit_of(fault, asked.operation); return {.error = EIO};
    case Failure::full:
      armed->hit |= static_cast<std::uint8_t>(hit_of(fault, asked.operation) | full_hit);
      return {.error = ENOSPC};
    case Failure::interrupted: armed->hit |= file_hit; return {.error = EINTR};
    case Failure::part:
      // What is done of a write when the space ends.
      armed->hit |= asked.needs_space ? file_hit | full_hit : file_hit;
      return {.in_part = true};
    case Failure::power_cut: cut_power(fault.draw);
  }
  return {};
}

void note_write(int file) {
  if (armed_here == nullptr) return;
  armed_here->hit |= written;
  const int flags = fcntl(file, F_GETFL);
  if (flags >= 0 && (flags & O_DSYNC) != 0) armed_here->hit |= synced;
}

}  // namespace esentcheck::subject::faults
