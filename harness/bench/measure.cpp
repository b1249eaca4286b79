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
};

/// Runs the generated sequences; a deviation is a sentence.
std::optional<Diagnostic> run(Contestant& contestant, const Effort& effort, std::uint32_t sequences,
                              std::uint32_t round, Took& took) {
  for (std::uint32_t i = 0; i < sequences; ++i) {
    generate::Shape shape = generate::toy(effort.seed + round * sequences + i);
    shape.calls = effort.calls;
    const check::Sequence sequence = check::run_sequence(contestant.subject, shape, {}, contestant.habits);
    if (sequence.problem) return sequence.problem;
    if (sequence.deviation)
      return Diagnostic{contestant.subject.describe().name,
                        check::describe(sequence.plan, sequence.plan.steps.back(), *sequence.deviation)};
    took.calls += sequence.seen.size();
  }
  return std::nullopt;
}

Result<Took> time(Contestant& contestant, const Effort& effort, std::uint32_t sequences, std::uint32_t round) {
  Took took;
  const auto others = cpu_of_descendants();
  const double wall_before = wall();
  const double cpu_before = own_cpu();
  const auto problem = run(contestant, effort, sequences, round, took);
  took.own_cpu = own_cpu() - cpu_before;
  took.wall = wall() - wall_before;
  took.others_cpu = used_between(others, cpu_of_descendants());
  if (problem) return tl::unexpected(*problem);
  return took;
}

double rate(std::uint64_t calls, double seconds) { return static_cast<double>(calls) / std::max(seconds, 1e-9); }

}  // namespace

Result<ToyRates> measure_toy(const Effort& effort) {
  ToyRates rates;
  ToySubject subject;
  Contestant toy{subject, {}};
  for (std::uint32_t round = 0; round < effort.rounds; ++round) {
    const std::uint32_t calls = effort.calls * effort.sequences;
    double before = own_cpu();
    const std::uint64_t wrong = bare_loop(effort.seed + round, calls);
    rates.bare.push_back(rate(calls, own_cpu() - before));
    if (wrong != 0) return fail("toy", "the bare loop saw a wrong answer");

    const auto ours = time(toy, effort, effort.sequences, round);
    if (!ours) return tl::unexpected(ours.error());
    rates.ours.push_back(rate(ours->calls, ours->own_cpu));

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
  const std::uint32_t sequences = std::max<std::uint32_t>(effort.sequences / 4, 1);

  Contestant near_one{**in_process, {}};
  Contestant far_one{**isolated, {}};

  LibraryRates rates;
  for (std::uint32_t round = 0; round < effort.rounds; ++round) {
    const auto near = time(near_one, effort, sequences, round);
    if (!near) return tl::unexpected(near.error());
    rates.in_process_cpu.push_back(rate(near->calls, near->own_cpu));
    rates.in_process_wall.push_back(rate(near->calls, near->wall));

    const auto far = time(far_one, effort, sequences, round);
    if (!far) return tl::unexpected(far.error());
    if (far->others_cpu <= 0) return fail(path, "the CPU time of its process cannot be read here (/proc is needed)");
    rates.isolated_cpu.push_back(rate(far->calls, far->own_cpu + far->others_cpu));
    rates.isolated_wall.push_back(rate(far->calls, far->wall));
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
