#include "storage/signature.hpp"

#include <time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>

#include "storage/checksum.hpp"

namespace esent {
namespace {

timespec now() noexcept {
  timespec read{};
  clock_gettime(CLOCK_REALTIME, &read);
  return read;
}

}  // namespace

std::uint64_t new_signature() noexcept {
  static std::atomic<std::uint64_t> made{0};
  const timespec time = now();
  const std::uint64_t parts[] = {static_cast<std::uint64_t>(time.tv_sec), static_cast<std::uint64_t>(time.tv_nsec),
                                 static_cast<std::uint64_t>(getpid()), ++made};
  const auto bytes = std::as_bytes(std::span(parts));
  return std::uint64_t{checksum(bytes, 1)} << 32 | checksum(bytes, 2);
}

std::uint64_t now_seconds() noexcept { return static_cast<std::uint64_t>(now().tv_sec); }

JET_SIGNATURE signature_of(std::uint64_t signature, std::uint64_t seconds) noexcept {
  JET_SIGNATURE shown{};
  shown.ulRandom = static_cast<std::uint32_t>(signature ^ signature >> 32);
  // Not by the C library, which reads time zones for that and takes memory.
  const std::chrono::sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  shown.logtimeCreate.bSeconds = static_cast<std::int8_t>(clock.seconds().count());
  shown.logtimeCreate.bMinutes = static_cast<std::int8_t>(clock.minutes().count());
  shown.logtimeCreate.bHours = static_cast<std::int8_t>(clock.hours().count());
  shown.logtimeCreate.bDay = static_cast<std::int8_t>(static_cast<unsigned>(date.day()));
  shown.logtimeCreate.bMonth = static_cast<std::int8_t>(static_cast<unsigned>(date.month()));
  shown.logtimeCreate.bYear = static_cast<std::int8_t>(static_cast<int>(date.year()) - 1900);
  return shown;
}

}  // namespace esent
