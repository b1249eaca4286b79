#include "harness/subject/executor.hpp"

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "harness/subject/callbacks.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::subject {

// Turns ------------------------------------------------------------------------------------------------------------

Actor& Executor::actor(plan::Thread index) {
  std::unique_ptr<Actor>& there = actors_[index];
  if (there == nullptr) {
    there = std::make_unique<Actor>(index);
    if (index != 0) {
      there->thread = std::thread([self = shared_from_this(), me = there.get()] {
        me->wait_turn();
        self->drive(*me, nullptr);
        self->retire(*me);
      });
    }
  }
  return *there;
}

void Executor::serve(WorkSource& source) {
  source_ = &source;
  Actor& me = actor(0);
  if (source.next(work_)) {
    drive(me, nullptr);
  } else {
    ending_ = true;
  }
  retire(me);
}

void Executor::perform(const Work& work) {
  work_ = work;
  position_ = 0;
  work_.progress->store(work_.offset, std::memory_order_relaxed);
  drive(actor(0), nullptr);
}

bool Executor::end(std::chrono::milliseconds limit) {
  ending_ = true;
  if (actors_[0] != nullptr) actors_[0]->retired.store(true, std::memory_order_relaxed);
  if (!pass_turn_to_anybody()) return true;
  return wait_for_end(limit);
}

bool Executor::wait_for_end(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  while (ended_.load(std::memory_order_acquire) == 0) {
    const auto left = deadline - std::chrono::steady_clock::now();
    if (left <= std::chrono::steady_clock::duration::zero()) return false;
    sleep_while(ended_, 0, left);
  }
  return true;
}

void Executor::abandon(std::chrono::milliseconds limit) {
  const auto deadline = std::chrono::steady_clock::now() + limit;
  for (const auto& one : actors_) {
    if (one == nullptr || !one->thread.joinable()) continue;
    if (!one->retired.load(std::memory_order_acquire)) one->pass_turn();
    while (!one->retired.load(std::memory_order_acquire) && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (one->retired.load(std::memory_order_acquire)) {
      one->thread.join();
    } else {
      one->thread.detach();
    }
  }
}

void Executor::retire(Actor& me) {
  me.retired.store(true, std::memory_order_release);
  if (!pass_turn_to_anybody()) {
    ended_.store(1, std::memory_order_release);
    wake(ended_);
  }
}

/// At the end: to a thread that has not ended yet and is not held up in a blocked call. False: there is none.
bool Executor::pass_turn_to_anybody() {
  for (const auto& one : actors_) {
    if (one == nullptr || one->retired.load(std::memory_order_acquire) || one->away.load(std::memory_order_acquire))
      continue;
    one->pass_turn();
    return true;
  }
  return false;
}

// Steps ------------------------------------------------------------------------------------------------------------

void Executor::drive(Actor& me, const CallInProgress* parked) {
  for (;;) {
    if (ending_) return;
    if (to_watch_ != nullptr) look_after(*std::exchange(to_watch_, nullptr));

    if (position_ == work_.steps.size()) {
      if (source_ == nullptr && me.index == 0) return;
      next_batch(me);
      continue;
    }
    const plan::Step& step = work_.steps[position_];
    if (step.thread != me.index) {
      actor(step.thread).pass_turn();
      me.wait_turn();
      continue;
    }
    if (step.kind == plan::StepKind::call) {
      if (call_quickly(step, work_.observations[position_])) [[likely]] {
        advance();
      } else {
        call(me, step);
      }
      continue;
    }
    // finish
    if (me.landed) {
      record(*std::exchange(me.landed, std::nullopt));
    } else if (parked != nullptr) {
      return;
    } else {
      record({});  // nothing is pending: the call had returned without calling back or blocking
    }
  }
}

/// The batch is over: asks for the next one, or lets perform() return on thread 0.
void Executor::next_batch(Actor& me) {
  if (source_ == nullptr) {
    actor(0).pass_turn();
    me.wait_turn();
    return;
  }
  source_->done();
  position_ = 0;
  if (!source_->next(work_)) ending_ = true;
}

inline void Executor::advance() {
  ++position_;
  work_.progress->store(work_.offset + position_, std::memory_order_relaxed);
}

void Executor::record(const Observation& seen) {
  work_.observations[position_] = seen;
  advance();
}

// Calls ------------------------------------------------------------------------------------------------------------

/// The call of a function with nothing special about it: no allocation, no lock, no system call. False: it is not one.
bool Executor::call_quickly(const plan::Step& step, Observation& seen) {
  const Library::Entry& entry = library_->entry(step.function);
  if (entry.address == nullptr || step.until != plan::Until::returned || step.fault.any()) return false;

  Words words;
  const plan::Symbol* out = nullptr;
  const Referents from = referents();
  for (std::size_t i = 0; i < entry.arguments; ++i) {
    const plan::Symbol& symbol = step.arguments[i];
    if (decode(symbol, from, words[i])) continue;
    if (symbol.kind != plan::SymbolKind::address || static_cast<std::int8_t>(i) != entry.out) return false;
    out = &symbol;
  }

  seen = {};
  seen.end = End::returned;
  if (out != nullptr) {
    Word& variable = variables_[out->number];
    OutSlot slot(entry, variable);
    words[static_cast<std::size_t>(entry.out)] = slot.address(entry);
    seen.code = entry.invoke(entry.address, words);
    slot.observe(entry, seen, variable);
  } else {
    seen.code = entry.invoke(entry.address, words);
  }
  if (entry.has_aftermath) settle(entry, step, words, seen);
  return true;
}

void Executor::call(Actor& me, const plan::Step& step) {
  const Library::Entry& entry = library_->entry(step.function);
  if (entry.address == nullptr) {
    Observation seen;
    seen.end = End::not_implemented;
    record(seen);
    return;
  }

  CallInProgress call(*this, me, entry, step);
  call.arguments.gather(entry, step, referents(), &CallbackEntrance::on_status);

  if (step.until == plan::Until::blocked) {
    make_watched(call);
    return;
  }
  make(call);
  if (call.parked && ending_) return;
  conclude(call);
  record(call.seen);
}

void note_holdings(Observation& seen) {
  const faults::Holdings holdings = faults::holdings();
  seen.blocks = holdings.blocks;
  seen.descriptors = holdings.descriptors;
}

void Executor::make(CallInProgress& call) {
  const CallbackEntrance entrance(call);
  faults::Armed* before = faults::arm(call.step.fault.any() ? &call.armed : nullptr);
  const abi::JET_ERR code = call.entry.invoke(call.entry.address, call.arguments.words);
  faults::arm(before);
  call.seen = {};
  call.seen.end = End::returned;
  call.seen.code = code;
  call.seen.faults_hit = call.armed.hit;
  if (call.step.fault.any()) note_holdings(call.seen);
}

/// What a call left behind goes to variables and texts, which belong to whoever has the turn.
void Executor::conclude(CallInProgress& call) {
  call.arguments.observe(call.entry, call.step, call.seen, variables_, *work_.sink);
  if (call.entry.has_aftermath) settle(call.entry, call.step, call.arguments.words, call.seen);
}

void Executor::make_watched(CallInProgress& call) {
  Actor& me = call.actor;
  call.thread = static_cast<pid_t>(syscall(SYS_gettid));
  to_watch_ = &call;
  actor(watcher).pass_turn();
  make(call);

  auto expected = static_cast<std::uint32_t>(Wait::running);
  if (call.wait.compare_exchange_strong(expected, static_cast<std::uint32_t>(Wait::returned))) {
    wake(call.wait);  // the watcher concludes
    me.wait_turn();
    return;
  }
  me.away.store(false, std::memory_order_release);
  me.wait_turn();
  if (ending_) return;
  conclude(call);
  me.landed = call.seen;
}

/// On the watcher's thread.
void Executor::look_after(CallInProgress& call) {
  call.actor.away.store(true, std::memory_order_relaxed);
  if (watch(call.wait, call.thread) == Wait::returned) {
    call.actor.away.store(false, std::memory_order_relaxed);
    conclude(call);
    record(call.seen);
    return;
  }
  Observation seen;
  seen.end = End::blocked;
  record(seen);
}

abi::JET_ERR Executor::called_back(CallInProgress& call, abi::JET_SESID session) {
  // A call that is watched has no turn: nothing of ours may be touched from inside its callbacks.
  if (std::exchange(call.called_back, true) || call.step.until == plan::Until::blocked)
    return call.arguments.callback_code;

  if (call.step.callback_session != plan::no_variable) variables_[call.step.callback_session] = session;
  if (call.step.until == plan::Until::callback) {
    call.parked = true;
    Observation seen;
    seen.end = End::in_callback;
    seen.callback_session = session;
    record(seen);
    drive(call.actor, &call);
  }
  return call.arguments.callback_code;
}

void Executor::settle(const Library::Entry& entry, const plan::Step& step, const Words& words,
                      const Observation& seen) {
  if (entry.tracks_instances) track_instances(entry, words, seen);
  if (seen.code < 0) return;
  using enum spec::Function;
  switch (step.function) {
    case JetInit:
    case JetInit2:
    case JetInit3: made_one_without_handle_ |= words[0] == 0; return;
    case JetEnableMultiInstance: enabled_multi_instance_ = true; return;
    case JetFreeBuffer:
      // Freed twice, memory ends the subject's process for no fault of its own.
      if (step.arguments[0].kind == plan::SymbolKind::value) variables_[step.arguments[0].number] = 0;
      return;
    default: return;
  }
}

void Executor::track_instances(const Library::Entry& entry, const Words& words, const Observation& seen) {
  if (entry.out_is_instance) {
    if (seen.out_written && seen.code >= 0) instances_.push_back(seen.out);
  } else if (seen.code >= 0) {
    std::erase(instances_, words[0]);
  }
}

}  // namespace esentcheck::subject
