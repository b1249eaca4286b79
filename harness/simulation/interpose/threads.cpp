// Threads start, wait for one another, and end.
#include <pthread.h>
#include <sched.h>

#include <cerrno>

#include "harness/simulation/interpose/next.hpp"

namespace esentcheck::simulation {
namespace {

constinit Next<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)> next_create{"pthread_create"};
constinit Next<int(pthread_t, void**)> next_join{"pthread_join"};
constinit Next<int()> next_yield{"sched_yield"};

// Destructors of thread-local objects and of thread-specific data run after the thread's function; only behind the last of
// them is the thread at its end. A key whose value is set again comes last.
pthread_key_t last_key() {
  static const pthread_key_t key = [] {
    pthread_key_t made{};
    pthread_key_create(&made, [](void* value) {
      const auto left = reinterpret_cast<std::uintptr_t>(value);
      if (left > 1)
        pthread_setspecific(last_key(), reinterpret_cast<void*>(left - 1));
      else
        scheduler.leave(*here);
    });
    return made;
  }();
  return key;
}

void* run(void* argument) {
  Thread& me = *static_cast<Thread*>(argument);
  scheduler.enter(me);
  pthread_setspecific(last_key(), reinterpret_cast<void*>(std::uintptr_t{PTHREAD_DESTRUCTOR_ITERATIONS}));
  return me.routine(me.argument);
}

int create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument) {
  return sanitizers_create != nullptr ? sanitizers_create(thread, attributes, routine, argument)
                                      : next_create.get()(thread, attributes, routine, argument);
}

}  // namespace

int start_thread(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*), void* argument,
                 bool is_actor) {
  Thread* slot = scheduler.add(is_actor);
  if (slot == nullptr) return EAGAIN;
  static_cast<void>(last_key());
  slot->routine = routine;
  slot->argument = argument;
  const int result = create(&slot->handle, attributes, &run, slot);
  if (result != 0) scheduler.take_back(*slot);
  *thread = slot->handle;
  return result;
}

}  // namespace esentcheck::simulation

using namespace esentcheck::simulation;

ESENTCHECK_INTERPOSE int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*routine)(void*),
                                        void* argument) {
  if (here == nullptr) return create(thread, attributes, routine, argument);
  const int result = start_thread(thread, attributes, routine, argument, false);
  scheduler.point(*here);
  return result;
}

ESENTCHECK_INTERPOSE int pthread_join(pthread_t thread, void** result) {
  if (here != nullptr) {
    scheduler.point(*here);
    if (Thread* other = scheduler.thread_of(thread); other != nullptr)
      while (other->state != Thread::State::finished) scheduler.wait(*here, Wait::thread_end, other);
  }
  return sanitizers_join != nullptr ? sanitizers_join(thread, result) : next_join.get()(thread, result);
}

ESENTCHECK_INTERPOSE int sched_yield() {
  if (here == nullptr) return next_yield.get()();
  scheduler.yield(*here);
  return 0;
}
