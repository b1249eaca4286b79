// The words of the format, and the one that somebody probably meant.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "harness/scenario/scenario.hpp"

namespace esentcheck::scenario {

struct NeedName {
  std::string_view name;
  bool subject::Capabilities::*member;
};
std::span<const NeedName> need_names();

struct ProfileName {
  std::string_view name;
  model::Reading reading;
};
std::span<const ProfileName> profile_names();

/// The candidate with the fewest mistyped letters; empty when all are far off.
std::string_view nearest(std::string_view misspelt, std::span<const std::string_view> candidates);

/// "; did you mean X?", or nothing when there is no X.
std::string hint(std::string_view suggestion);

/// "a, b and c".
std::string enumerate(std::span<const std::string_view> words);

/// Letters, digits and underscores, not starting with a digit. With `repeated`, also '#'.
bool is_variable_name(std::string_view name, bool repeated);

/// What a subject must be able to do for these steps, as far as the steps themselves tell.
subject::Capabilities needs_of(const plan::Plan&);

}  // namespace esentcheck::scenario
