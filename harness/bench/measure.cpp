#include "harness/bench/measure.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include "harness/bench/bare_loop.hpp"
#include "harness/bench/clock.hpp"
#include "harness/bench/rapidcheck_toy.hpp"
#include "harness/bench/toy_subject.hpp"
#include "harness/check/sequence.hpp"
#include "harness/check/words.hpp"
#include "harness/subject/open.hpp"

namespace esentcheck::bench {
namespace {

/// A subject, and what the rounds before have taught of it.
struct Contestant {
  subject::Subject& subject;
  check::Habits habits;
};

/// What one round of a contestant took.
struct Took {
  std::uint64_t calls = 0;
  double own_cpu = 0, others_cpu = 0, wall = 0;
  double start_cpu = 0;
};

/// One generated sequence; a deviation is a sentence.
std::optional<Diagnostic> run(Contestant& contestant, const generate::Shape& shape, Took& took) {
  // A start ends the process of the sequence before, and what that one has used is gone with it.
  const auto others = cpu_of_descendants();
  const double wall_before = wall();
  const double cpu_before = own_cpu();
  const check::Sequence sequence = check::run_sequence(contestant.subject, shape, {}, contestant.habits);
  took.own_cpu += own_cpu() - cpu_before;
  took.wall += wall() - wall_before;
  took.others_cpu += used_between(others, cpu_of_descendants());
  took.calls += sequence.seen.size();
  if (sequence.problem) return sequence.problem;
  if (sequence.deviation)
    return Diagnostic{contestant.subject.describe().name,
                      check::describe(sequence.plan, sequence.plan.steps.back(), *sequence.deviation)};
  return std::nullopt;
}

generate::Shape shape_of(std::uint64_t seed, std::uint16_t calls) {
  generate::Shape shape = generate::toy(seed);
  shape.calls = calls;
  return shape;
}

/// A long sequence, less what one takes that consists of a start and a single call.
std::optional<Diagnostic> run_without_start(Contestant& contestant, const Effort& effort, std::uint32_t round,
                                            Took& took) {
  Took start;
  if (auto problem = run(contestant, shape_of(effort.seed + round, 1), start)) return problem;
  if (auto problem = run(contestant, shape_of(effort.seed + round, effort.library_calls), took)) return problem;
  took.calls -= start.calls;
  took.own_cpu -= start.own_cpu;
  took.others_cpu -= start.others_cpu;
  took.wall -= start.wall;
  took.start_cpu = start.own_cpu + start.others_cpu;
  return std::nullopt;
}

double rate(std::uint64_t calls, double seconds) { return static_cast<double>(calls) / std::max(seconds, 1e-9); }

}  // namespace

Result<ToyRates> measure_toy(const Effort& effort) {
  ToyRates rates;
  ToySubject subject;
  Contestant toy{subject, {}};
  for (std::uint32_t round = 0; round < effort.rounds; ++round) {
    double before = own_cpu();
    const std::uint64_t wrong = bare_loop(effort.seed + round, effort.toy_calls());
    rates.bare.push_back(rate(effort.toy_calls(), own_cpu() - before));
    if (wrong != 0) return fail("toy", "the bare loop saw a wrong answer");

    Took took;
    for (std::uint32_t i = 0; i < effort.sequences; ++i)
      if (const auto problem = run(toy, shape_of(effort.seed + round * effort.sequences + i, effort.calls), took))
        return tl::unexpected(*problem);
    rates.ours.push_back(rate(took.calls, took.own_cpu));

    before = own_cpu();
    const RapidCheckRun theirs = rapidcheck_toy(effort.seed + round);
    rates.rapidcheck.push_back(rate(theirs.calls, own_cpu() - before));
    if (!theirs.passed) return fail("toy", "rc::state saw a wrong answer");
  }
  return rates;
}

Result<LibraryRates> measure_library(const std::string& path, const Effort& effort) {
  using subject::Isolation;
  const auto in_process = subject::open_subject(path, Isolation::none);
  if (!in_process) return tl::unexpected(in_process.error());
  const auto isolated = subject::open_subject(path, Isolation::process);
  if (!isolated) return tl::unexpected(isolated.error());
  Contestant near{**in_process, {}};
  Contestant far{**isolated, {}};

  LibraryRates rates;
  for (std::uint32_t round = 0; round < effort.rounds; ++round) {
    Took here, there;
    if (const auto problem = run_without_start(near, effort, round, here)) return tl::unexpected(*problem);
    rates.in_process_cpu.push_back(rate(here.calls, here.own_cpu));
    rates.in_process_wall.push_back(rate(here.calls, here.wall));
    rates.in_process_start.push_back(here.start_cpu);

    if (const auto problem = run_without_start(far, effort, round, there)) return tl::unexpected(*problem);
    if (there.others_cpu <= 0) return fail(path, "the CPU time of its process cannot be read here (/proc is needed)");
    rates.isolated_cpu.push_back(rate(there.calls, there.own_cpu + there.others_cpu));
    rates.isolated_wall.push_back(rate(there.calls, there.wall));
    rates.isolated_start.push_back(there.start_cpu);
  }
  return rates;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  return *middle;
}

double ratio(const std::vector<double>& of, const std::vector<double>& to) {
  std::vector<double> ratios;
  std::ranges::transform(of, to, std::back_inserter(ratios), std::divides());
  return median(std::move(ratios));
}

}  // namespace esentcheck::bench
