// check: recorded traces, judged without a subject.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>

#include "harness/command/commands.hpp"
#include "harness/command/judging.hpp"
#include "harness/trace/judge.hpp"
#include "harness/trace/reader.hpp"

namespace esentcheck::command {
namespace {

using model::Profile;
using model::Reading;
using trace::Run;
using trace::Verdict;

constexpr std::array readings{Reading::documented, Reading::engine, Reading::engine_fast};

std::string name_of(const Profile& profile) {
  std::string name(model::name_of(profile.reading));
  if (profile.release != spec::newest_release) name += fmt::format(" ({})", spec::name_of(profile.release));
  return name;
}

std::string name_of(const Run& run) {
  if (run.scenario.empty()) return "the trace";
  return run.engine.empty() ? run.scenario : fmt::format("{} ({} engine)", run.scenario, run.engine);
}

Reading reading_of(const Run& run) {
  if (run.engine == "validating") return Reading::engine;
  return run.engine == "fast" ? Reading::engine_fast : Reading::documented;
}

bool explains(const Run& run, const Profile& profile) {
  trace::Touched touched;
  return !trace::judge(run, profile, touched).refusal;
}

/// The other profiles that explain the run: newest releases first, older ones only where no newest one does.
std::vector<std::string> explained_by(const Run& run) {
  std::vector<std::string> names;
  for (int release = static_cast<int>(spec::newest_release); release >= 0 && names.empty(); --release)
    for (const Reading reading : readings) {
      const Profile profile{reading, static_cast<spec::Release>(release)};
      if (explains(run, profile)) names.push_back(name_of(profile));
    }
  return names;
}

class Check {
 public:
  explicit Check(const CheckOptions& options) : options_(options) {}

  void judge(const trace::Trace& trace) {
    std::size_t explained = 0;
    for (const Run& run : trace.runs) {
      const Profile profile{options_.reading.value_or(reading_of(run)), options_.release};
      const Verdict verdict = trace::judge(run, profile, touched_);
      readings_ |= static_cast<std::uint8_t>(profile.reading);
      counts_ += verdict.counts;
      if (!verdict.refusal)
        ++explained;
      else
        show(trace, run, profile, *verdict.refusal);
    }
    fmt::print("{}: {} of {} runs explained\n", trace.file, explained, trace.runs.size());
    explained_ += explained;
    runs_ += trace.runs.size();
  }

  void summarise() const {
    fmt::print("{} of {} runs explained; {} calls judged, {} of other functions", explained_, runs_, counts_.judged,
               counts_.outside);
    if (counts_.unstable > 0) fmt::print(", {} unstable ones passed over", counts_.unstable);
    if (counts_.left_off > 0) fmt::print(", {} behind a call that is not modelled", counts_.left_off);
    fmt::print("\n");
    if (options_.untouched) list_untouched();
  }

  bool all_explained() const { return explained_ == runs_; }

 private:
  static void show(const trace::Trace& trace, const Run& run, const Profile& profile, const trace::Refusal& refusal) {
    fmt::print("{}:{}: {}\n", trace.file, refusal.line, refusal.sentence);
    fmt::print("  run      {}\n  profile  {}\n", name_of(run), name_of(profile));
    fmt::print("  allowed  {} [{}]\n", fmt::join(refusal.allowed, ", "), refusal.page);
    const std::vector<std::string> others = explained_by(run);
    fmt::print("  others   {}\n", others.empty() ? "no profile explains the run"
                                                 : fmt::format("it is explained by {}", fmt::join(others, ", ")));
  }

  /// Those that can hold, and belong to a reading that was asked.
  void list_untouched() const {
    for (const spec::FunctionRow& row : spec::functions())
      for (const auto list : {model::clauses_of(row.function), model::end_clauses_of(row.function)})
        for (const model::Clause& clause : list)
          if ((clause.readings & readings_) != 0 && model::can_hold(clause) &&
              !touched_.contains({row.function, &clause}))
            fmt::print("untouched {}\n", model::id_of(row.function, clause));
  }

  const CheckOptions& options_;
  trace::Touched touched_;
  trace::Counts counts_;
  std::uint8_t readings_ = 0;
  std::size_t runs_ = 0;
  std::size_t explained_ = 0;
};

}  // namespace

ExitStatus check_traces(const CheckOptions& options) {
  Check check(options);
  for (const std::filesystem::path& file : options.traces) {
    const auto trace = trace::read_trace(file);
    if (!trace) return complain(trace.error(), ExitStatus::bad_input);
    check.judge(*trace);
  }
  check.summarise();
  return check.all_explained() ? ExitStatus::conforms : ExitStatus::deviates;
}

}  // namespace esentcheck::command
