// Which reading of the clauses applies, and for which release. See the README of this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/spec/spec.hpp"

namespace esentcheck::model {

enum class Reading : std::uint8_t {
  documented = 1,   ///< the pages: no order among failures, so every clause that holds is allowed
  engine = 2,       ///< the real engine's order, validating handles: the first clause that holds wins
  engine_fast = 4,  ///< the same engine built without handle validation
};

struct Profile {
  Reading reading = Reading::documented;
  spec::Release release = spec::newest_release;
};

/// "documented", "engine", "engine-fast"; empty result for any other spelling.
std::string_view name_of(Reading);
std::optional<Reading> reading_named(std::string_view name);

}  // namespace esentcheck::model
