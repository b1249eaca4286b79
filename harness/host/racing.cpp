// Processes in which calls can race: one after the other on the first thread, or side by side on threads that take turns as
// an order says, or on the machine's own.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <latch>
#include <mutex>
#include <thread>
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
using subject::Word;
using subject::Work;

/// Nobody asks what a status callback sees in here.
subject::abi::JET_ERR go_on(subject::abi::JET_SESID, std::uint32_t, std::uint32_t, void*) { return 0; }

/// Threads of the simulation. All use the variables of the exchange, since one runs at a time.
struct TakingTurns {
  using Inside = simulation::Inside;

  explicit TakingTurns(Exchange& exchange) : race_(exchange.race), variables_(exchange.variables.data()) {}

  template <class Run>
  void race(std::size_t actors, std::size_t /*variables*/, Run run) {
    simulation::race(race_.order, race_.record, actors, [&](std::size_t actor) { run(actor, variables_); });
  }
  static void pause() { simulation::pause(); }

 private:
  subject::RaceOnBoard& race_;
  Word* variables_;
};

/// The machine's own threads, started together. Each has variables of its own, which are put together at the end.
struct AtLarge {
  struct Inside {};

  explicit AtLarge(Exchange& exchange) : variables_(exchange.variables.data()) {}

  template <class Run>
  void race(std::size_t actors, std::size_t variables, Run run) {
    const std::vector<Word> before(variables_, variables_ + variables);
    std::vector<std::vector<Word>> own(actors, before);
    std::latch start(static_cast<std::ptrdiff_t>(actors));
    std::vector<std::thread> threads;
    for (std::size_t actor = 0; actor < actors; ++actor)
      threads.emplace_back([&, actor] {
        start.arrive_and_wait();
        run(actor, own[actor].data());
      });
    for (std::thread& thread : threads) thread.join();
    for (const std::vector<Word>& mine : own)
      for (std::size_t i = 0; i < mine.size(); ++i)
        if (mine[i] != before[i]) variables_[i] = mine[i];
  }
  static void pause() {}

 private:
  Word* variables_;
};

/// How many variables, from the first one on, its steps name.
std::size_t variables_in(const Work& work) {
  std::size_t count = 0;
  for (const plan::Step& step : work.steps)
    for (const plan::Symbol& symbol : step.arguments)
      if (symbol.kind == plan::SymbolKind::address || symbol.kind == plan::SymbolKind::value)
        count = std::max(count, std::min<std::size_t>(symbol.number + 1, subject::variable_count));
  return count;
}

template <class Stage>
class Performer {
 public:
  Performer(Exchange& exchange, const subject::Library& library)
      : exchange_(exchange), stage_(exchange), library_(library) {}

  void perform(const Work& work) {
    for (std::size_t i = 0; i < work.steps.size(); ++i) {
      [[maybe_unused]] const typename Stage::Inside inside;
      call(work, work.steps[i], work.observations[i], exchange_.variables.data());
      work.progress->store(work.offset + static_cast<std::uint32_t>(i) + 1, std::memory_order_relaxed);
    }
  }

  void race(const Work& work) {
    const std::vector<plan::Thread> threads = plan::actors_of(work.steps);
    std::array<Span, subject::most_race_steps>& spans = exchange_.race.spans;
    // No order between threads comes from it that the subject has not made: it would hide data races.
    std::atomic<std::uint32_t> moment{0};
    const auto next = [&] { return moment.fetch_add(1, std::memory_order_relaxed) + 1; };
    stage_.race(threads.size(), variables_in(work), [&](std::size_t actor, Word* variables) {
      for (std::size_t i = 0; i < work.steps.size(); ++i) {
        if (work.steps[i].thread != threads[actor]) continue;
        spans[i].begun = next();
        call(work, work.steps[i], work.observations[i], variables);
        spans[i].ended = next();
        Stage::pause();
      }
    });
  }

 private:
  void call(const Work& work, const plan::Step& step, Observation& seen, Word* variables) {
    seen = {};
    const subject::Library::Entry& entry = library_.entry(step.function);
    if (entry.address == nullptr) {
      seen.end = subject::End::not_implemented;
      return;
    }
    subject::Arguments arguments;
    arguments.gather(entry, step, {variables, work.texts, work.settings}, &go_on);
    subject::faults::Armed armed(step.fault);
    subject::faults::Armed* before = subject::faults::arm(step.fault.any() ? &armed : nullptr);
    seen.code = entry.invoke(entry.address, arguments.words);
    subject::faults::arm(before);
    seen.end = subject::End::returned;
    seen.faults_hit = armed.hit;
    if (step.fault.any()) subject::note_holdings(seen);
    observe(arguments, entry, step, seen, variables, *work.sink);
  }

  /// Only one at a time writes texts, which few calls give.
  void observe(const subject::Arguments& arguments, const subject::Library::Entry& entry, const plan::Step& step,
               Observation& seen, Word* variables, subject::TextSink& sink) {
    const bool may_write = std::ranges::any_of(step.arguments, [](const plan::Symbol& symbol) {
      return symbol.kind == plan::SymbolKind::buffer || symbol.kind == plan::SymbolKind::memory;
    });
    if (!may_write && step.function != spec::Function::JetGetInstanceInfo)
      return arguments.observe(entry, step, seen, variables, sink);
    const std::lock_guard one(texts_);
    arguments.observe(entry, step, seen, variables, sink);
  }

  Exchange& exchange_;
  Stage stage_;
  const subject::Library& library_;
  std::mutex texts_;
};

template <class Stage>
[[noreturn]] void serve(Exchange& exchange, const subject::Library& library) {
  ExchangeSource source(exchange);
  Performer<Stage> performer(exchange, library);
  for (Work work; source.next(work); source.done())
    exchange.race.wanted ? performer.race(work) : performer.perform(work);
  _exit(0);
}

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
  serve<TakingTurns>(exchange, *library);
}

void live_at_large(Exchange& exchange, const std::shared_ptr<const subject::Library>& library, const char* directory) {
  if (chdir(directory) != 0) _exit(1);
  serve<AtLarge>(exchange, *library);
}

}  // namespace esentcheck::host
