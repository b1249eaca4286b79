#include "harness/check/words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "harness/subject/faults.hpp"

namespace esentcheck::check {
namespace {

std::string end_of(const model::Outcome& outcome) {
  switch (outcome.clause->ending) {
    case model::Ending::returns: break;
    case model::Ending::crashes: return "a crash";
    case model::Ending::hangs: return "a hang";
  }
  return name_of(static_cast<std::int32_t>(outcome.code));
}

}  // namespace

std::string name_of(std::int32_t code) {
  std::array<char, 12> buffer{};
  return std::string(spec::name_of(static_cast<spec::Code>(code), buffer));
}

std::string list_of(std::span<const spec::Code> codes) {
  if (codes.empty()) return "any code";
  std::vector<std::string> names;
  for (const spec::Code code : codes) names.push_back(name_of(static_cast<std::int32_t>(code)));
  return fmt::format("{}", fmt::join(names, " or "));
}

std::vector<std::string> spell(model::Function function, const model::OutcomeSet& outcomes) {
  std::vector<std::string> words;
  for (const model::Outcome& outcome : outcomes.all())
    words.push_back(fmt::format("{} ({})", end_of(outcome), model::id_of(function, *outcome.clause)));
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string describe(const plan::Plan& plan, const plan::Step& step, const Deviation& deviation) {
  const std::string_view name = spec::row(deviation.function).name;
  std::string call = step.kind == plan::StepKind::finish ? std::string(name) : plan::spell(plan, step);
  switch (deviation.kind) {
    case reports::FindingKind::wrong_code:
      return fmt::format("{} returned {}, which no clause allows here", call, name_of(deviation.code));
    case reports::FindingKind::crash:
    case reports::FindingKind::hang:
    case reports::FindingKind::deadlock:
    case reports::FindingKind::no_progress:
    case reports::FindingKind::lock_misuse:
    case reports::FindingKind::leak:
    case reports::FindingKind::not_implemented: return fmt::format("{}: {}", call, deviation.detail);
    default: return fmt::format("{} returned {}: {}", call, name_of(deviation.code), deviation.detail);
  }
}

std::uint8_t armed(const plan::Fault& fault) {
  using namespace subject::faults;
  if (!fault.any()) return 0;
  if (fault.of_memory()) return memory_hit;
  const std::uint8_t full = fault.how == plan::Failure::full ? full_hit : 0;
  if (fault.times != plan::Times::always || fault.how > plan::Failure::full) return file_hit | full;
  if (fault.operation == plan::Operation::write) return write_hit | full;
  if (fault.operation == plan::Operation::rename) return names_hit | full;
  return (fault.operation == plan::Operation::sync ? sync_hit : file_hit) | full;
}

model::Environment environment_of(std::uint8_t hit) {
  using namespace subject::faults;
  const bool log_fails = (hit & (write_hit | sync_hit)) != 0 && (hit & synced) == 0;
  return {.memory_refused = (hit & memory_hit) != 0,
          .log_fails = log_fails,
          .file_fails = (hit & (write_hit | sync_hit | file_hit | names_hit)) != 0,
          .names_fail = (hit & names_hit) != 0,
          .disk_full = (hit & full_hit) != 0};
}

}  // namespace esentcheck::check
