#include "storage/signature.hpp"

#include <time.h>
#include <unistd.h>

#include <atomic>

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
  const auto time = static_cast<time_t>(seconds);
  tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return shown;
  shown.logtimeCreate.bSeconds = static_cast<std::int8_t>(parts.tm_sec);
  shown.logtimeCreate.bMinutes = static_cast<std::int8_t>(parts.tm_min);
  shown.logtimeCreate.bHours = static_cast<std::int8_t>(parts.tm_hour);
  shown.logtimeCreate.bDay = static_cast<std::int8_t>(parts.tm_mday);
  shown.logtimeCreate.bMonth = static_cast<std::int8_t>(parts.tm_mon + 1);
  shown.logtimeCreate.bYear = static_cast<std::int8_t>(parts.tm_year);
  return shown;
}

}  // namespace esent
