#include "harness/bench/figures.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace esentcheck::bench {
namespace {

std::string line_of_rate(const char* what, const std::vector<double>& rates) {
  const double calls = median(rates);
  return fmt::format("  {:<66} {:>8.2f} M calls/s {:>8.1f} ns\n", what, calls / 1e6, 1e9 / calls);
}

std::string line_of_start(const char* what, const std::vector<double>& seconds) {
  return fmt::format("  {:<66} {:>27.2f} ms\n", what, 1e3 * median(seconds));
}

std::string line_of_ratio(const char* what, double value) { return fmt::format("  {:<66} {:>8.2f}\n", what, value); }

std::string target(const char* what, double value, const char* limit, bool met) {
  return fmt::format("  {:<7} {:<58} {:>8.2f}  (target {})\n", met ? "met" : "not met", what, value, limit);
}

}  // namespace

std::string spell(const Effort& effort, const ToyRates& rates) {
  return fmt::format(
             "The toy: one instance, limit 16; begin, dup, end; a tenth of the handles bad. {} calls a round.\n",
             effort.toy_calls()) +
         line_of_rate("bare loop: draw, call, model written by hand, compare", rates.bare) +
         line_of_rate("ours: generate, call in memory, model, compare", rates.ours) +
         line_of_rate("rc::state::check: 100 cases of up to 100 commands", rates.rapidcheck) +
         line_of_ratio("ours / bare loop", ratio(rates.ours, rates.bare)) +
         line_of_ratio("ours / rc::state", ratio(rates.ours, rates.rapidcheck));
}

std::string spell(const Effort& effort, const LibraryRates& rates, const std::string& library) {
  return fmt::format("The same calls, generated alike for both, on {}: {} a round.\n", library, effort.library_calls) +
         line_of_rate("in this process", rates.in_process_cpu) +
         line_of_rate("in this process, by the wall's clock", rates.in_process_wall) +
         line_of_rate("isolated, CPU time of both processes", rates.isolated_cpu) +
         line_of_rate("isolated, by the wall's clock", rates.isolated_wall) +
         line_of_ratio("isolated / in this process", ratio(rates.isolated_cpu, rates.in_process_cpu)) +
         line_of_ratio("isolated / in this process, by the wall's clock",
                       ratio(rates.isolated_wall, rates.in_process_wall)) +
         line_of_start("a start in this process, which is not counted above", rates.in_process_start) +
         line_of_start("a start isolated, CPU time of both processes", rates.isolated_start);
}

std::string spell(const Effort& effort, const SessionPairs& pairs) {
  return fmt::format("A session, with a second thread alive, {} times a round.\n", effort.pairs) +
         fmt::format("  {:<66} {:>27.1f} ns\n", "JetBeginSession + JetEndSession", median(pairs.session)) +
         fmt::format("  {:<66} {:>27.1f} ns\n", "two pthread mutexes, each locked and unlocked, uncontended",
                     median(pairs.mutexes)) +
         line_of_ratio("session / mutexes", ratio(pairs.session, pairs.mutexes));
}

std::string spell_targets(const ToyRates& toy, const LibraryRates& library, const SessionPairs& pairs) {
  const double bare = ratio(toy.ours, toy.bare);
  const double cpu = ratio(library.isolated_cpu, library.in_process_cpu);
  const double wall = ratio(library.isolated_wall, library.in_process_wall);
  const double pair = median(pairs.session);
  return "Targets\n" + target("ours / bare loop", bare, ">= 0.3", bare >= 0.3) +
         target("isolated / in this process", cpu, ">= 0.5", cpu >= 0.5) +
         target("isolated / in this process, by the wall's clock", wall, ">= 0.5", wall >= 0.5) +
         target("JetBeginSession + JetEndSession, ns", pair, "< 100", pair < 100);
}

}  // namespace esentcheck::bench
