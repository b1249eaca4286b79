// Calls in a simulated process: one after the other on its first thread, or as a race on threads of their own.
#include <unistd.h>

#include <array>
#include <vector>

#include "harness/host/child.hpp"
#include "harness/host/exchange_source.hpp"
#include "harness/simulation/simulation.hpp"
#include "harness/subject/arguments.hpp"
#include "harness/subject/executor.hpp"
#include "harness/subject/faults.hpp"

namespace esentcheck::host {
namespace {

using subject::Exchange;
using subject::Observation;
using subject::Span;
using subject::Work;

/// Nobody asks what a status callback sees in here.
subject::abi::JET_ERR go_on(subject::abi::JET_SESID, std::uint32_t, std::uint32_t, void*) { return 0; }

class Performer {
 public:
  Performer(Exchange& exchange, const subject::Library& library) : exchange_(exchange), library_(library) {}

  void perform(const Work& work) {
    for (std::size_t i = 0; i < work.steps.size(); ++i) {
      const simulation::Inside inside;
      call(work, work.steps[i], work.observations[i]);
      work.progress->store(work.offset + static_cast<std::uint32_t>(i) + 1, std::memory_order_relaxed);
    }
  }

  void race(const Work& work) {
    const std::vector<plan::Thread> threads = plan::actors_of(work.steps);
    std::array<Span, subject::most_race_steps>& spans = exchange_.race.spans;
    std::uint32_t moment = 0;
    simulation::race(exchange_.race.order, exchange_.race.record, threads.size(), [&](std::size_t actor) {
      for (std::size_t i = 0; i < work.steps.size(); ++i) {
        if (work.steps[i].thread != threads[actor]) continue;
        spans[i].begun = ++moment;
        call(work, work.steps[i], work.observations[i]);
        spans[i].ended = ++moment;
        simulation::pause();
      }
    });
  }

 private:
  void call(const Work& work, const plan::Step& step, Observation& seen) {
    seen = {};
    const subject::Library::Entry& entry = library_.entry(step.function);
    if (entry.address == nullptr) {
      seen.end = subject::End::not_implemented;
      return;
    }
    subject::Arguments arguments;
    arguments.gather(entry, step, {exchange_.variables.data(), work.texts, work.settings}, &go_on);
    subject::faults::Armed armed(step.fault);
    subject::faults::Armed* before = subject::faults::arm(step.fault.any() ? &armed : nullptr);
    seen.code = entry.invoke(entry.address, arguments.words);
    subject::faults::arm(before);
    seen.end = subject::End::returned;
    seen.faults_hit = armed.hit;
    if (step.fault.any()) subject::note_holdings(seen);
    arguments.observe(entry, step, seen, exchange_.variables.data(), *work.sink);
  }

  Exchange& exchange_;
  const subject::Library& library_;
};

Exchange* board = nullptr;

[[noreturn]] void tell_stuck() {
  board->race.stuck = true;
  _exit(0);
}

}  // namespace

void live_simulated(Exchange& exchange, const std::shared_ptr<const subject::Library>& library, const char* directory) {
  if (chdir(directory) != 0) _exit(1);
  board = &exchange;
  simulation::begin(&tell_stuck);
  ExchangeSource source(exchange);
  Performer performer(exchange, *library);
  for (Work work; source.next(work); source.done())
    exchange.race.wanted ? performer.race(work) : performer.perform(work);
  _exit(0);
}

}  // namespace esentcheck::host
