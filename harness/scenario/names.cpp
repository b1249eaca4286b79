#include "harness/scenario/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "model/spec/edit_distance.hpp"

namespace esentcheck::scenario {
namespace {

using subject::Capabilities;

constexpr std::array<NeedName, 8> all_needs{{
    {"memory-faults", &Capabilities::memory_faults},
    {"file-faults", &Capabilities::file_faults},
    {"restart", &Capabilities::restart},
    {"power-cuts", &Capabilities::power_cuts},
    {"threads", &Capabilities::threads},
    {"status-callbacks", &Capabilities::status_callbacks},
    {"simulation", &Capabilities::simulation},
    {"validates-handles", &Capabilities::validates_handles},
}};

constexpr std::array<ProfileName, 3> profiles{{
    {"documented", model::Reading::documented},
    {"engine", model::Reading::engine},
    {"engine-fast", model::Reading::engine_fast},
}};

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::span<const NeedName> need_names() { return all_needs; }
std::span<const ProfileName> profile_names() { return profiles; }

std::string_view nearest(std::string_view misspelt, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest = 200;  // the cost is quadratic, and nothing of ours is as long
  if (misspelt.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = std::max<std::size_t>(1, misspelt.size() / 3) + 1;
  for (const std::string_view candidate : candidates) {
    const std::size_t d = spec::edit_distance(misspelt, candidate);
    if (d < best_distance) {
      best = candidate;
      best_distance = d;
    }
  }
  return best;
}

std::string hint(std::string_view suggestion) {
  return suggestion.empty() ? std::string{} : fmt::format("; did you mean {}?", suggestion);
}

std::string enumerate(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " and " : ", ";
    text += words[i];
  }
  return text;
}

bool is_variable_name(std::string_view name, bool repeated) {
  constexpr std::size_t longest = 64;
  if (name.empty() || name.size() > longest || !is_letter(name.front())) return false;
  if (name == "nil" || name == "null") return false;
  return std::all_of(name.begin(), name.end(),
                     [&](char c) { return is_letter(c) || is_digit(c) || (repeated && c == '#'); });
}

Capabilities needs_of(const plan::Plan& plan) {
  Capabilities found;
  for (const plan::Step& step : plan.steps) {
    if (step.fault.of_memory()) found.memory_faults = true;
    if (step.fault.of_files()) (step.fault.cuts_power() ? found.power_cuts : found.file_faults) = true;
    if (step.kind == plan::StepKind::restart) found.restart = true;
    if (step.racing) found.simulation = true;
    if (step.thread != 0) found.threads = true;
    if (step.until == plan::Until::callback) found.status_callbacks = true;
    for (const plan::Symbol& symbol : step.arguments)
      if (symbol.kind == plan::SymbolKind::garbage) found.validates_handles = true;
  }
  return found;
}

}  // namespace esentcheck::scenario
