// Who is calling. The number is a thread's for as long as it lives and is never given to another one, unlike
// the system's own thread ids, which come back as soon as a thread is gone.
#pragma once

#include <cstdint>

namespace esent {

using ThreadId = std::uint64_t;
constexpr ThreadId no_thread = 0;

ThreadId this_thread() noexcept;

}  // namespace esent
