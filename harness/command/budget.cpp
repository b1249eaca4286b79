#include "harness/command/budget.hpp"

#include <charconv>

namespace esentcheck::command {
namespace {

constexpr Amounts quick{.sequences = 100, .races = 50, .schedules = 5, .faults = 1000, .exhaustive = 200};
constexpr Amounts standard{.sequences = 300, .races = 1000, .schedules = 10, .faults = 20'000, .exhaustive = 1000};
constexpr Amounts full{
    .sequences = 3000, .races = 5000, .schedules = 20, .faults = 1'000'000'000, .exhaustive = 1'000'000'000};
/// As much as there is time for.
constexpr Amounts without_end{
    .sequences = 10'000, .races = 1'000'000, .schedules = 10, .faults = 1'000'000'000, .exhaustive = 1000};

constexpr std::chrono::seconds a_minute{60};
constexpr std::uint32_t most_seconds = 1'000'000;

}  // namespace

Budget standard_budget() { return {standard, a_minute}; }

std::optional<Budget> budget_named(std::string_view name) {
  if (name == "quick") return Budget{quick, std::nullopt};
  if (name == "full") return Budget{full, std::nullopt};
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), seconds);
  if (error != std::errc() || end != name.data() + name.size() || seconds == 0 || seconds > most_seconds)
    return std::nullopt;
  return Budget{without_end, std::chrono::seconds(seconds)};
}

}  // namespace esentcheck::command
