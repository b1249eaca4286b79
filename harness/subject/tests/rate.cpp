// esentcheck-subject-rate LIBRARY: calls per second of begin/end pairs, in process and isolated, as medians of
// interleaved rounds. For people who work on this folder; the project's own measurements are in ./bench.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <vector>

#include "harness/subject/open.hpp"
#include "harness/subject/tests/builder.hpp"

using namespace esentcheck;
using namespace esentcheck::subject;

namespace {

constexpr std::size_t pairs = 500;

plan::Plan pairs_plan() {
  Builder builder;
  builder.bring_up();
  for (std::size_t i = 0; i < pairs; ++i) {
    builder.call(JetBeginSession, {builder.value("i"), builder.address("s")});
    builder.call(JetEndSession, {builder.value("s")});
  }
  return builder.plan;
}

double rate(Subject& subject, const plan::Plan& plan, std::vector<Observation>& seen) {
  constexpr int rounds = 20;
  const std::span steps = std::span(plan.steps).subspan(2);
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < rounds; ++i) {
    subject.perform({.plan = &plan, .steps = steps, .observations = seen, .text = nullptr});
    const Observation& last = seen.back();
    if (last.end != End::returned || last.code != 0)
      fmt::print("the last call ended in {} with {}\n", static_cast<int>(last.end), last.code);
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  return rounds * static_cast<double>(steps.size()) / took.count();
}

double processor_time() {
  double sum = 0;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    rusage usage{};
    getrusage(who, &usage);
    for (const timeval& part : {usage.ru_utime, usage.ru_stime})
      sum += static_cast<double>(part.tv_sec) + static_cast<double>(part.tv_usec) / 1e6;
  }
  return sum;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::string path = std::filesystem::absolute(arguments[1]).string();
  const plan::Plan plan = pairs_plan();
  std::vector<Observation> seen(plan.steps.size());
  std::vector<Observation> all(plan.steps.size());
  std::vector<std::unique_ptr<Subject>> subjects;
  for (const Isolation isolation : {Isolation::none, Isolation::process}) {
    auto subject = open_subject(path, isolation);
    if (!subject) {
      fmt::print("{}\n", subject.error().sentence());
      return 1;
    }
    subjects.push_back(std::move(*subject));
  }
  // Opened first, since a subject in this process takes the working directory along.
  for (const auto& subject : subjects) {
    if (auto problem = subject->start(plan)) {
      fmt::print("{}\n", problem->sentence());
      return 1;
    }
    subject->perform({.plan = &plan,
                      .steps = std::span(plan.steps).first(2),
                      .observations = std::span(seen).first(2),
                      .text = nullptr});
  }
  seen.resize(2 * pairs);
  std::vector<double> in_process, isolated;
  for (int round = 0; round < 101; ++round) {
    in_process.push_back(rate(*subjects[0], plan, seen));
    isolated.push_back(rate(*subjects[1], plan, seen));
  }
  const auto median = [](std::vector<double>& values) {
    std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2));
    return values[values.size() / 2];
  };
  const auto print = [&](const char* what, double a, double b) {
    fmt::print("{}: in process {:.2f} M calls/s ({:.1f} ns), isolated {:.2f} M calls/s ({:.1f} ns), ratio {:.2f}\n",
               what, a / 1e6, 1e9 / a, b / 1e6, 1e9 / b, b / a);
  };
  print("median", median(in_process), median(isolated));
  print("best", std::ranges::max(in_process), std::ranges::max(isolated));  // what a busy machine hides
  std::vector<double> starts;
  for (int i = 0; i < 200; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    static_cast<void>(subjects[1]->start(plan));
    starts.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  fmt::print("isolated start {:.0f} us\n", median(starts) * 1e6);
  // Processor time of everybody involved, which does not depend on what else the machine does.
  subjects.clear();
  for (const Isolation isolation : {Isolation::none, Isolation::process}) {
    const double before = processor_time();
    auto subject = *open_subject(path, isolation, {.probe = false});
    static_cast<void>(subject->start(plan));
    subject->perform({.plan = &plan, .steps = plan.steps, .observations = all, .text = nullptr});
    for (int i = 0; i < 200; ++i) rate(*subject, plan, seen);
    subject.reset();
    fmt::print("isolation {}: {:.1f} ns of processor time per call\n",
               isolation == Isolation::none ? "none" : "process",
               (processor_time() - before) / (200 * 20 * 2 * pairs) * 1e9);
  }
}
