// Sleeping and asking for the time.
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>

#include "harness/simulation/interpose/clock.hpp"
#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

constinit Next<int(const timespec*, timespec*)> next_nanosleep{"nanosleep"};
constinit Next<int(clockid_t, int, const timespec*, timespec*)> next_clock_nanosleep{"clock_nanosleep"};
constinit Next<int(useconds_t)> next_usleep{"usleep"};
constinit Next<unsigned(unsigned)> next_sleep{"sleep"};
constinit Next<int(clockid_t, timespec*)> next_gettime{"clock_gettime"};
constinit Next<int(timeval*, void*)> next_gettimeofday{"gettimeofday"};
constinit Next<time_t(time_t*)> next_time{"time"};

void sleep_until(Nanoseconds deadline) { scheduler.wait(*here, Wait::time, here, deadline); }
void sleep_for(Nanoseconds length) { sleep_until(scheduler.now() + length); }

}  // namespace
}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

ESENTCHECK_INTERPOSE int nanosleep(const timespec* length, timespec* left) {
  if (here == nullptr) return next_nanosleep.get()(length, left);
  sleep_for(length_of(*length));
  return 0;
}
ESENTCHECK_INTERPOSE int clock_nanosleep(clockid_t clock, int flags, const timespec* time, timespec* left) {
  if (here == nullptr) return next_clock_nanosleep.get()(clock, flags, time, left);
  if ((flags & TIMER_ABSTIME) != 0)
    sleep_until(deadline_of(*time));
  else
    sleep_for(length_of(*time));
  return 0;
}
ESENTCHECK_INTERPOSE int usleep(useconds_t length) {
  if (here == nullptr) return next_usleep.get()(length);
  sleep_for(Nanoseconds{length} * 1000);
  return 0;
}
ESENTCHECK_INTERPOSE unsigned sleep(unsigned length) {
  if (here == nullptr) return next_sleep.get()(length);
  sleep_for(length * second);
  return 0;
}
ESENTCHECK_INTERPOSE int clock_gettime(clockid_t clock, timespec* time) noexcept {
  if (here == nullptr) return next_gettime.get()(clock, time);
  *time = moment_of(scheduler.now(), clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE);
  return 0;
}
ESENTCHECK_INTERPOSE int gettimeofday(timeval* time, void* zone) noexcept {
  if (here == nullptr) return next_gettimeofday.get()(time, zone);
  const timespec moment = moment_of(scheduler.now(), true);
  *time = {moment.tv_sec, moment.tv_nsec / 1000};
  return 0;
}
ESENTCHECK_INTERPOSE time_t time(time_t* result) noexcept {
  if (here == nullptr) return next_time.get()(result);
  const time_t now = moment_of(scheduler.now(), true).tv_sec;
  if (result != nullptr) *result = now;
  return now;
}
