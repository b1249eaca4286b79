#include "harness/simulation/scheduler.hpp"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>

#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {

constinit Scheduler scheduler;
constinit thread_local Thread* here = nullptr;

namespace {

// A race in which no call comes to its end for so long never will.
constexpr std::uint64_t most_steps = 1'000'000;
constexpr std::uint32_t most_idle_advances = 20'000;

std::uint64_t bit_of(ThreadNumber number) { return std::uint64_t{1} << number; }
ThreadNumber lowest(std::uint64_t mask) { return static_cast<ThreadNumber>(std::countr_zero(mask)); }

/// The first one behind `number`, going round.
ThreadNumber following(std::uint64_t mask, ThreadNumber number) {
  const std::uint64_t behind = number >= most_threads - 1 ? 0 : mask & ~((bit_of(number) << 1) - 1);
  return lowest(behind != 0 ? behind : mask);
}

}  // namespace

void sleep_while(std::atomic<std::uint32_t>& word, std::uint32_t value) {
  while (word.load(std::memory_order_acquire) == value)
    next_syscall.get()(SYS_futex, &word, FUTEX_WAIT_PRIVATE, value, nullptr, nullptr, 0);
}

void wake_up(std::atomic<std::uint32_t>& word) {
  next_syscall.get()(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

// Threads ----------------------------------------------------------------------------------------------------------

void Scheduler::begin(Thread*& main, void (*stuck)()) {
  stuck_ = stuck;
  main = &threads_[0];
  main->state = Thread::State::ready;
  end_ = 1;
  main->id = static_cast<pid_t>(next_syscall.get()(SYS_gettid));
  main->handle = pthread_self();
}

Thread* Scheduler::add(bool is_actor) {
  ThreadNumber& next = is_actor ? next_actor_ : next_of_subject_;
  if (next == (is_actor ? first_of_subject : most_threads)) return nullptr;
  Thread& thread = threads_[next];
  thread.number = next++;
  thread.state = Thread::State::ready;
  thread.is_actor = is_actor;
  thread.priority = static_cast<std::int64_t>(random() >> 33) + 1;
  end_ = std::max(end_, next);
  if (is_actor) ++actors_left_;
  return &thread;
}

void Scheduler::take_back(Thread& thread) {
  thread.state = Thread::State::finished;
  if (thread.is_actor) --actors_left_;
}

void Scheduler::enter(Thread& me) {
  sleep_while(me.turn, 0);
  me.turn.store(0, std::memory_order_relaxed);
  me.id = static_cast<pid_t>(next_syscall.get()(SYS_gettid));
  here = &me;
}

void Scheduler::leave(Thread& me) {
  me.state = Thread::State::finished;
  wake(&me);
  if (me.is_actor && --actors_left_ == 0) wake(this);
  here = nullptr;
  pass(nullptr, choose(nullptr, false));
}

/// The latest one, since the C library gives out handles of ended threads again.
Thread* Scheduler::thread_of(pthread_t handle) {
  for (ThreadNumber i = end_; i-- > 0;)
    if (threads_[i].state != Thread::State::unused && pthread_equal(threads_[i].handle, handle) != 0)
      return &threads_[i];
  return nullptr;
}

// Turns ------------------------------------------------------------------------------------------------------------

void Scheduler::point(Thread& me) { pass(&me, choose(&me, false)); }

void Scheduler::yield(Thread& me) {
  me.priority = --lowest_priority_;
  pass(&me, choose(&me, true));
}

bool Scheduler::wait(Thread& me, Wait kind, const void* object, Nanoseconds deadline) {
  me.state = Thread::State::waiting;
  me.wait = kind;
  me.object = object;
  me.deadline = deadline;
  me.ticket = ++tickets_;
  me.timed_out = false;
  pass(&me, choose(&me, false));
  me.wait = Wait::nothing;
  return !me.timed_out;
}

std::uint32_t Scheduler::wake(const void* object, std::uint32_t most) {
  std::uint32_t woken = 0;
  for (; woken < most; ++woken) {
    Thread* first = nullptr;
    for (std::uint8_t i = 0; i < end_; ++i) {
      Thread& thread = threads_[i];
      const bool waits = thread.state == Thread::State::waiting && thread.object == object;
      if (waits && (first == nullptr || thread.ticket < first->ticket)) first = &thread;
    }
    if (first == nullptr) break;
    first->state = Thread::State::ready;
    first->deadline = never;
  }
  return woken;
}

void Scheduler::pass(Thread* me, Thread* next) {
  if (next == me) return;
  if (next != nullptr) {
    next->turn.store(1, std::memory_order_release);
    wake_up(next->turn);
  }
  if (me == nullptr) return;
  sleep_while(me->turn, 0);
  me->turn.store(0, std::memory_order_relaxed);
}

// Choices ----------------------------------------------------------------------------------------------------------

std::uint64_t Scheduler::ready() const {
  std::uint64_t mask = 0;
  for (std::uint8_t i = 0; i < end_; ++i)
    if (threads_[i].state == Thread::State::ready) mask |= bit_of(i);
  return mask;
}

/// To the nearest deadline. False: nobody has one.
bool Scheduler::advance_time() {
  Nanoseconds nearest = never;
  for (std::uint8_t i = 0; i < end_; ++i)
    if (threads_[i].state == Thread::State::waiting) nearest = std::min(nearest, threads_[i].deadline);
  if (nearest == never) return false;
  now_ = std::max(now_, nearest);
  for (std::uint8_t i = 0; i < end_; ++i) {
    Thread& thread = threads_[i];
    if (thread.state != Thread::State::waiting || thread.deadline > now_) continue;
    thread.state = Thread::State::ready;
    thread.timed_out = true;
    thread.deadline = never;
  }
  return true;
}

/// The thread that goes on. `me` has the turn, and is nullptr where it has come to its end.
Thread* Scheduler::choose(Thread* me, bool yields) {
  if (record_ != nullptr && ++steps_ > most_steps) return give_up(RaceEnd::no_progress);
  std::uint64_t mask = ready();
  while (mask == 0) {
    if (!advance_time()) return give_up(RaceEnd::stuck);
    if (record_ != nullptr && ++idle_advances_ > most_idle_advances) return give_up(RaceEnd::no_progress);
    mask = ready();
  }
  const bool could_stay = me != nullptr && (mask & bit_of(me->number)) != 0;
  // Who yields waits for others to get on: to take it again at once leads nowhere.
  if (yields && could_stay && !std::has_single_bit(mask)) mask &= ~bit_of(me->number);
  const ThreadNumber steady = steady_choice(mask, me);
  if (std::has_single_bit(mask) || record_ == nullptr) return &threads_[steady];
  return decide(mask, steady, me, !could_stay);
}

/// The race cannot go on: number 0, which waits for its end, tells.
Thread* Scheduler::give_up(RaceEnd end) {
  if (record_ == nullptr) stuck_();
  record_->end = end;
  describe_waits();
  record_ = nullptr;
  threads_[0].state = Thread::State::ready;
  return &threads_[0];
}

ThreadNumber Scheduler::steady_choice(std::uint64_t ready, const Thread* me) const {
  if (me == nullptr) return lowest(ready);
  return (ready & bit_of(me->number)) != 0 ? me->number : following(ready, me->number);
}

Thread* Scheduler::decide(std::uint64_t ready, ThreadNumber steady, const Thread* me, bool is_free) {
  const std::uint32_t decision = record_->decisions++;
  // Nobody could repeat what is not told.
  if (decision >= Record::most_decisions) return &threads_[steady];
  ThreadNumber taken = by_strategy(decision, ready, steady, me);
  while (next_switch_ < order_->switch_count && order_->switches[next_switch_].decision < decision) ++next_switch_;
  if (next_switch_ < order_->switch_count && order_->switches[next_switch_].decision == decision) {
    const ThreadNumber wanted = order_->switches[next_switch_].thread;
    if (wanted < most_threads && (ready & bit_of(wanted)) != 0) taken = wanted;
  }
  record_->taken[decision] = {ready, steady, taken, is_free};
  return &threads_[taken];
}

ThreadNumber Scheduler::by_strategy(std::uint32_t decision, std::uint64_t ready, ThreadNumber steady,
                                    const Thread* me) {
  switch (order_->strategy) {
    case Strategy::steady:
    case Strategy::at_large: break;
    case Strategy::random_walk: return walk(ready, steady);
    case Strategy::priorities: return highest(decision, ready, me);
    case Strategy::round_robin: return following(ready, me == nullptr ? 0 : me->number);
  }
  return steady;
}

ThreadNumber Scheduler::walk(std::uint64_t ready, ThreadNumber steady) {
  if ((random() >> 20 & ((1U << order_->rarely) - 1)) != 0) return steady;
  for (auto skip = random() % static_cast<std::uint64_t>(std::popcount(ready)); skip > 0; --skip) ready &= ready - 1;
  return lowest(ready);
}

ThreadNumber Scheduler::highest(std::uint32_t decision, std::uint64_t ready, const Thread* me) {
  const std::uint32_t* const end = changes_ + std::min<std::size_t>(order_->depth, std::size(changes_));
  if (me != nullptr && std::find(static_cast<const std::uint32_t*>(changes_), end, decision) != end)
    threads_[me->number].priority = --lowest_priority_;
  ThreadNumber best = lowest(ready);
  for (; ready != 0; ready &= ready - 1)
    if (threads_[lowest(ready)].priority > threads_[best].priority) best = lowest(ready);
  return best;
}

std::uint64_t Scheduler::random() {
  std::uint64_t z = state_ += 0x9e3779b97f4a7c15;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

void Scheduler::begin_priorities() {
  lowest_priority_ = 0;
  for (std::uint8_t i = 0; i < end_; ++i) threads_[i].priority = static_cast<std::int64_t>(random() >> 33) + 1;
  for (std::uint32_t& change : changes_)
    change = static_cast<std::uint32_t>(random() % std::max(1U, order_->expected_decisions));
}

// Races ------------------------------------------------------------------------------------------------------------

void Scheduler::race(Thread& me, const Order& order, Record& record) {
  order_ = &order;
  record_ = &record;
  state_ = order.seed;
  next_switch_ = 0;
  steps_ = 0;
  idle_advances_ = 0;
  begin_priorities();
  if (actors_left_ > 0) wait(me, Wait::race, this);
  record_ = nullptr;
}

void Scheduler::misused(const Thread& by, Misuse misuse) {
  if (record_ == nullptr || record_->misuse != Misuse::none) return;
  record_->misuse = misuse;
  record_->misuser = by.number;
}

void Scheduler::describe_waits() {
  for (std::uint8_t i = 0; i < end_; ++i) {
    const Thread& thread = threads_[i];
    record_->holders[i] = no_thread;
    record_->waits[i] = thread.state == Thread::State::waiting ? thread.wait : Wait::nothing;
    if (record_->waits[i] != Wait::mutex) continue;
    const int owner = static_cast<const pthread_mutex_t*>(thread.object)->__data.__owner;
    for (std::uint8_t other = 0; other < end_; ++other)
      if (threads_[other].id == owner && threads_[other].state != Thread::State::finished) record_->holders[i] = other;
  }
}

}  // namespace esentcheck::simulation
